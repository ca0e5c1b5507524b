// Exposure from made-up histograms.
#include <doctest/doctest.h>

#include "firmware/control/exposure_estimate.h"

namespace sunny16::firmware {
namespace {

/// A histogram of levels (fractions of white) and how many there are of each.
isp::Statistics histogram(std::initializer_list<std::pair<double, unsigned>> levels) {
  isp::Statistics statistics;
  for (const auto& [level, count] : levels)
    statistics.histogram[static_cast<std::size_t>(level * isp::Statistics::kHistogramBins)] += count;
  return statistics;
}

TEST_CASE("exposure brings the middle to mid-grey, as far as highlights allow it") {
  const auto near = [](double v) { return doctest::Approx(v).epsilon(0.02); };
  CHECK(estimate_exposure_gain({}) == 1);
  CHECK(estimate_exposure_gain(histogram({{0.18, 1000}})) == near(1));
  CHECK(estimate_exposure_gain(histogram({{0.06, 1000}})) == near(3));
  CHECK(estimate_exposure_gain(histogram({{0.06, 900}, {0.5, 100}})) == near(2));  // not beyond white
  CHECK(estimate_exposure_gain(histogram({{0.06, 995}, {0.9, 5}})) == near(3));    // a lamp may clip
  CHECK(estimate_exposure_gain(histogram({{0.6, 1000}})) == 1);                    // never darker
  CHECK(estimate_exposure_gain(histogram({{0.002, 1000}})) == 8);                  // nor noise made a picture
}

TEST_CASE("exposure for HDR looks at the middle alone, within the line's headroom") {
  const auto near = [](double v) { return doctest::Approx(v).epsilon(0.02); };
  CHECK(estimate_midtone_gain({}) == 1);
  CHECK(estimate_midtone_gain(histogram({{0.06, 900}, {0.5, 100}})) == near(3));
  CHECK(estimate_midtone_gain(histogram({{0.6, 1000}})) == 1);
  CHECK(estimate_midtone_gain(histogram({{0.002, 1000}})) == 4);
}

}  // namespace
}  // namespace sunny16::firmware
