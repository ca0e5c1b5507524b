#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

constexpr int kPeriod = 128;

constexpr auto kLattice = [] {
  std::array<std::array<float, kPeriod>, kPeriod> lattice{};
  for (int y = 0; y < kPeriod; ++y)
    for (int x = 0; x < kPeriod; ++x)
      lattice[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] = static_cast<float>(cell_noise(x, y));
  return lattice;
}();

}  // namespace

double value_noise(Point p) {
  const double fx = exact::floor(p.x), fy = exact::floor(p.y);
  const auto column = [](double v) { return static_cast<std::size_t>(static_cast<std::int64_t>(v) & (kPeriod - 1)); };
  const std::size_t x = column(fx), y = column(fy), right = (x + 1) % kPeriod, below = (y + 1) % kPeriod;
  const double dx = p.x - fx, dy = p.y - fy;
  const double u = dx * dx * (3 - 2 * dx), v = dy * dy * (3 - 2 * dy);
  const auto &upper = kLattice[y], &lower = kLattice[below];
  const double top = upper[x] + (upper[right] - upper[x]) * u;
  const double bottom = lower[x] + (lower[right] - lower[x]) * u;
  return top + (bottom - top) * v;
}

double fractal_noise(Point p, int octaves) {
  constexpr Point kAxis{1.624, 1.218};  // twice and a little as fine, turned by 37 degrees
  double sum = 0, weight = 0.5;
  for (int i = 0; i < octaves; ++i, weight *= 0.5) {
    sum += weight * (value_noise(p) - 0.5);
    p = {p.x * kAxis.x - p.y * kAxis.y + 17.3, p.x * kAxis.y + p.y * kAxis.x + 5.1};
  }
  return sum / (1 - 2 * weight);
}

}  // namespace sunny16::sim
