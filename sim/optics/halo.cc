#include "sim/optics/halo.h"

#include <algorithm>
#include <array>
#include <vector>

#include "isp/core/cfa.h"
#include "isp/core/exact_math.h"
#include "sim/parallel.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;

constexpr double kPi = 3.14159265358979323846;
constexpr int kReach = 6, kSide = 2 * kReach + 1;  ///< blocks

/// Where a channel's light goes, as parts of all of it.
struct Skirt {
  double core = 1;  ///< within the reach of the point spreads
  std::array<double, kSide * kSide> blocks{};
  double far = 0;  ///< anywhere
};

Skirt skirt_of(const Lens& lens, int channel, double reach_um, double block_um) {
  const double farthest_um = (kReach + 0.5) * block_um, step_um = std::min(block_um, reach_um) / 32;
  const std::vector<double> density = radial_profile(lens.spread(channel, 0), step_um, farthest_um);
  const auto at = [&](double r) {
    const double step = r / step_um;
    const auto i = static_cast<std::size_t>(step);
    return i + 1 < density.size()
               ? exact::max(0, density[i] + (density[i + 1] - density[i]) * (step - static_cast<double>(i)))
               : 0;
  };
  Skirt skirt;
  skirt.core = 0;
  for (double r = step_um / 2; r < reach_um; r += step_um) skirt.core += 2 * kPi * r * at(r) * step_um;
  skirt.core = exact::min(skirt.core, 1);
  constexpr int kPoints = 8;  // along a block's side
  double sum = 0;
  for (int y = -kReach; y <= kReach; ++y)
    for (int x = -kReach; x <= kReach; ++x)
      for (int k = 0; k < kPoints * kPoints; ++k) {
        const double u = x - 0.5 + (k % kPoints + 0.5) / kPoints, v = y - 0.5 + (k / kPoints + 0.5) / kPoints;
        const double r = block_um * exact::sqrt(u * u + v * v), side = block_um / kPoints;
        if (r < reach_um || r > farthest_um) continue;
        const double part = exact::min(at(r) * side * side, 1 - skirt.core - sum);
        skirt.blocks[static_cast<std::size_t>((y + kReach) * kSide + x + kReach)] += part;
        sum += part;
      }
  skirt.far = 1 - skirt.core - sum;
  return skirt;
}

/// A channel's mean in blocks of samples.
isp::Image<float> blocks_of(const isp::Image<float>& image, const SampleGrid& grid, int channel, int side) {
  isp::Image<float> blocks((grid.columns + side - 1) / side, (grid.rows + side - 1) / side);
  for (int by = 0; by < blocks.height(); ++by)
    for (int bx = 0; bx < blocks.width(); ++bx) {
      double sum = 0;
      int count = 0;
      for (int y = by * side; y < std::min((by + 1) * side, grid.rows); ++y)
        for (int x = bx * side; x < std::min((bx + 1) * side, grid.columns); ++x)
          if (grid.channel(x, y) == channel) sum += image.row(y)[x], ++count;
      // A block at the edge may have none of a colour.
      blocks.row(by)[bx] = count ? static_cast<float>(sum / count) : bx ? blocks.row(by)[bx - 1] : 0;
    }
  return blocks;
}

isp::Image<float> spread_out(const isp::Image<float>& blocks, const Skirt& skirt, int threads) {
  const int width = blocks.width(), height = blocks.height();
  isp::Image<float> out(width, height);
  in_parallel(height, threads, [&](int y) {
    for (int x = 0; x < width; ++x) {
      double sum = 0;
      for (int v = -kReach; v <= kReach; ++v)
        for (int u = -kReach; u <= kReach; ++u)
          sum += skirt.blocks[static_cast<std::size_t>((v + kReach) * kSide + u + kReach)] *
                 blocks.row(isp::reflect(y + v, height))[isp::reflect(x + u, width)];
      out.row(y)[x] = static_cast<float>(sum);
    }
  });
  return out;
}

double mean(const isp::Image<float>& blocks) {
  double sum = 0;
  for (int y = 0; y < blocks.height(); ++y)
    for (int x = 0; x < blocks.width(); ++x) sum += blocks.row(y)[x];
  return sum / (static_cast<double>(blocks.width()) * blocks.height());
}

/// Linear between the blocks' centres.
struct Interpolated {
  const isp::Image<float>& blocks;
  int side;
  double at(int x, int y) const {
    const double u = exact::clamp((x + 0.5) / side - 0.5, 0, blocks.width() - 1.0);
    const double v = exact::clamp((y + 0.5) / side - 0.5, 0, blocks.height() - 1.0);
    const int i = std::min(static_cast<int>(u), std::max(0, blocks.width() - 2)),
              i1 = std::min(i + 1, blocks.width() - 1);
    const int j = std::min(static_cast<int>(v), std::max(0, blocks.height() - 2)),
              j1 = std::min(j + 1, blocks.height() - 1);
    const auto across = [&](int row) {
      return blocks.row(row)[i] + (blocks.row(row)[i1] - blocks.row(row)[i]) * (u - i);
    };
    return across(j) + (across(j1) - across(j)) * (v - j);
  }
};

}  // namespace

void add_halo(const Lens& lens, const SampleGrid& grid, double reach_um, int threads, isp::Image<float>& image) {
  const int side = std::max(8, 2 * grid.period);  // of a block, samples: several of each colour
  const double scattered = lens.veiling_glare(), straight = 1 - scattered;
  std::array<isp::Image<float>, 3> around;  // what is not core
  std::array<double, 3> core{};
  for (int channel = 0; channel < 3; ++channel) {
    const auto c = static_cast<std::size_t>(channel);
    if (channel != 1 && grid.filter == ColourFilter::monochrome) continue;
    const Skirt skirt = skirt_of(lens, channel, reach_um, side * grid.combined * grid.site_um);
    const isp::Image<float> blocks = blocks_of(image, grid, channel, side);
    const double veil = (straight * skirt.far + scattered) * mean(blocks);
    core[c] = straight * skirt.core;
    around[c] = spread_out(blocks, skirt, threads);
    for (int y = 0; y < blocks.height(); ++y)
      for (int x = 0; x < blocks.width(); ++x)
        around[c].row(y)[x] = static_cast<float>(straight * around[c].row(y)[x] + veil);
  }
  in_parallel(grid.rows, threads, [&](int y) {
    for (int x = 0; x < grid.columns; ++x) {
      const auto c = static_cast<std::size_t>(grid.channel(x, y));
      float& sample = image.row(y)[x];
      sample = static_cast<float>(core[c] * sample + Interpolated{around[c], side}.at(x, y));
    }
  });
}

}  // namespace sunny16::sim
