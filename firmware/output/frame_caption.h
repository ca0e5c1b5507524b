// A frame around a finished picture, as of a print: a plain border, broader below, where a caption says which camera
// took the picture, how and when.
#pragma once

#include <cstdint>
#include <string>

#include "firmware/output/picture_info.h"
#include "isp/core/describe.h"
#include "isp/core/plane.h"

namespace sunny16::firmware {

enum class PictureFrame : std::uint8_t { off, white, black };

/// What the caption says, in UTF-8; what is not known is left out.
struct Caption {
  std::string camera{};    ///< maker and model
  std::string exposure{};  ///< exposure time, f-number, sensitivity and day: "1/120 s  f/1.8  ISO 100  2026-05-01"
};

Caption caption_of(const PictureInfo& info);

/// Puts the frame around an upright picture of interleaved sRGB, whose own pixels stay as they are, and moves the faces
/// of `info` with them. Off: nothing changes. Borders and letters are in proportion to the picture's shorter side; text
/// that does not fit ends in an ellipsis, and none is written that would be too small to read. Throws OutputError where
/// there is no font.
void add_frame(isp::Image<std::uint8_t>& picture, PictureInfo& info, PictureFrame frame);

}  // namespace sunny16::firmware

template <>
struct sunny16::isp::EnumNames<sunny16::firmware::PictureFrame> {
  static constexpr std::array<std::string_view, 3> names{"off", "white", "black"};
};
