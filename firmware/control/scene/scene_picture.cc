#include "firmware/control/scene/scene_picture.h"

#include "isp/core/exact_math.h"
#include "isp/core/layout.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;
using isp::Statistics;

constexpr int kAcross = Statistics::kThumbnailColumns / ScenePicture::kColumns;
constexpr int kDown = Statistics::kThumbnailRows / ScenePicture::kRows;
static_assert(kAcross * ScenePicture::kColumns == Statistics::kThumbnailColumns);
static_assert(kDown * ScenePicture::kRows == Statistics::kThumbnailRows);

/// Part of white from which a green counts as clipped.
constexpr double kClipped = 0.96;

Statistics::Sum sum_of(const Statistics& statistics, int column, int row,
                       std::uint32_t Statistics::ThumbnailCell::*level, std::uint64_t samples) {
  Statistics::Sum sum;
  for (int y = row * kDown; y < (row + 1) * kDown; ++y)
    for (int x = column * kAcross; x < (column + 1) * kAcross; ++x) {
      const Statistics::ThumbnailCell& cell =
          statistics.thumbnail[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)];
      sum += {cell.*level, samples * cell.count};
    }
  return sum;
}

}  // namespace

ScenePicture scene_picture(const Statistics& statistics, const std::array<double, 2>& colour_gains,
                           const isp::Matrix3& camera_to_srgb) {
  using Cell = Statistics::ThumbnailCell;
  ScenePicture picture;
  for (int row = 0; row < ScenePicture::kRows; ++row)
    for (int column = 0; column < ScenePicture::kColumns; ++column) {
      const auto level = [&](std::uint32_t Cell::*of, std::uint64_t samples) {
        const Statistics::Sum sum = sum_of(statistics, column, row, of, samples);
        if (sum.count > 0) picture.empty = false;
        return sum.mean() / isp::domain::LinearRaw::range;
      };
      const double green = level(&Cell::green, 2);
      const Vector3 balanced{colour_gains[0] * level(&Cell::red, 1), green, colour_gains[1] * level(&Cell::blue, 1)};
      ScenePicture::Cell& cell = picture.cells[static_cast<std::size_t>(row * ScenePicture::kColumns + column)];
      cell.rgb = green < kClipped ? multiply(camera_to_srgb, balanced) : Vector3{green, green, green};
      for (double& v : cell.rgb) v = exact::max(v, 0);
      cell.luminance =
          exact::max(0.2126 * cell.rgb[0] + 0.7152 * cell.rgb[1] + 0.0722 * cell.rgb[2], ScenePicture::kDarkest);
    }
  return picture;
}

}  // namespace sunny16::firmware
