#include "sim/report/plot.h"

#include <doctest/doctest.h>

#include <limits>

#include "tests/sim/report/html_check.h"

namespace sunny16::sim {
namespace {

using Ticks = std::vector<double>;

void check_ticks(const Ticks& found, const Ticks& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) CHECK(found[i] == doctest::Approx(expected[i]).epsilon(1e-9));
}

TEST_CASE("Marks are round numbers inside the range, and not many") {
  check_ticks(nice_ticks(0, 1, false), {0, 0.2, 0.4, 0.6, 0.8, 1});
  check_ticks(nice_ticks(0, 0.3, false), {0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3});
  check_ticks(nice_ticks(-3, 7.5, false), {-2, 0, 2, 4, 6});
  check_ticks(nice_ticks(1e-7, 5e-7, false), {1e-7, 2e-7, 3e-7, 4e-7, 5e-7});
  check_ticks(nice_ticks(0.05, 30, true), {0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20});
  check_ticks(nice_ticks(1, 1e6, true), {1, 1e2, 1e4, 1e6});
  check_ticks(nice_ticks(5, 5, false), {5});
}

/// The plot's area, in the picture's units: x 58 to 546, y 256 (bottom) to 40.
Plot square(Series series) {
  return {.title = "a < b",
          .x = {.label = "frequency", .unit = "cy/px", .from = 0, .to = 1},
          .y = {.label = "MTF", .from = 0, .to = 1},
          .series = {std::move(series)}};
}

TEST_CASE("Points lie where their values say, on lines, as dots and as bars") {
  Plot plot = square({.name = "s", .x = {0, 0.5, 1}, .y = {1, 0.25, 0}});
  std::string text = svg(plot);
  CHECK(unbalanced(text) == "");
  CHECK(count(text, "<polyline points=\"58.0,40.0 302.0,202.0 546.0,256.0\"/>") == 1);
  CHECK(count(text, "frequency, cy/px") == 1);
  CHECK(count(text, ">MTF<") == 1);
  CHECK(count(text, "a &lt; b") == 1);
  CHECK(count(text, "legend") == 0);
  plot.series[0].kind = Series::Kind::points;
  CHECK(count(svg(plot), "<circle cx=\"302.0\" cy=\"202.0\"") == 1);
  plot.series[0].kind = Series::Kind::bars;
  text = svg(plot);
  CHECK(count(text, "y=\"202.0\"") == 1);
  CHECK(count(text, "height=\"54.0\"") == 1);
}

TEST_CASE("A value that is none leaves a gap; one outside stays at the edge") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::string text = svg(square({.name = "s", .x = {0, 0.1, 0.2, 0.3, 0.4}, .y = {0, 1, nan, 0.5, 7}}));
  CHECK(count(text, "<polyline ") == 2);
  CHECK(count(text, " 253.2,40.0\"") == 1);
  CHECK(count(text, "nan") == 0);
}

TEST_CASE("Logarithmic axes divide decades evenly, and cannot show zero") {
  Plot plot = square({.name = "s", .x = {0, 1, 10, 100}, .y = {0.5, 0.5, 0.5, 0.5}});
  plot.x = {.label = "lux", .logarithmic = true, .from = 1, .to = 100};
  CHECK(count(svg(plot), "points=\"58.0,148.0 302.0,148.0 546.0,148.0\"") == 1);
}

TEST_CASE("Several series have a legend, colours of their own, and bands") {
  Plot plot = square({.name = "first", .x = {0, 1}, .y = {0.5, 0.5}, .low = {0.25, 0.25}, .high = {0.75, 0.75}});
  plot.series.push_back({.name = "red <one>", .x = {0, 1}, .y = {0, 1}, .colour = "red"});
  plot.series.push_back({.name = "third", .x = {0, 1}, .y = {1, 0}});
  const std::string text = svg(plot);
  CHECK(unbalanced(text) == "");
  CHECK(count(text, "<polygon points=\"58.0,94.0 546.0,94.0 546.0,202.0 58.0,202.0\"/>") == 1);
  for (const char* css : {"class=\"c0\"", "class=\"red\"", "class=\"c1\""})
    CHECK(count(text, css) == 2);  // and its key
  CHECK(count(text, "red &lt;one&gt;") == 1);
  CHECK(svg(plot) == text);
}

TEST_CASE("Without data, or with all the same, there is still a plot") {
  for (const bool logarithmic : {false, true})
    for (const Ticks& values : {Ticks{}, Ticks{0}, Ticks{3, 3}, Ticks{-5}, Ticks{1e-300}}) {
      Plot plot{.title = "t", .x = {.logarithmic = logarithmic}, .y = {.logarithmic = logarithmic}};
      plot.series = {{.name = "s", .x = values, .y = values}};
      const std::string text = svg(plot);
      CHECK(unbalanced(text) == "");
      for (const char* broken : {"nan", "inf"}) CHECK(count(text, broken) == 0);
    }
}

}  // namespace
}  // namespace sunny16::sim
