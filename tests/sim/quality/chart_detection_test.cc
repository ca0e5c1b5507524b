// Charts in photographs, found without help.
#include "sim/metrics/chart_detection.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/metrics/cell_picture.h"
#include "tests/firmware/quality/colour_checker.h"

namespace sunny16::sim::test {
namespace {

TEST_CASE("The chart of each real raw frame is found, within a quarter of a patch") {
  for (const auto& checker : firmware::test::colour_checkers()) {
    CAPTURE(checker.name);
    const auto charts = find_colour_checkers(cell_picture(checker.frame).view());
    REQUIRE(charts.size() == 1);
    const auto distance = [](Position a, const std::array<int, 2>& b) { return std::hypot(a.x - b[0], a.y - b[1]); };
    const auto& centres = checker.centres;
    const Position first{static_cast<double>(centres[0][0]), static_cast<double>(centres[0][1])};
    const double patch = 0.84 * distance(first, centres[5]) / 5;
    double worst = 0;
    for (std::size_t i = 0; i < 4; ++i)
      worst = std::max(worst, distance(CellPicture::in_frame(charts[0].corners[i]),
                                       centres[std::array<std::size_t, 4>{0, 5, 23, 18}[i]]));
    MESSAGE(checker.name << ": patches of " << patch << " px, the worst corner " << worst / patch << " of one off; "
                         << charts[0].squares << " of 24 seen, confidence " << charts[0].confidence);
    CHECK(worst < 0.25 * patch);
  }
}

}  // namespace
}  // namespace sunny16::sim::test
