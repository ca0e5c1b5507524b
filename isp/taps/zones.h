// Zones of the frame, in quads, as they stand in the taps' Registers.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "isp/stage/stage.h"
#include "isp/stages/unpack.h"

namespace sunny16::isp {

/// Quads [left, right) x [top, bottom).
struct QuadRect {
  std::int32_t left = 0, top = 0, right = 0, bottom = 0;
  friend constexpr bool operator==(const QuadRect&, const QuadRect&) = default;
};

/// The quads that lie wholly in the sensor's picture: what taps count. The canonical frame's extra row or column
/// repeats pixels that would otherwise count twice.
inline QuadRect whole_quads(const Conditions& conditions) {
  const Rect a = binned(conditions.frame, conditions.binning).active;
  return {(a.x + 1) / 2, (a.y + 1) / 2, (a.x + a.width) / 2, (a.y + a.height) / 2};
}

/// N zones side by side along an axis: zone z is [edge[z], edge[z + 1]), empty where there are fewer quads than zones.
template <int N>
struct Zones {
  std::array<std::int32_t, N + 1> edge{};

  static constexpr Zones even(int first, int end) {
    Zones zones;
    for (int z = 0; z <= N; ++z)
      zones.edge[static_cast<std::size_t>(z)] = first + static_cast<std::int32_t>(std::int64_t{end - first} * z / N);
    return zones;
  }
  /// The zone that holds a quad: -1 before the first zone, N after the last.
  constexpr int find(int quad) const {
    return static_cast<int>(std::upper_bound(edge.begin(), edge.end(), quad) - edge.begin()) - 1;
  }
  constexpr bool has(int zone) const { return zone >= 0 && zone < N; }

  /// Calls f(zone, first, count) for each part of [x, x + count) that lies in one zone; `first` is relative to x.
  template <class F>
  void split(Span span, F&& f) const {
    for (int zone = std::max(find(span.x), 0); zone < N; ++zone) {
      const auto z = static_cast<std::size_t>(zone);
      const int first = std::max(edge[z], span.x), end = std::min(edge[z + 1], span.x + span.count);
      if (edge[z] >= span.x + span.count) return;
      if (first < end) f(zone, first - span.x, end - first);
    }
  }
};

}  // namespace sunny16::isp
