#include "isp/stages/lens_shading.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/isp/every_target.h"
#include "tests/isp/stage_harness.h"

using namespace sunny16::isp;

namespace {

constexpr int kBlack = domain::LinearRaw::black;

/// Vignetting cos^4 of the field angle, and a tint towards red in the corners; greens are `luminance`.
double luminance(double u, double v) { return std::pow(1 + 0.9 * ((u - 0.5) * (u - 0.5) + (v - 0.5) * (v - 0.5)), 2); }
double tint(double u, double v) { return 1 - 0.2 * ((u - 0.5) * (u - 0.5) + (v - 0.5) * (v - 0.5)); }

Conditions shaded(int width, int height) {
  auto mesh = std::make_shared<GainMesh>(GainMesh{.columns = 33, .rows = 33, .gains = {}});
  for (int r = 0; r < 33; ++r)
    for (int c = 0; c < 33; ++c)
      for (std::size_t p = 0; p < 4; ++p)
        mesh->gains[p].push_back(luminance(c / 32.0, r / 32.0) * (p == kR ? tint(c / 32.0, r / 32.0) : 1));
  return {.frame = FrameGeometry::canonical(width, height, CfaPhase::rggb), .shading = mesh};
}

/// A grey wall seen through that lens.
test::Samples<domain::LinearRaw> wall(int width, int height) {
  return test::Samples<domain::LinearRaw>(width, height).fill([=](int p, int x, int y) {
    const double u = (2 * x + (p & 1)) / (width - 1.0), v = (2 * y + (p >> 1)) / (height - 1.0);
    return kBlack + std::lround(8000 / luminance(u, v) / (p == kR ? tint(u, v) : 1));
  });
}

}  // namespace

TEST_CASE("lens shading: a grey wall becomes even") {
  LensShadingTuning tuning;
  tuning.luminance_strength = 1;
  const auto registers = LensShading::derive(tuning, shaded(1000, 748));
  REQUIRE(registers.enabled);
  const auto out = test::run_stage<LensShading>(registers, wall(1000, 748));
  int worst = 0;
  for (const int v : out.values) worst = std::max(worst, std::abs(v - kBlack - 8000));
  CHECK(worst <= 12);  // 0.15 %: samples are integers, and the mesh is piecewise linear
}

TEST_CASE("lens shading: strength leaves vignetting, but no tint") {
  LensShadingTuning tuning;
  tuning.luminance_strength = 0;
  const auto out = test::run_stage<LensShading>(LensShading::derive(tuning, shaded(400, 300)), wall(400, 300));
  CHECK(std::abs(out.at(kGr, 0, 0) - wall(400, 300).at(kGr, 0, 0)) <= 1);
  CHECK(std::abs(out.at(kR, 0, 0) - out.at(kGr, 0, 0)) < 40);  // neighbouring pixels: vignetting differs a little
  CHECK(std::abs(wall(400, 300).at(kR, 0, 0) - out.at(kGr, 0, 0)) > 300);
}

TEST_CASE("lens shading: the limit lowers all channels together") {
  LensShadingTuning tuning;
  tuning.luminance_strength = 1;
  tuning.max_gain = 1.5;
  const GainMesh mesh = LensShading::applied(tuning, *shaded(400, 300).shading);
  CHECK(mesh.gains[kGr][0] == doctest::Approx(1.5));
  CHECK(mesh.gains[kR][0] == doctest::Approx(1.5 * tint(0, 0)));
}

TEST_CASE("lens shading: off without a calibration") {
  CHECK(LensShading::derive({}, {.frame = FrameGeometry::canonical(64, 64, CfaPhase::rggb), .shading = nullptr})
            .enabled == 0);
  LensShadingTuning off;
  off.enabled = false;
  CHECK(LensShading::derive(off, shaded(64, 64)).enabled == 0);
}

TEST_CASE("lens shading: fast equals reference at full-range samples and gains") {
  auto mesh = std::make_shared<GainMesh>(GainMesh{.columns = 5, .rows = 4, .gains = {}});
  for (std::size_t p = 0; p < 4; ++p)
    for (std::uint32_t i = 0; i < 20; ++i)
      mesh->gains[p].push_back(test::scramble(static_cast<std::uint32_t>(p), i) % 1000 / 130.0);
  LensShadingTuning tuning;
  tuning.luminance_strength = 1;
  for (const int width : {2, 6, 130, 1500}) {
    const Conditions conditions{.frame = FrameGeometry::canonical(width, 16, CfaPhase::rggb), .shading = mesh};
    const auto registers = LensShading::derive(tuning, conditions);
    for (const auto& [name, in] : test::trying_inputs<domain::LinearRaw>(width, 16, 0, 65535)) {
      CAPTURE(name);
      const auto reference = test::run_stage<LensShading>(registers, in, Kernels::reference);
      test::on_every_target([&] { CHECK(test::run_stage<LensShading>(registers, in, Kernels::fast) == reference); });
    }
  }
}
