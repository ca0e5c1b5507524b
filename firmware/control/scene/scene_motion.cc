#include "firmware/control/scene/scene_motion.h"

#include <algorithm>
#include <vector>

#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

/// Levels between which a cell says what light it saw; the step between neighbours that is an edge, and the change that
/// is motion, EV.
constexpr double kLeast = 0.004, kMost = 0.9, kEdge = 0.25, kChange = 0.12;

}  // namespace

SceneMotion MotionMeter::step(const ScenePicture& picture, double exposure) {
  constexpr int kColumns = ScenePicture::kColumns, kRows = ScenePicture::kRows;
  Light now;
  const double shift = exposure > 0 ? exact::log2(exposure) : 0;
  for (std::size_t i = 0; i < picture.cells.size(); ++i) {
    const double level = picture.cells[i].luminance;
    now.levels[i] = exact::log2(level) - shift;
    now.seen[i] = level > kLeast && level < kMost;
  }
  const std::optional<Light> before = last_;
  last_ = now;
  if (!before || picture.empty) return {};

  std::vector<double> changes;
  for (std::size_t i = 0; i < now.levels.size(); ++i)
    if (now.seen[i] && before->seen[i]) changes.push_back(now.levels[i] - before->levels[i]);
  if (changes.size() < now.levels.size() / 10) return {};
  const auto middle = changes.begin() + static_cast<std::ptrdiff_t>(changes.size() / 2);
  std::ranges::nth_element(changes, middle);
  const double common = *middle;

  double changed = 0, edges = 0, changed_edges = 0;
  for (int row = 0; row < kRows; ++row)
    for (int column = 0; column < kColumns; ++column) {
      const auto i = static_cast<std::size_t>(row * kColumns + column);
      if (!now.seen[i] || !before->seen[i]) continue;
      const bool moved = exact::abs(now.levels[i] - before->levels[i] - common) > kChange;
      const auto steps_to = [&](int x, int y) {
        return x < kColumns && y < kRows &&
               exact::abs(before->levels[static_cast<std::size_t>(y * kColumns + x)] - before->levels[i]) > kEdge;
      };
      const bool edge = steps_to(column + 1, row) || steps_to(column, row + 1);
      changed += moved, edges += edge, changed_edges += edge && moved;
    }
  return {.amount = changed / static_cast<double>(changes.size()), .global = edges > 0 ? changed_edges / edges : 0};
}

}  // namespace sunny16::firmware
