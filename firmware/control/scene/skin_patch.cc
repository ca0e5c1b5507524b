#include "firmware/control/scene/skin_patch.h"

#include <algorithm>
#include <vector>

#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

constexpr int kColumns = ScenePicture::kColumns, kRows = ScenePicture::kRows;

/// Calls f(cell) for those that share a side with one.
template <class F>
void for_each_neighbour(int cell, F&& f) {
  const int column = cell % kColumns, row = cell / kColumns;
  if (column > 0) f(cell - 1);
  if (column + 1 < kColumns) f(cell + 1);
  if (row > 0) f(cell - kColumns);
  if (row + 1 < kRows) f(cell + kColumns);
}

/// The patch that a cell belongs to, which is taken out of the mask.
std::vector<int> take_patch(CellMask& mask, int first) {
  std::vector<int> patch{first};
  mask[static_cast<std::size_t>(first)] = false;
  for (std::size_t i = 0; i < patch.size(); ++i)
    for_each_neighbour(patch[i], [&](int cell) {
      bool& is_new = mask[static_cast<std::size_t>(cell)];
      if (is_new) patch.push_back(cell);
      is_new = false;
    });
  return patch;
}

double mean_level(const ScenePicture& picture, const std::vector<int>& cells) {
  double sum = 0;
  for (const int cell : cells) sum += exact::log2(picture.cells[static_cast<std::size_t>(cell)].luminance);
  return sum / static_cast<double>(cells.size());
}

}  // namespace

SkinPatch largest_skin_patch(const ScenePicture& picture, const CellMask& is_skin) {
  CellMask left = is_skin;
  std::vector<int> patch;
  for (int cell = 0; cell < kColumns * kRows; ++cell) {
    if (!left[static_cast<std::size_t>(cell)]) continue;
    std::vector<int> found = take_patch(left, cell);
    if (found.size() > patch.size()) patch = std::move(found);
  }
  if (patch.empty()) return {};

  CellMask inside{};
  for (const int cell : patch) inside[static_cast<std::size_t>(cell)] = true;
  CellMask seen = inside;
  std::vector<int> around;
  int left_most = kColumns, right_most = 0, top = kRows, bottom = 0;
  for (const int cell : patch) {
    left_most = std::min(left_most, cell % kColumns), right_most = std::max(right_most, cell % kColumns);
    top = std::min(top, cell / kColumns), bottom = std::max(bottom, cell / kColumns);
    for_each_neighbour(cell, [&](int next) {
      if (!seen[static_cast<std::size_t>(next)]) around.push_back(next);
      seen[static_cast<std::size_t>(next)] = true;
    });
  }
  const auto size = static_cast<double>(patch.size());
  return {.share = size / (kColumns * kRows),
          .fill = size / ((right_most - left_most + 1) * (bottom - top + 1)),
          .contrast = around.empty() ? 0 : mean_level(picture, patch) - mean_level(picture, around)};
}

}  // namespace sunny16::firmware
