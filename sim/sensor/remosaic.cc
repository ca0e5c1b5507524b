#include "sim/sensor/remosaic.h"

#include <algorithm>
#include <vector>

#include "isp/core/cfa.h"
#include "isp/core/exact_math.h"
#include "sim/parallel.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;

struct Source {
  int dx, dy;
  double weight;
};

/// The pixels that a place in the pattern is made of.
std::vector<Source> sources(isp::CfaPhase phase, int cell, int x, int y) {
  const int period = 2 * cell;
  const auto plane_of_cell = [&](int u, int v) {
    return isp::quad_plane(phase, (u + 2 * period) % period / cell, (v + 2 * period) % period / cell);
  };
  const isp::Quad wanted = isp::quad_plane(phase, x, y);
  const auto green = [](isp::Quad q) { return q == isp::kGr || q == isp::kGb; };
  const auto same = [&](int u, int v) {
    const isp::Quad q = plane_of_cell(u, v);
    return q == wanted || (green(q) && green(wanted));
  };
  if (same(x, y)) return {{0, 0, 1}};
  std::vector<Source> found;
  double mean_x = 0, mean_y = 0, xx = 0, xy = 0, yy = 0;  // moments
  for (int dy = -cell; dy <= cell; ++dy)
    for (int dx = -cell; dx <= cell; ++dx)
      if (same(x + dx, y + dy)) {
        const double d2 = dx * dx + dy * dy, w = 1 / (d2 * d2);
        found.push_back({dx, dy, w});
        mean_x += w * dx, mean_y += w * dy, xx += w * dx * dx, xy += w * dx * dy, yy += w * dy * dy;
      }
  // The plane that fits them best, at its middle: their mean would belong to a place beside it, and shift the colours.
  const double determinant = xx * yy - xy * xy;
  const double slope_x = (mean_x * yy - mean_y * xy) / determinant, slope_y = (mean_y * xx - mean_x * xy) / determinant;
  double sum = 0;
  for (Source& s : found) s.weight *= 1 - slope_x * s.dx - slope_y * s.dy, sum += s.weight;
  for (Source& s : found) s.weight /= sum;
  return found;
}

}  // namespace

isp::Image<std::uint16_t> remosaic(const isp::Image<std::uint16_t>& cells, ColourFilter filter, int cell, int threads) {
  const auto phase = static_cast<isp::CfaPhase>(filter);
  const int period = 2 * cell, width = cells.width(), height = cells.height();
  std::vector<std::vector<Source>> pattern;
  for (int y = 0; y < period; ++y)
    for (int x = 0; x < period; ++x) pattern.push_back(sources(phase, cell, x, y));

  // Beyond the edge the pattern goes on as it was a period before.
  const auto inside = [&](int i, int n) { return i < 0 ? i + period : i >= n ? i - period : i; };
  isp::Image<std::uint16_t> out(width, height);
  in_parallel(height, threads, [&](int y) {
    for (int x = 0; x < width; ++x) {
      double sum = 0.5;
      std::uint16_t least = 65535, most = 0;  // planes may reach beyond what there is
      for (const Source& s : pattern[static_cast<std::size_t>(y % period * period + x % period)]) {
        const std::uint16_t v = cells.row(inside(y + s.dy, height))[inside(x + s.dx, width)];
        sum += s.weight * v, least = std::min(least, v), most = std::max(most, v);
      }
      out.row(y)[x] = static_cast<std::uint16_t>(exact::clamp(sum, least, most));
    }
  });
  return out;
}

}  // namespace sunny16::sim
