#include "isp/stages/dither.h"

#include <doctest/doctest.h>
#include <hwy/targets.h>

#include <cmath>
#include <vector>

#include "isp/core/layout.h"
#include "tests/isp/stage_harness.h"

namespace sunny16::isp {
namespace {

constexpr int kGuard = 32;

/// The output rows of one pair, each with guard bytes behind.
struct Packed {
  std::vector<std::uint8_t> rows[4];
  friend bool operator==(const Packed&, const Packed&) = default;
};

Packed pack(OutputFormat format, double strength, Span span, auto&& value, bool fast = true) {
  std::vector<std::int16_t> samples[6];
  std::byte* in[6];
  for (int i = 0; i < 6; ++i) {  // plane i / 2, row i % 2
    for (int x = 0; x < span.count; ++x)
      samples[i].push_back(static_cast<std::int16_t>(value(i / 2, span.x + x, 2 * span.y + i % 2)));
    samples[i].resize(static_cast<std::size_t>(span.count + kSlack));
    in[i] = reinterpret_cast<std::byte*>(samples[i].data());
  }
  const auto count = static_cast<std::size_t>(span.count), half = (count + 1) / 2;
  std::size_t bytes[4] = {count, count, 0, 0};
  if (format == OutputFormat::rgb8) bytes[0] = bytes[1] = 3 * count;
  if (format == OutputFormat::rgb16) bytes[0] = bytes[1] = 6 * count;
  if (format == OutputFormat::nv12) bytes[2] = 2 * half;
  if (format == OutputFormat::i420) bytes[2] = bytes[3] = half;
  Packed packed;
  std::byte* out[4];
  for (int i = 0; i < 4; ++i) {
    packed.rows[i].assign(bytes[i] + kGuard, 0xA5);
    out[i] = reinterpret_cast<std::byte*>(packed.rows[i].data());
  }
  RowIo io;
  io.inputs[0] = {.rows = in, .window = 2, .border = 0};
  io.outputs = out;
  (fast ? Dither::fast_row : Dither::reference_row)(Dither::derive({strength}, format), io, span);
  for (int i = 0; i < 4; ++i)
    for (int g = 0; g < kGuard; ++g) CHECK(packed.rows[i][bytes[i] + static_cast<std::size_t>(g)] == 0xA5);
  return packed;
}

TEST_CASE("dither: fast rows equal the reference on every target, for any count, and write nothing else") {
  const auto noise = [](int c, int x, int y) {
    return static_cast<int>(test::scramble(static_cast<std::uint32_t>(c), static_cast<std::uint32_t>(y * 4096 + x)) >>
                            18);
  };
  const auto wild = [&](int c, int x, int y) { return (noise(c, x, y) << 2) - 32768; };
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    for (const OutputFormat format : {OutputFormat::rgb8, OutputFormat::rgb16, OutputFormat::nv12, OutputFormat::i420})
      for (const int count : {1, 2, 7, 64, 129, 300}) {
        const Span span{.x = 4054, .y = 1001, .count = count};
        CHECK(pack(format, 1, span, noise) == pack(format, 1, span, noise, false));
        CHECK(pack(format, 0.3, span, wild) == pack(format, 0.3, span, wild, false));
      }
  }
  hwy::SetSupportedTargetsForTest(0);
}

TEST_CASE("dither: black is 0 and white 255, with and without dither; 16 bits are full range") {
  for (const double strength : {0.0, 0.5, 1.0})
    for (int y = 0; y < 64; ++y) {
      const Span span{.x = 0, .y = y, .count = 128};
      const Packed black = pack(OutputFormat::rgb8, strength, span, [](int, int, int) { return 0; });
      const Packed white = pack(OutputFormat::rgb8, strength, span, [](int, int, int) { return 16383; });
      for (std::size_t i = 0; i < 3 * 128; ++i) {
        CHECK(black.rows[0][i] == 0);
        CHECK(white.rows[1][i] == 255);
      }
    }
  const Packed white = pack(OutputFormat::rgb16, 1, {0, 0, 8}, [](int, int, int) { return 16383; });
  for (std::size_t i = 0; i < 48; ++i) CHECK(white.rows[0][i] == 255);
}

TEST_CASE("dither: the mean is kept, at every small place, and greys stay grey") {
  for (int value = 100; value < 16383; value += 1237) {
    double mean = 0;
    bool grey = true;
    for (int y = 0; y < 8; ++y) {
      const Packed packed = pack(OutputFormat::rgb8, 1, {64, y, 16}, [&](int, int, int) { return value; });
      for (int i = 0; i < 2; ++i)
        for (std::size_t x = 0; x < 16; ++x) {
          mean += packed.rows[i][3 * x] / 256.0;
          grey &=
              packed.rows[i][3 * x] == packed.rows[i][3 * x + 1] && packed.rows[i][3 * x] == packed.rows[i][3 * x + 2];
        }
    }
    CHECK(std::abs(mean - value * 255.0 / 16383) < 0.03);
    CHECK(grey);
  }
}

TEST_CASE("dither: neutral chroma is 128, chroma is the mean of four, the last odd column stands alone") {
  const auto chroma = [](int plane, int x, int y) {
    return plane == 0 ? 64 * 50 : x == 4 ? 64 * 200 : 64 * (100 + 2 * (x & 1) + 4 * (y & 1));
  };
  const Packed i420 = pack(OutputFormat::i420, 0, {0, 0, 5}, chroma);
  CHECK(i420.rows[2][0] == 103);
  CHECK(i420.rows[2][2] == 200);
  CHECK(i420.rows[3][1] == 103);
  CHECK(i420.rows[0][0] == 50);
  const Packed neutral =
      pack(OutputFormat::nv12, 1, {0, 3, 256}, [](int, int, int) { return domain::DisplayYcc::neutral; });
  for (std::size_t i = 0; i < 256; ++i) CHECK(neutral.rows[2][i] == 128);
}

}  // namespace
}  // namespace sunny16::isp
