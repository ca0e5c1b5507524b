// Pictures turned and mirrored: EXIF orientations as a group, and applying one to pixels.
#pragma once

#include <cstdint>

#include "isp/core/plane.h"

namespace sunny16::firmware {

/// An EXIF orientation 1..8 as what must be done to stored pixels for them to stand upright: transpose first, then mirror.
struct Orientation {
  bool transpose = false, mirror_x = false, mirror_y = false;

  static constexpr Orientation from_exif(int code) {
    constexpr Orientation kTable[8]{{false, false, false}, {false, true, false}, {false, true, true}, {false, false, true},
                                    {true, false, false},  {true, true, false},  {true, true, true},  {true, false, true}};
    return code >= 1 && code <= 8 ? kTable[code - 1] : kTable[0];
  }
  constexpr int to_exif() const {
    for (int code = 1; code <= 8; ++code)
      if (from_exif(code) == *this) return code;
    return 1;
  }
  /// Clockwise, in degrees: 0, 90, 180 or 270.
  static constexpr Orientation rotation(int degrees) {
    return from_exif(degrees == 90 ? 6 : degrees == 180 ? 3 : degrees == 270 ? 8 : 1);
  }
  /// First this, then `next`.
  constexpr Orientation then(Orientation next) const {
    const bool x = next.transpose ? mirror_y : mirror_x, y = next.transpose ? mirror_x : mirror_y;
    return {transpose != next.transpose, x != next.mirror_x, y != next.mirror_y};
  }
  friend constexpr bool operator==(Orientation, Orientation) = default;
};

/// The plane turned. `pixel_bytes` bytes stay together (3 or 6 for interleaved RGB); widths are in bytes.
isp::Image<std::uint8_t> oriented(isp::PlaneView<const std::uint8_t> plane, int pixel_bytes, Orientation orientation);

}  // namespace sunny16::firmware
