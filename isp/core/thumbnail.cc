#include "isp/core/thumbnail.h"

#include "isp/core/exact_math.h"
#include "isp/core/layout.h"

namespace sunny16::isp {

Thumbnail thumbnail_of(const Statistics& statistics) {
  Thumbnail thumbnail;
  thumbnail.cells.reserve(std::size_t{Thumbnail::kColumns} * Thumbnail::kRows);
  for (const auto& row : statistics.thumbnail)
    for (const Statistics::ThumbnailCell& counted : row) {
      Thumbnail::Cell& cell = thumbnail.cells.emplace_back();
      if (counted.count == 0) continue;
      const double full = static_cast<double>(counted.count) * domain::LinearRaw::range;
      cell = {{counted.red / full, counted.green / (2 * full), counted.blue / full}, false};
    }
  return thumbnail;
}

Thumbnail exposed(const Thumbnail& thumbnail, double ratio) {
  Thumbnail result = thumbnail;
  for (Thumbnail::Cell& cell : result.cells)
    for (double& level : cell.level) level = exact::min(level * ratio, 1);
  return result;
}

Thumbnail between(const Thumbnail& first, const Thumbnail& second, double part) {
  Thumbnail result = second;
  for (std::size_t i = 0; i < result.cells.size(); ++i)
    for (std::size_t c = 0; c < 3; ++c) {
      const double from = first.cells[i].level[c];
      result.cells[i].level[c] = from + part * (second.cells[i].level[c] - from);
    }
  return result;
}

std::array<double, 3> linear_rgb(const Thumbnail::Cell& cell, const Conditions& conditions) {
  std::array<double, 3> camera{};
  for (std::size_t c = 0; c < 3; ++c) camera[c] = cell.level[c] * conditions.wb_gains[c];
  if (cell.level[1] >= Thumbnail::kRedAsGreen)
    for (double& level : camera) level = exact::min(level, camera[1]);
  std::array<double, 3> rgb{};
  for (std::size_t row = 0; row < 3; ++row)
    for (std::size_t c = 0; c < 3; ++c)
      rgb[row] += conditions.camera_to_srgb[3 * row + c] * camera[c] * conditions.digital_gain;
  return rgb;
}

}  // namespace sunny16::isp
