#include "sim/report/page.h"

#include "sim/report/html.h"
#include "sim/report/style.h"

namespace sunny16::sim {

Html image(firmware::Rgb8 picture, std::string_view alt, Enlarge enlarge, int quality) {
  return {"<img" + std::string(enlarge == Enlarge::as_pixels ? " class=\"pixels\"" : "") + " alt=\"" + escaped(alt) +
          "\" width=\"" + std::to_string(picture.width / 3) + "\" height=\"" + std::to_string(picture.height) +
          "\" src=\"data:image/jpeg;base64," + base64(firmware::jpeg_bytes(picture, {}, {.quality = quality})) + "\">"};
}

Html figure(const Html& content, std::string_view name, std::string_view note) {
  return {"<figure>" + content.text + "<figcaption><b>" + escaped(name) + "</b><span>" + escaped(note) +
          "</span></figcaption></figure>\n"};
}

Html figure(const Plot& plot) { return figure(Html{svg(plot)}, plot.title); }

Html strip(const std::vector<Html>& pictures) {
  std::string out = "<div class=\"strip\">";
  for (const Html& picture : pictures) out += picture.text;
  return {out + "</div>"};
}

Page::Page(std::string_view title, std::string_view heading)
    : title_(escaped(title)), body_("<h1>" + escaped(heading) + "</h1>\n") {}

void Page::heading(std::string_view text) { body_ += "<h2>" + escaped(text) + "</h2>\n"; }

void Page::note(std::string_view text) { body_ += "<p class=\"quiet\">" + escaped(text) + "</p>\n"; }

void Page::facts(std::span<const Fact> facts) {
  body_ += "<ul class=\"facts\">\n";
  for (const Fact& fact : facts)
    body_ += "<li><span>" + escaped(fact.name) + "</span>" + escaped(fact.value) + "</li>\n";
  body_ += "</ul>\n";
}

void Page::list(std::span<const Fact> facts) {
  body_ += "<div class=\"scroll\"><table>\n";
  for (const Fact& fact : facts)
    body_ += "<tr><th>" + escaped(fact.name) + "</th><td><code>" + escaped(fact.value) + "</code></td></tr>\n";
  body_ += "</table></div>\n";
}

void Page::plots(const std::vector<Plot>& plots) {
  std::vector<Html> figures;
  for (const Plot& plot : plots) figures.push_back(sim::figure(plot));
  group("plots", figures);
}

void Page::group(std::string_view css_class, const std::vector<Html>& figures) {
  body_ += "<div class=\"" + std::string(css_class) + "\">\n";
  for (const Html& figure : figures) body_ += figure.text;
  body_ += "</div>\n";
}

std::string Page::html() const {
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
         title_ + " · Sunny16</title>\n<style>" + kStyle + "</style>\n</head>\n<body>\n" + body_ + "</body>\n</html>\n";
}

}  // namespace sunny16::sim
