#include "sim/compare/wipe.h"

#include "sim/report/html.h"

namespace sunny16::sim {
namespace {

constexpr const char* kStyle = R"(<style>
.wipe { overflow: auto; max-height: 85vh; background: #000; }
.wipe > div { --at: 50%; position: relative; width: 100%; touch-action: pan-y; cursor: ew-resize; user-select: none; }
.wipe img { position: absolute; inset: 0; visibility: hidden; pointer-events: none; }
.wipe img:first-child { position: static; }
.wipe img.left, .wipe img.right { visibility: visible; }
.wipe img.right { clip-path: inset(0 0 0 var(--at)); z-index: 1; }
.wipe i { position: absolute; z-index: 2; top: 0; bottom: 0; left: var(--at); width: 2px; margin-left: -1px; background: #fff; box-shadow: 0 0 3px #000; }
.controls { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem; padding: 0.6rem 0.75rem; }
.controls input { flex: 1; min-width: 8rem; accent-color: var(--accent); }
.controls select, .controls button { font: inherit; font-size: 0.9rem; }
</style>
)";

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
  std::string out = std::string(kStyle) + "<figure class=\"compared\"><div class=\"wipe\"><div>";
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
