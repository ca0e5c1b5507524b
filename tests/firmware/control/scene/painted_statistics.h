// Statistics of pictures that a test paints, as the line would count them.
#pragma once

#include <functional>

#include "firmware/control/scene/scene.h"
#include "isp/core/layout.h"

namespace sunny16::firmware::test {

/// `paint`: linear RGB at a place of 0..1 each way, 1 is white; what exceeds it is clipped.
inline isp::Statistics painted_statistics(const std::function<Vector3(double x, double y)>& paint) {
  using isp::Statistics;
  constexpr std::uint32_t kQuads = 100;
  isp::Statistics statistics;
  for (std::size_t row = 0; row < Statistics::kThumbnailRows; ++row)
    for (std::size_t column = 0; column < Statistics::kThumbnailColumns; ++column) {
      Vector3 c = paint((static_cast<double>(column) + 0.5) / Statistics::kThumbnailColumns,
                        (static_cast<double>(row) + 0.5) / Statistics::kThumbnailRows);
      for (double& v : c) v = v < 0 ? 0 : v > 1 ? 1 : v;
      const auto sum = [&](double level, std::uint32_t samples) {
        return static_cast<std::uint32_t>(level * isp::domain::LinearRaw::range * samples * kQuads);
      };
      statistics.thumbnail[row][column] = {sum(c[0], 1), sum(c[1], 2), sum(c[2], 1), kQuads};
      statistics.rows[row] += {sum(c[1], 2), kQuads};
      const auto bin = static_cast<std::size_t>((0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]) * 1023.999);
      statistics.histogram[bin] += 4;
    }
  return statistics;
}

/// A frame of such statistics from a camera that sees colours as they are.
inline SceneFrame frame_of(const isp::Statistics& statistics) {
  return {.statistics = statistics, .camera_to_srgb = {1, 0, 0, 0, 1, 0, 0, 0, 1}};
}

inline SceneStatistics statistics_of(const std::function<Vector3(double x, double y)>& paint,
                                     std::span<const Detection> detections = {}) {
  const isp::Statistics counted = painted_statistics(paint);
  SceneFrame frame = frame_of(counted);
  frame.detections = detections;
  return scene_statistics(frame, scene_picture(counted, frame.colour_gains, frame.camera_to_srgb));
}

}  // namespace sunny16::firmware::test
