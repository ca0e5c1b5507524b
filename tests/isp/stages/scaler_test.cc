#include "isp/stages/scaler.h"

#include <doctest/doctest.h>
#include <hwy/targets.h>

#include <cmath>
#include <functional>
#include <vector>

#include "isp/stage/stage.h"
#include "tests/isp/stage_harness.h"

namespace sunny16::isp {
namespace {

using Plane = std::vector<std::vector<std::int16_t>>;
using Picture = std::function<int(int x, int y)>;

/// Scales a crop of `picture`, given in frame pixels, in one or several column tiles.
Plane scale(const Scaler::Registers& r, const Picture& picture, bool fast, int tile = 1 << 20) {
  Plane out;
  for (int y = 0; y < r.y.out_size; ++y) {
    std::vector<std::int16_t> line(static_cast<std::size_t>(r.x.out_size));
    for (int x0 = 0; x0 < r.x.out_size; x0 += tile) {
      const int count = std::min(tile, r.x.out_size - x0);
      const auto [left, right] = Scaler::input_columns(r, x0, count);
      const auto [top, bottom] = Scaler::input_rows(r, y);
      const int columns = right - left + 1;
      Plane rows;
      std::vector<const std::int16_t*> pointers;
      for (int row = top; row <= bottom; ++row) {
        rows.emplace_back(static_cast<std::size_t>(columns + kSlack));
        const int source = std::clamp(row, r.y.first, r.y.first + r.y.size - 1);
        for (int x = 0; x < columns; ++x)
          rows.back()[static_cast<std::size_t>(x)] = static_cast<std::int16_t>(picture(left + x, source));
      }
      for (const auto& row : rows) pointers.push_back(row.data());
      std::vector<std::int16_t> middle(static_cast<std::size_t>(columns + kSlack)),
          result(static_cast<std::size_t>(count + kSlack));
      (fast ? Scaler::fast_vertical : Scaler::reference_vertical)(r, y, pointers.data(), middle.data(), columns);
      middle.resize(static_cast<std::size_t>(columns));  // horizontal may read no further
      middle.shrink_to_fit();
      (fast ? Scaler::fast_horizontal : Scaler::reference_horizontal)(r, middle.data(), x0, result.data(), count);
      std::copy_n(result.begin(), count, line.begin() + x0);
    }
    out.push_back(line);
  }
  return out;
}

int hashed(int x, int y) { return static_cast<int>(test::scramble(5, static_cast<std::uint32_t>(y * 4096 + x)) >> 18); }

TEST_CASE("scaler: the same size is the same picture") {
  const auto out = scale(Scaler::derive({6, 4, 50, 9}, 50, 9), hashed, true);
  for (int y = 0; y < 9; ++y)
    for (int x = 0; x < 50; ++x)
      CHECK(out[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] == hashed(6 + x, 4 + y));
}

TEST_CASE("scaler: fast rows equal the reference on every target, for extremes, and tiles do not show") {
  const Picture extremes = [](int x, int y) { return hashed(x, y) & 1 ? 16383 : 0; };
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    for (const auto& [size, out_size] :
         {std::pair{1, 4}, {2, 2}, {33, 100}, {100, 33}, {97, 96}, {130, 17}, {300, 11}}) {
      const auto registers = Scaler::derive({2, 2, size, size}, out_size, std::max(1, out_size / 2));
      for (const Picture& picture : {Picture(hashed), extremes}) {
        const Plane reference = scale(registers, picture, false);
        CHECK(scale(registers, picture, true) == reference);
        CHECK(scale(registers, picture, true, 6) == reference);
      }
    }
  }
  hwy::SetSupportedTargetsForTest(0);
}

TEST_CASE("scaler: a constant stays, and a ramp keeps its place") {
  for (const int out_size : {15, 40, 63, 200}) {
    const auto registers = Scaler::derive({0, 0, 64, 8}, out_size, 8);
    const Plane flat = scale(
        registers, [](int, int) { return 12345; }, true);
    const Plane ramp = scale(
        registers, [](int x, int) { return 1000 + 200 * x; }, true);
    const double ratio = 64.0 / out_size;
    for (int x = 0; x < out_size; ++x) {
      CHECK(std::abs(flat[3][static_cast<std::size_t>(x)] - 12345) <= 6);  // of 16383: a tenth of an 8-bit code
      const double position = (x + 0.5) * ratio - 0.5;
      if (position > 9 && position < 54)
        CHECK(std::abs(ramp[3][static_cast<std::size_t>(x)] - (1000 + 200 * position)) <= 6 + 200.0 / 64);
    }
  }
}

TEST_CASE("scaler: a reduced picture has no aliases of fine stripes") {
  const Plane out = scale(
      Scaler::derive({0, 0, 256, 8}, 60, 2), [](int x, int) { return x & 1 ? 12000 : 4000; }, true);
  for (int x = 4; x < 56; ++x) CHECK(std::abs(out[0][static_cast<std::size_t>(x)] - 8000) < 120);
}

}  // namespace
}  // namespace sunny16::isp
