// A line of text as coverage: how much of each pixel the letters take. Pango sets it and Cairo draws it.
#pragma once

#include <cstdint>
#include <string>

#include "isp/core/plane.h"

namespace sunny16::firmware {

/// A band of `width` x `height` pixels with `left` in bold at its left edge and `right` at its right one, on one
/// baseline, in letters of `size` pixels. Text that does not fit ends in an ellipsis; `right` may take at least 3/5 of
/// the width. 0 is bare, 255 covered. Throws OutputError where there is no font.
isp::Image<std::uint8_t> text_band(int width, int height, double size, const std::string& left,
                                   const std::string& right);

}  // namespace sunny16::firmware
