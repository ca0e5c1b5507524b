#include "isp/stages/lateral_ca.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/isp/every_target.h"
#include "tests/isp/stage_harness.h"

using namespace sunny16::isp;

namespace {

constexpr int kWidth = 480, kHeight = 360;
const Conditions kConditions{.frame = FrameGeometry::canonical(kWidth, kHeight, CfaPhase::rggb), .shading = nullptr};

/// A smooth scene in pixels, of wavelengths from 9 pixels.
double scene(double x, double y) { return 10000 + 2500 * std::sin(x * 0.35) + 2500 * std::sin(y * 0.4 + x * 0.17); }

/// The scene through a lens that shows red `shift` pixels (at the corners, growing with r) further out.
test::Samples<domain::LinearRaw> fringed(double shift) {
  return test::Samples<domain::LinearRaw>(kWidth, kHeight).fill([=](int p, int x, int y) {
    const double px = 2 * x + (p & 1), py = 2 * y + (p >> 1);
    const double cx = (kWidth - 1) / 2.0, cy = (kHeight - 1) / 2.0, corner = std::hypot(cx, cy);
    const double magnification = p == kR ? 1 + shift / corner : 1;
    return std::lround(scene(cx + (px - cx) / magnification, cy + (py - cy) / magnification));
  });
}

/// Root mean square difference of red, away from the frame's edge.
double difference(const test::Samples<domain::LinearRaw>& a, const test::Samples<domain::LinearRaw>& b) {
  double sum = 0, count = 0;
  for (int y = 4; y < a.rows() - 4; ++y)
    for (int x = 4; x < a.columns() - 4; ++x) sum += std::pow(a.at(kR, x, y) - b.at(kR, x, y), 2), ++count;
  return std::sqrt(sum / count);
}

}  // namespace

TEST_CASE("lateral chromatic aberration: red returns to its place") {
  LateralCaTuning tuning;
  tuning.red_radial = {-1.5, 0, 0};
  const auto sharp = fringed(0), seen = fringed(1.5);
  const auto out = test::run_stage<LateralCa>(LateralCa::derive(tuning, kConditions), seen);
  CHECK(difference(seen, sharp) > 500);
  CHECK(difference(out, sharp) < 0.06 * difference(seen, sharp));
  for (const Quad green : {kGr, kGb})
    for (int y = 0; y < out.rows(); y += 11) CHECK(out.at(green, 17, y) == seen.at(green, 17, y));
  CHECK(out.at(kB, 3, 5) == seen.at(kB, 3, 5));  // no shift is exactly no change
}

TEST_CASE("lateral chromatic aberration: tables say the same as the polynomial") {
  LateralCaTuning radial, table;
  radial.red_radial = {1.2, 0, 0};
  const double cx = (kWidth - 1) / 2.0, cy = (kHeight - 1) / 2.0, corner = std::hypot(cx, cy);
  for (int row = 0; row < 9; ++row)
    for (int column = 0; column < 9; ++column) {
      table.red_x.push_back(1.2 * (column / 4.0 - 1) * cx / corner);
      table.red_y.push_back(1.2 * (row / 4.0 - 1) * cy / corner);
    }
  const auto seen = fringed(1.2);
  CHECK(difference(test::run_stage<LateralCa>(LateralCa::derive(radial, kConditions), seen),
                   test::run_stage<LateralCa>(LateralCa::derive(table, kConditions), seen)) < 1);
}

TEST_CASE("lateral chromatic aberration: off without a calibration") {
  CHECK(LateralCa::derive({}, kConditions).enabled == 0);
  LateralCaTuning malformed;
  malformed.red_x = {1, 1, 1, 1, 1};
  CHECK(LateralCa::derive(malformed, kConditions).enabled == 0);
}

TEST_CASE("lateral chromatic aberration: flat areas stay, fast equals reference at any shift") {
  LateralCaTuning tuning;
  tuning.red_radial = {2, -2, 2};
  tuning.blue_radial = {-2, -2, 1};
  tuning.red_x = {2, -2, -2, 2};
  tuning.blue_y = {-2, 2, 0, 2};
  for (const int width : {2, 4, 38, 700}) {
    const Conditions conditions{.frame = FrameGeometry::canonical(width, 12, CfaPhase::rggb), .shading = nullptr};
    const auto registers = LateralCa::derive(tuning, conditions);
    REQUIRE(registers.enabled);
    for (const auto& [name, in] : test::trying_inputs<domain::LinearRaw>(width, 12, 0, 65535)) {
      CAPTURE(name);
      const auto reference = test::run_stage<LateralCa>(registers, in, Kernels::reference);
      test::on_every_target([&] { CHECK(test::run_stage<LateralCa>(registers, in, Kernels::fast) == reference); });
      if (name == "minimum" || name == "maximum") CHECK(reference == in);
    }
  }
}
