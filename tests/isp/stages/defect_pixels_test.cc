#include "isp/stages/defect_pixels.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>

#include "isp/stages/black_level.h"
#include "tests/data_dir.h"
#include "tests/isp/every_target.h"
#include "tests/isp/stage_harness.h"

namespace sunny16::isp::test {
namespace {

using Raw = Samples<domain::LinearRaw>;

/// The sample at a pixel of the canonical frame.
std::uint16_t& pixel(Raw& raw, int x, int y) { return raw.at((x & 1) | (y & 1) << 1, x / 2, y / 2); }

constexpr NoiseProfile kNoise{.shot = 2e-4, .read = 1e-6};

/// A scene of 0..1, given by pixel, with the colours' different sensitivities and noise as kNoise says.
Raw exposed(int width, int height, const std::function<double(int, int)>& scene) {
  constexpr std::array kSensitivity{0.5, 1.0, 1.0, 0.6};
  Raw raw(width, height);
  return raw.fill([&](int plane, int x, int y) {
    const int px = 2 * x + (plane & 1), py = 2 * y + (plane >> 1);
    const double light = scene(px, py) * kSensitivity[static_cast<std::size_t>(plane)];
    double uniform = -6;  // the sum of twelve uniform numbers is nearly normal
    for (std::uint32_t i = 0; i < 12; ++i)
      uniform += scramble(i, static_cast<std::uint32_t>(py * width + px)) * 0x1p-32;
    const double noise = uniform * std::sqrt(kNoise.shot * light + kNoise.read);
    return std::clamp(4096 + 15360 * (light + noise), 0.0, 65535.0);
  });
}

Conditions conditions(const Raw& raw) {
  Conditions c;
  c.frame = FrameGeometry::canonical(raw.width, raw.height, CfaPhase::rggb);
  c.noise = kNoise;
  return c;
}

Raw corrected(const Raw& raw, const DefectPixelsTuning& tuning = {}) {
  return run_stage<DefectPixels>(DefectPixels::derive(tuning, conditions(raw)), raw);
}

int count_differing(const Raw& a, const Raw& b) {
  int n = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i) n += a.values[i] != b.values[i];
  return n;
}

TEST_CASE("stuck and dead samples in a shaded scene are replaced by what was there, and nothing else moves") {
  const Raw clean = exposed(256, 128, [](int x, int y) { return 0.1 + 0.5 * x / 256 + 0.2 * y / 128; });
  Raw raw = clean;
  for (int i = 0; i < 100; ++i) pixel(raw, 7 + i % 10 * 25, 5 + i / 10 * 12) = i & 1 ? 4096 : 19456;
  const Raw out = corrected(raw);
  int far = 0;
  for (std::size_t i = 0; i < out.values.size(); ++i) far += std::abs(out.values[i] - clean.values[i]) > 1000;
  CHECK(far == 0);
  CHECK(count_differing(out, clean) <= 102);
}

TEST_CASE("a pair of defects of one colour is replaced") {
  Raw raw = exposed(64, 64, [](int, int) { return 0.3; });
  const Raw clean = raw;
  pixel(raw, 20, 20) = pixel(raw, 22, 20) = 30000;
  pixel(raw, 41, 40) = pixel(raw, 43, 42) = 0;
  const Raw out = corrected(raw);
  for (std::size_t i = 0; i < out.values.size(); ++i) CHECK(std::abs(out.values[i] - clean.values[i]) < 1500);
}

TEST_CASE("stars and thin lines stay") {
  // Points and lines a lens has spread by a Gaussian of 0.7 pixels deviation, on black, wherever they fall on the
  // mosaic.
  const auto spread = [](double distance) { return std::exp(-distance * distance / (2 * 0.7 * 0.7)); };
  const Raw stars = exposed(256, 256, [&](int x, int y) {
    const double dx = std::remainder(x - 0.37 * (y / 16), 16), dy = std::remainder(y - 0.73 * (x / 16), 16);
    return 0.01 + 0.8 * spread(std::sqrt(dx * dx + dy * dy));
  });
  const Raw lines =
      exposed(256, 256, [&](int x, int y) { return 0.02 + 0.7 * spread(std::remainder(x + 0.4 * y, 24) * 0.93); });
  CHECK(count_differing(corrected(stars), stars) <= 1);
  CHECK(count_differing(corrected(lines), lines) <= 1);
  // The rule that keeps them: with it off they are eaten.
  DefectPixelsTuning blind;
  blind.light = 1;
  CHECK(count_differing(corrected(stars, blind), stars) > 100);
}

TEST_CASE("noise alone is left alone") {
  const Raw raw = exposed(512, 256, [](int x, int) { return x / 512.0; });
  CHECK(count_differing(corrected(raw), raw) <= 4);
}

TEST_CASE("the list is replaced whatever it holds, at its sensor positions") {
  Raw raw = exposed(32, 32, [](int, int) { return 0.3; });
  Conditions c = conditions(raw);
  // The sensor's first row and column are reflected ones of the canonical frame: its (0, 0) is canonical (1, 1).
  c.phase = CfaPhase::bggr;
  c.frame = FrameGeometry::canonical(30, 30, c.phase);
  DefectPixelsTuning tuning;
  tuning.sigmas = 100;
  tuning.list = {9, 11, 0, 0, 9, 11, 29, 29, 400, 3, 5};  // twice the same, one outside, half a pair
  const DefectPixels::Registers r = DefectPixels::derive(tuning, c);
  CHECK(r.listed == 3);
  const Raw before = raw;
  for (const int at : {10, 1, 30}) pixel(raw, at, at == 10 ? 12 : at) += 300;  // far too little to be found
  for (const Kernels kernels : {Kernels::reference, Kernels::fast}) {
    Raw out = run_stage<DefectPixels>(r, raw, kernels);
    Raw others = out;
    for (const int at : {10, 1, 30}) {
      const int y = at == 10 ? 12 : at;
      CHECK(pixel(out, at, y) != pixel(raw, at, y));
      pixel(others, at, y) = pixel(raw, at, y);
    }
    CHECK(others == raw);
  }
  CHECK(before != raw);
}

TEST_CASE("a long list is found in every row, and binning drops it") {
  const Raw raw = exposed(128, 64, [](int x, int y) { return 0.2 + 0.001 * (x + y); });
  DefectPixelsTuning tuning;
  for (int i = 0; i < 2000; ++i) tuning.list.insert(tuning.list.end(), {i * 37 % 128, i * 11 % 64});
  Conditions c = conditions(raw);
  const DefectPixels::Registers r = DefectPixels::derive(tuning, c);
  CHECK(r.listed == 128);  // 37 and 11 are odd: i and i + 128 coincide
  const Raw expected = run_stage<DefectPixels>(r, raw, Kernels::reference);
  CHECK(count_differing(expected, raw) > 100);
  on_every_target([&] { CHECK(run_stage<DefectPixels>(r, raw) == expected); });
  c.binning = 2;
  CHECK(DefectPixels::derive(tuning, c).listed == 0);
}

TEST_CASE("a photograph with 400 injected defects") {
  const auto data = data_dir();
  if (!data) {
    MESSAGE("no shared data: skipped");
    return;
  }
  const auto load = [&](const char* name) {
    std::ifstream file(*data / "raw/nikon_dsc1339" / name, std::ios::binary);
    std::vector<std::uint16_t> dn(768 * 512);
    file.read(reinterpret_cast<char*>(dn.data()), static_cast<std::streamsize>(2 * dn.size()));
    REQUIRE(file.good());
    Conditions c;
    c.black.fill(600);
    c.white = 16383;
    const auto sensor = Samples<domain::Sensor>(768, 512).fill([&](int plane, int x, int y) {
      return dn[static_cast<std::size_t>((2 * y + (plane >> 1)) * 768 + 2 * x + (plane & 1))];
    });
    return run_stage<BlackLevel>(BlackLevel::derive({}, c), sensor);
  };
  const Raw clean = load("DSC_1339_768x512_rggb.raw"), bad = load("DSC_1339_768x512_rggb_bpc_test.raw");
  const auto psnr = [&](const Raw& raw) {
    double sum = 0;
    for (std::size_t i = 0; i < raw.values.size(); ++i) {
      const auto at_most_white = [](int v) { return std::min(v, domain::LinearRaw::white); };
      const double error = at_most_white(raw.values[i]) - at_most_white(clean.values[i]);
      sum += error * error;
    }
    return 10 * std::log10(15360.0 * 15360.0 * static_cast<double>(raw.values.size()) / sum);
  };
  const Raw out = corrected(bad);
  int stuck = 0, sound_touched = 0;
  for (std::size_t i = 0; i < out.values.size(); ++i) {
    if (bad.values[i] == clean.values[i]) sound_touched += out.values[i] != bad.values[i];
    if (bad.values[i] > 60000 && out.values[i] > 60000) ++stuck;
  }
  MESSAGE("PSNR " << psnr(bad) << " -> " << psnr(out) << " dB, sound samples touched: " << sound_touched
                  << " of 393216");
  CHECK(psnr(out) > 62);
  CHECK(stuck == 0);
  CHECK(sound_touched <= 5);
}

}  // namespace
}  // namespace sunny16::isp::test
