#include "isp/stages/distortion.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "tests/isp/every_target.h"
#include "tests/isp/stage_harness.h"

using namespace sunny16::isp;

namespace {

using Picture = std::array<Image<std::int16_t>, 3>;

template <class F>
Picture picture(int width, int height, F&& f) {
  Picture result;
  for (std::size_t p = 0; p < 3; ++p) {
    result[p] = Image<std::int16_t>(width, height);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) result[p].row(y)[x] = static_cast<std::int16_t>(f(static_cast<int>(p), x, y));
  }
  return result;
}

using Rows = void (*)(const Distortion::Registers&, const ConstFrameView<domain::DisplayRgb>&,
                      const FrameView<domain::DisplayRgb>&, int, int);

Picture warp(Rows rows, const Distortion::Registers& registers, const Picture& in, std::vector<int> bands = {}) {
  const int width = in[0].width(), height = in[0].height();
  Picture out = picture(width, height, [](int, int, int) { return -1; });
  bands.push_back(height);
  int first = 0;
  for (const int end : bands) {
    rows(registers, {in[0].view(), in[1].view(), in[2].view()}, {out[0].view(), out[1].view(), out[2].view()}, first,
         end);
    first = end;
  }
  return out;
}

bool same(const Picture& a, const Picture& b) {
  for (std::size_t p = 0; p < 3; ++p)
    for (int y = 0; y < a[p].height(); ++y)
      if (!std::equal(a[p].row(y), a[p].row(y) + a[p].width(), b[p].row(y))) return false;
  return true;
}

Conditions frame(int width, int height, CfaPhase phase = CfaPhase::rggb) {
  return {.frame = FrameGeometry::canonical(width, height, phase), .shading = nullptr};
}

}  // namespace

TEST_CASE("distortion: pixels are read within 0.05 px of where the model says") {
  constexpr int kWidth = 1000, kHeight = 740, kSlope = 64, kRamp = 250;
  DistortionTuning tuning;
  tuning.radial = {-0.12, 0.03, -0.005};
  tuning.centre = {0.48, 0.53};
  tuning.zoom = 1.05;
  const auto registers = Distortion::derive(tuning, frame(kWidth, kHeight));
  const double cx = 0.48 * (kWidth - 1), cy = 0.53 * (kHeight - 1);
  const double corner2 = std::pow(std::max(cx, kWidth - 1 - cx), 2) + std::pow(std::max(cy, kHeight - 1 - cy), 2);

  double worst = 0;
  for (int start = 0; start < kWidth; start += kRamp) {
    // Ramps tell where a pixel was read, across in red, down in green: cubic taps keep ramps. Each covers a part of the
    // frame.
    const Picture ramps = picture(kWidth, kHeight, [=](int p, int x, int y) {
      return std::clamp(kSlope * ((p == 0 ? x : y) - start), 0, domain::DisplayRgb::max);
    });
    const Picture out = warp(Distortion::fast_rows, registers, ramps);
    const auto check = [&](int level, double position) {
      if (position > start + 2 && position < start + kRamp)
        worst = std::max(worst, std::abs(static_cast<double>(level) / kSlope + start - position));
    };
    for (int y = 0; y < kHeight; y += 3)
      for (int x = 0; x < kWidth; ++x) {
        const double dx = (x - cx) / 1.05, dy = (y - cy) / 1.05, r2 = (dx * dx + dy * dy) / corner2;
        const double factor = 1 + r2 * (-0.12 + r2 * (0.03 - 0.005 * r2));
        check(out[0].row(y)[x], cx + dx * factor);
        check(out[1].row(y)[x], cy + dy * factor);
      }
  }
  MESSAGE("largest error: " << worst << " px");
  CHECK(worst < 0.05);
}

TEST_CASE("distortion: a mesh moves the picture, and the edge repeats") {
  const Picture in = picture(64, 48, [](int p, int x, int y) { return 100 * x + 10 * y + p; });
  DistortionTuning tuning;
  tuning.mesh_columns = 3;
  tuning.mesh_rows = 2;
  tuning.mesh_x.assign(6, 5);
  tuning.mesh_y.assign(6, -2);
  const auto registers = Distortion::derive(tuning, frame(64, 48));
  REQUIRE(registers.enabled);
  const Picture out = warp(Distortion::fast_rows, registers, in);
  CHECK(out[2].row(20)[30] == in[2].row(18)[35]);
  CHECK(out[0].row(0)[63] == in[0].row(0)[63]);
}

TEST_CASE("distortion: detail survives") {
  const auto scene = [](double x, double y) { return 8000 + 4000 * std::sin(0.8 * x) * std::sin(0.7 * y); };
  const Picture in = picture(256, 256, [&](int, int x, int y) { return std::lround(scene(x, y)); });
  DistortionTuning tuning;
  tuning.mesh_columns = tuning.mesh_rows = 2;
  tuning.mesh_x.assign(4, 0.5);  // the hardest position
  tuning.mesh_y.assign(4, 0.25);
  const Picture out = warp(Distortion::fast_rows, Distortion::derive(tuning, frame(256, 256)), in);
  double worst = 0;
  for (int y = 4; y < 250; ++y)
    for (int x = 4; x < 250; ++x) worst = std::max(worst, std::abs(out[0].row(y)[x] - scene(x + 0.5, y + 0.25)));
  CHECK(worst < 200);  // 5 % of the amplitude, at wavelengths of 8 pixels
}

TEST_CASE("distortion: off unless something is to be done") {
  CHECK(Distortion::derive({}, frame(640, 480)).enabled == 0);
  CHECK(Distortion::derive({}, frame(641, 481, CfaPhase::bggr)).enabled == 0);
  DistortionTuning malformed;
  malformed.mesh_columns = 4;
  malformed.mesh_x = {1, 2, 3};
  CHECK(Distortion::derive(malformed, frame(640, 480)).enabled == 0);
}

TEST_CASE("distortion: fast equals reference for any sample, and bands do not matter") {
  DistortionTuning tuning;
  tuning.radial = {0.4, -0.3, 0.2};
  tuning.mesh_columns = 3;
  tuning.mesh_rows = 3;
  tuning.mesh_x = {9, -7, 40, 3, 0, -2000, 8, 1, 4};
  tuning.mesh_y = {1, 30, -9, 7, 5, 1500, -6, 0, 2};
  for (const int width : {2, 18, 290})
    for (const int height : {2, 34}) {
      const auto registers = Distortion::derive(tuning, frame(width, height));
      for (const int seed : {1, 2}) {
        const Picture in = picture(width, height, [=](int p, int x, int y) {
          const std::uint32_t h =
              test::scramble(static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>((p * 64 + y) * 512 + x));
          return seed == 1 ? static_cast<std::int16_t>(h) : h & 1 ? 32767 : -32768;
        });
        const Picture reference = warp(Distortion::reference_rows, registers, in);
        test::on_every_target([&] { CHECK(same(reference, warp(Distortion::fast_rows, registers, in))); });
        CHECK(same(reference, warp(Distortion::fast_rows, registers, in, {1, height / 2})));
      }
    }
}
