#include "sim/report/wipe.h"

#include "sim/report/html.h"

namespace sunny16::sim {
namespace {

constexpr const char* kScript = R"(<script>
for (const figure of document.querySelectorAll('figure.compared')) {
  const view = figure.querySelector('.wipe > div'), images = [...view.querySelectorAll('img')];
  const slider = figure.querySelector('input'), [left, right] = figure.querySelectorAll('select');
  const zoom = figure.querySelector('button');
  const move = percent => { slider.value = percent; view.style.setProperty('--at', percent + '%'); };
  const drag = event => {
    const box = view.getBoundingClientRect();
    move(Math.min(100, Math.max(0, 100 * (event.clientX - box.left) / box.width)));
  };
  const show = () => images.forEach((image, i) => {
    image.classList.toggle('left', i == left.value);
    image.classList.toggle('right', i == right.value);
  });
  slider.addEventListener('input', () => move(slider.value));
  view.addEventListener('pointerdown', event => { view.setPointerCapture(event.pointerId); drag(event); });
  view.addEventListener('pointermove', event => { if (view.hasPointerCapture(event.pointerId)) drag(event); });
  left.addEventListener('change', show);
  right.addEventListener('change', show);
  zoom.addEventListener('click', () => {
    const whole = zoom.getAttribute('aria-pressed') == 'true';
    zoom.setAttribute('aria-pressed', !whole);
    view.style.width = whole ? '' : images[0].getAttribute('width') / devicePixelRatio + 'px';
    const frame = view.parentNode;
    frame.scrollTo((view.offsetWidth - frame.clientWidth) / 2, (view.offsetHeight - frame.clientHeight) / 2);
  });
}
</script>
)";

std::string choice(const std::vector<NamedPicture>& pictures, std::string_view label, std::size_t chosen) {
  std::string out = "<select aria-label=\"" + std::string(label) + "\">";
  for (std::size_t i = 0; i < pictures.size(); ++i)
    out += "<option value=\"" + std::to_string(i) + "\"" + (i == chosen ? " selected" : "") + ">" +
           escaped(pictures[i].name) + "</option>";
  return out + "</select>\n";
}

}  // namespace

Html wipe_view(const std::vector<NamedPicture>& pictures) {
  std::string out = "<figure class=\"compared\"><div class=\"wipe\"><div>";
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    std::string tag = image(pictures[i].picture, pictures[i].name).text;
    if (i < 2) tag.insert(std::string_view("<img").size(), i == 0 ? " class=\"left\"" : " class=\"right\"");
    out += tag;
  }
  out += "<i></i></div></div>\n<div class=\"controls\">\n" + choice(pictures, "Left picture", 0) +
         "<input type=\"range\" min=\"0\" max=\"100\" step=\"0.5\" value=\"50\" aria-label=\"Divider\">\n" +
         choice(pictures, "Right picture", 1) +
         "<button type=\"button\" aria-pressed=\"false\">1 : 1</button>\n</div></figure>\n";
  return {out + kScript};
}

}  // namespace sunny16::sim
