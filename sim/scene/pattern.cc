#include "sim/scene/pattern.h"

#include <vector>

namespace sunny16::sim {
namespace {

constexpr std::int64_t kPeriod = 128;

constexpr auto kLattice = [] {
  std::array<std::array<float, kPeriod>, kPeriod> lattice{};
  for (int y = 0; y < kPeriod; ++y)
    for (int x = 0; x < kPeriod; ++x)
      lattice[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] = static_cast<float>(cell_noise(x, y));
  return lattice;
}();

/// A whole number and the part above it.
struct Split {
  std::int64_t whole;
  double part;
};
inline Split split(double v) {
  const double whole = exact::floor(v);
  return {static_cast<std::int64_t>(whole), v - whole};
}

double noise(Point p, std::int64_t period) {
  const auto [column, dx] = split(p.x);
  const auto [row, dy] = split(p.y);
  const auto wrapped = [period](std::int64_t i) { return static_cast<std::size_t>(i & (period - 1)); };
  const auto &upper = kLattice[wrapped(row)], &lower = kLattice[wrapped(row + 1)];
  const std::size_t left = wrapped(column), right = wrapped(column + 1);
  const double u = dx * dx * (3 - 2 * dx), v = dy * dy * (3 - 2 * dy);
  const double top = upper[left] + (upper[right] - upper[left]) * u;
  const double bottom = lower[left] + (lower[right] - lower[left]) * u;
  return top + (bottom - top) * v;
}

/// A tile of fractal noise. The octaves are finer by the root of 5 and turned by 27 degrees; in whole numbers, so that
/// all fit the tile.
constexpr std::int64_t kTileUnits = 16, kPerUnit = 32, kTileSide = kTileUnits * kPerUnit;
std::vector<float> fractal_tile() {
  std::vector<float> tile;
  for (int y = 0; y < kTileSide; ++y)
    for (int x = 0; x < kTileSide; ++x) {
      Point p{static_cast<double>(x) / kPerUnit, static_cast<double>(y) / kPerUnit};
      double sum = 0, weight = 4.0 / 7;
      for (int octave = 0; octave < 3; ++octave, weight /= 2) {
        sum += weight * (noise(p, kTileUnits) - 0.5);
        p = {2 * p.x - p.y + octave, p.x + 2 * p.y + 3};
      }
      tile.push_back(static_cast<float>(sum));
    }
  return tile;
}

}  // namespace

double value_noise(Point p) { return noise(p, kPeriod); }

double fractal_noise(Point p) {
  static const std::vector<float> kTile = fractal_tile();
  const auto [column, u] = split(p.x * kPerUnit);
  const auto [row, v] = split(p.y * kPerUnit);
  const auto wrapped = [](std::int64_t i) { return static_cast<std::size_t>(i & (kTileSide - 1)); };
  const float *upper = kTile.data() + wrapped(row) * kTileSide, *lower = kTile.data() + wrapped(row + 1) * kTileSide;
  const std::size_t left = wrapped(column), right = wrapped(column + 1);
  const double top = upper[left] + (upper[right] - upper[left]) * u;
  const double bottom = lower[left] + (lower[right] - lower[left]) * u;
  return top + (bottom - top) * v;
}

}  // namespace sunny16::sim
