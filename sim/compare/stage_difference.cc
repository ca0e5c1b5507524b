#include "sim/compare/stage_difference.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "sim/metrics/metric_error.h"

namespace sunny16::sim {
namespace {

/// Calls f(plane) for each sample that a pixel has.
template <class F>
void for_each_plane(const StageOutput& output, int x, int y, F&& f) {
  if (output.mosaic) return f(StageOutput::plane_at(x, y));
  for (int plane = 0; plane < 3; ++plane) f(plane);
}

StageDifference difference_of(const StageOutput& a, const StageOutput& b, double range) {
  constexpr std::size_t kDifferences = 65536;
  std::vector<std::uint64_t> counts(kDifferences);  // by magnitude
  StageDifference result{.stage = std::string(a.stage)};
  int most = 0;
  for (int y = 0; y < a.height; ++y)
    for (int x = 0; x < a.width; ++x)
      for_each_plane(a, x, y, [&](int plane) {
        const int d = std::abs(a.sample(plane, x, y) - b.sample(plane, x, y));
        ++counts[static_cast<std::size_t>(d)];
        if (d > most) most = d, result.max_x = x, result.max_y = y;
      });

  double samples = 0, sum = 0, squares = 0;
  for (std::size_t d = 0; d < kDifferences; ++d) {
    const auto count = static_cast<double>(counts[d]), v = static_cast<double>(d);
    samples += count, sum += count * v, squares += count * v * v;
  }
  std::size_t p99 = 0;
  for (double below = static_cast<double>(counts[0]); below < 0.99 * samples;)
    below += static_cast<double>(counts[++p99]);
  const double percent = 100 / range;
  result.mean_percent = percent * sum / samples;
  result.rms_percent = percent * std::sqrt(squares / samples);
  result.p99_percent = percent * static_cast<double>(p99);
  result.max_percent = percent * most;
  result.differing_percent = 100 * (1 - static_cast<double>(counts[0]) / samples);
  return result;
}

bool has(const std::vector<std::string>& names, std::size_t from, const std::string& name) {
  return std::find(names.begin() + static_cast<std::ptrdiff_t>(from), names.end(), name) != names.end();
}

}  // namespace

double range_of(Encoding encoding, double sensor_range) {
  switch (encoding) {
    case Encoding::sensor:
      return sensor_range;
    case Encoding::linear_raw:
      return isp::domain::LinearRaw::range;
    case Encoding::linear_rgb:
      return isp::domain::LinearRgb::white;
    case Encoding::code:
      return isp::domain::CodeRaw::max;
    case Encoding::display:
      return isp::domain::DisplayRgb::max;
  }
  return sensor_range;
}

std::vector<StageDifference> compare_stages(StageSource& first, StageSource& second, const StagePairVisitor& visit) {
  std::vector<StageDifference> result;
  const std::vector<std::string>&a = first.names(), &b = second.names();
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    // A stage that the rest of the other line has not is the line's own; so is one that comes there in another order.
    if (j == b.size() || (i < a.size() && !has(b, j, a[i]))) {
      first.next();
      result.push_back({.stage = a[i++], .in = Presence::first});
    } else if (i == a.size() || a[i] != b[j]) {
      second.next();
      result.push_back({.stage = b[j++], .in = Presence::second});
    } else {
      const StageOutput &x = first.next(), &y = second.next();
      if (x.width != y.width || x.height != y.height)
        throw MetricError("stage " + a[i] + ": found " + std::to_string(x.width) + " x " + std::to_string(x.height) +
                          " and " + std::to_string(y.width) + " x " + std::to_string(y.height) +
                          " pixels, allowed equal sizes");
      result.push_back(difference_of(x, y, range_of(x.encoding, first.sensor_range())));
      if (visit) visit(result.back(), x, y);
      ++i, ++j;
    }
  }
  return result;
}

const StageDifference* first_difference(const std::vector<StageDifference>& stages) {
  const auto found = std::ranges::find_if(stages, [](const StageDifference& s) { return s.differs(); });
  return found == stages.end() ? nullptr : &*found;
}

int difference_at(const StageOutput& first, const StageOutput& second, int x, int y) {
  int most = 0;
  for_each_plane(first, x, y, [&](int plane) {
    most = std::max(most, std::abs(first.sample(plane, x, y) - second.sample(plane, x, y)));
  });
  return most;
}

isp::Rect most_different_part(const StageOutput& first, const StageOutput& second, int width, int height) {
  // Sums over blocks of a quarter of the part, then over the blocks of each place.
  const int step_x = std::max(2, width / 8 * 2), step_y = std::max(2, height / 8 * 2);
  const int columns = (first.width + step_x - 1) / step_x, rows = (first.height + step_y - 1) / step_y;
  std::vector<double> sums(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  const auto block = [&](int column, int row) -> double& {
    return sums[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column)];
  };
  for (int y = 0; y < first.height; ++y)
    for (int x = 0; x < first.width; ++x) block(x / step_x, y / step_y) += difference_at(first, second, x, y);

  isp::Rect best{0, 0, std::min(width, first.width), std::min(height, first.height)};
  double most = 0;
  for (int row = 0; row < std::max(1, rows - 3); ++row)
    for (int column = 0; column < std::max(1, columns - 3); ++column) {
      double sum = 0;
      for (int dy = 0; dy < std::min(4, rows); ++dy)
        for (int dx = 0; dx < std::min(4, columns); ++dx) sum += block(column + dx, row + dy);
      if (sum > most) most = sum, best.x = column * step_x, best.y = row * step_y;
    }
  best.x = std::min(best.x, (first.width - best.width) & ~1),
  best.y = std::min(best.y, (first.height - best.height) & ~1);
  return best;
}

}  // namespace sunny16::sim
