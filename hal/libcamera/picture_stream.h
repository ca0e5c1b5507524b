// The picture that a board makes beside each raw frame: asked for in three planes, or as RGB where its pipeline (the
// software ISP) has nothing else.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include <libcamera/stream.h>

#include "hal/api/raw_frame.h"

namespace sunny16::hal {

/// Where a pixel's bytes lie.
struct RgbLayout {
  int bytes = 3;  ///< of a pixel
  int red = 0, green = 1, blue = 2;
};

struct PictureForm {
  int width = 0, height = 0;       ///< even
  std::size_t stride = 0;          ///< bytes; chroma rows have half of it
  std::optional<RgbLayout> rgb{};  ///< absent: Y, Cb and Cr planes

  std::size_t planes() const { return rgb ? 1 : 3; }
};

/// Asks for pictures of frames of a size, in the best of the formats that the stream offers: at most `width` columns,
/// and of the whole frame. The software ISP cuts where others scale, so it is asked for all columns.
void ask_picture(libcamera::StreamConfiguration& stream, const libcamera::Size& frame, int width);

/// As the pipeline has adjusted it; nothing where that is no picture of ours.
std::optional<PictureForm> picture_form(const libcamera::StreamConfiguration& stream);

/// A picture that views three planes, whose owner the caller names, or that is made of RGB and owns itself. Nothing
/// where the planes are fewer or smaller than the form says.
std::optional<BoardPicture> board_picture(const PictureForm& form, std::span<const std::span<const std::byte>> planes);

}  // namespace sunny16::hal
