// A finished picture as numbers, whatever file it came from.
#pragma once

#include <array>
#include <cstdint>

#include "isp/core/plane.h"

namespace sunny16::sim {

/// What the numbers of a picture stand for.
enum class Transfer : std::uint8_t {
  srgb,    ///< display code 0..1 (IEC 61966-2-1)
  linear,  ///< light: 1 is white, values outside 0..1 are kept
};

/// Interleaved red, green and blue with sRGB's primaries.
struct Picture {
  isp::Image<float> rgb;  ///< three samples a pixel
  Transfer transfer = Transfer::srgb;

  int width() const { return rgb.width() / 3; }
  int height() const { return rgb.height(); }
};

/// The display code 0..1 of light, which is clipped to 0..1.
float display_code(double light);

/// The picture as light. The same numbers on every machine: scenes are made of them.
isp::Image<float> linear_picture(const Picture& picture);
/// As display code, light outside 0..1 clipped.
isp::Image<float> display_picture(const Picture& picture);
/// As bytes: display code 0..255.
isp::Image<std::uint8_t> picture_bytes(const Picture& picture);

/// Red, green and blue apart.
std::array<isp::Image<float>, 3> colour_planes(isp::PlaneView<const float> rgb);

/// Relative luminance of linear light (ITU-R BT.709 primaries).
isp::Image<float> luminance(isp::PlaneView<const float> linear_rgb);

}  // namespace sunny16::sim
