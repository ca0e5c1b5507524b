#include "sim/reference/bench_frame.h"

#include <algorithm>

#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"
#include "sim/sensor/random.h"

namespace sunny16::sim {
namespace {

/// 0..1 and back every `period` steps.
constexpr double wave(int position, int period) {
  const int phase = position % period, half = period / 2;
  return static_cast<double>(phase < half ? phase : period - phase) / half;
}

/// Light that reaches a pixel through its colour, 1 at white. Tiles of 96 pixels take turns: flat patches, gradients,
/// fine texture and slanted edges, over a slow change across the frame.
double light(int x, int y, std::size_t colour) {
  const auto [tile, tints, slope, unused] =
      philox({static_cast<std::uint32_t>(x / 96), static_cast<std::uint32_t>(y / 96), 0, 0}, {});
  const double base = 0.05 + 0.6 * wave(x + 2 * y, 5000);
  const double tint = 0.6 + 0.4 * static_cast<double>(tints >> 8 * colour & 0xFF) / 255;
  double detail = 1;
  switch (tile % 4) {
    case 0:
      break;
    case 1:
      detail = 0.3 + 0.7 * wave(x + y, 96);
      break;
    case 2:
      detail = 0.6 + 0.4 * wave(3 * x + static_cast<int>(slope & 15) * y, 14);
      break;
    case 3:
      detail = (static_cast<int>(slope & 7) + 1) * (x % 96) > 5 * (y % 96) ? 1.5 : 0.25;
      break;
  }
  return base * tint * detail / kBenchGains[colour];
}

}  // namespace

isp::Conditions bench_conditions(int width, int height) {
  auto mesh = std::make_shared<isp::GainMesh>();
  mesh->columns = mesh->rows = 2;
  mesh->gains.fill({1, 1, 1, 1});

  isp::Conditions conditions;
  conditions.frame = isp::FrameGeometry::canonical(width, height, isp::CfaPhase::rggb);
  conditions.black.fill(kBenchBlack);
  conditions.white = kBenchWhite;
  constexpr double kRead = kBenchReadNoise / kBenchElectrons;
  conditions.noise = {.shot = 1 / kBenchElectrons, .read = kRead * kRead};
  conditions.analogue_gain = 4;
  conditions.wb_gains = kBenchGains;
  conditions.camera_to_srgb = {1.7, -0.5, -0.2, -0.25, 1.5, -0.25, 0, -0.6, 1.6};
  conditions.shading = std::move(mesh);
  return conditions;
}

RawBuffer bench_frame(int width, int height) {
  RawBuffer raw = make_raw(width, height, isp::CfaPhase::rggb, isp::Packing::u16);
  for (int y = 0; y < height; ++y) {
    std::byte* row = raw.row(y);
    for (int x = 0; x < width; ++x) {
      const double electrons = kBenchElectrons * light(x, y, static_cast<std::size_t>((x & 1) + (y & 1)));
      const double noise = isp::exact::sqrt(electrons + kBenchReadNoise * kBenchReadNoise) *
                           normal_quantile(pixel_uniforms(1, 0, x, y)[0]);
      const double level = kBenchBlack + (kBenchWhite - kBenchBlack) * (electrons + noise) / kBenchElectrons;
      put_sample(row, isp::Packing::u16, x,
                 static_cast<unsigned>(isp::round_half_up(isp::exact::clamp(level, 0, kBenchWhite))));
    }
  }
  return raw;
}

isp::LineRegisters bench_registers(isp::Profile profile, isp::Conditions conditions, isp::Tunings tunings) {
  apply_profile(profile, tunings, conditions);
  const isp::OutputRequest rgb8;
  return derive_line(tunings, conditions, {&rgb8, 1});
}

std::uint64_t bench_hash(isp::Profile profile, isp::Conditions conditions, const isp::Tunings& tunings) {
  conditions.frame = bench_conditions(kBenchWidth, kBenchHeight).frame;
  return bench_registers(profile, std::move(conditions), tunings).hash();
}

}  // namespace sunny16::sim
