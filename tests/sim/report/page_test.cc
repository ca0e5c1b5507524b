#include "sim/report/page.h"

#include <doctest/doctest.h>

#include "sim/report/heat_map.h"
#include "tests/sim/report/html_check.h"

namespace sunny16::sim {
namespace {

TEST_CASE("A page is well formed, loads nothing, and takes text as text") {
  const std::string nasty = "<i>&\"'";
  Page page(nasty, nasty);
  page.heading(nasty);
  page.note(nasty);
  const std::vector<Fact> facts{{nasty, nasty}};
  page.facts(facts);
  page.list(facts);
  Table table({nasty, ">" + nasty});
  table.add({nasty, nasty});
  page.table(table, {0.25});
  page.plot(
      {.title = nasty, .x = {.label = nasty}, .y = {.label = nasty}, .series = {{.name = nasty}, {.name = nasty}}});
  Picture8 picture(6, 2);
  page.figure(image(std::as_const(picture).view(), nasty, Enlarge::as_pixels), nasty, nasty);
  page.row({figure({"<b>html</b>"}, nasty), figure({}, nasty)});
  page.gallery({strip({{"<b>html</b>"}})});
  const std::string html = page.html();
  CHECK(unbalanced(html) == "");
  CHECK(count(html, "<i>") == 0);
  CHECK(count(html, "<b>html</b>") == 2);
  CHECK(count(html, "width:25.0%") == 1);
  for (const char* loads : {"http:", "https:", "src=\"/", "href=", "url(", "@import", "<script"})
    CHECK(count(without_pictures(html), loads) == 0);
}

TEST_CASE("Tables align by characters, not by bytes") {
  Table table({"a", ">b"});
  table.add({"é→", "1"});
  table.add({"xyz", "–"});
  CHECK(table.text() == "a    b\né→   1\nxyz  –\n");
}

TEST_CASE("A heat map is black at 0, white from `most` on, and rises in between") {
  isp::Image<float> magnitudes(256, 2);
  for (int x = 0; x < 256; ++x) magnitudes.row(0)[x] = magnitudes.row(1)[x] = static_cast<float>(x) / 200;
  const Picture8 map = heat_map(std::as_const(magnitudes).view(), 1, 256);
  REQUIRE(map.width() == 3 * 256);
  const auto sum = [&](int x) { return map.row(0)[3 * x] * 2 + map.row(0)[3 * x + 1] * 7 + map.row(0)[3 * x + 2]; };
  CHECK(sum(0) == 0);
  CHECK(map.row(0)[3 * 200] == 255);
  CHECK(sum(255) == sum(200));
  for (int x = 1; x <= 200; ++x) CHECK(sum(x) >= sum(x - 1));
  const Picture8 small = heat_map(std::as_const(magnitudes).view(), 1, 100);
  CHECK(small.width() / 3 == 85);  // a third
  CHECK(small.height() == 1);
}

}  // namespace
}  // namespace sunny16::sim
