#include "firmware/capture/turn.h"

#include <utility>

namespace sunny16::firmware {

void turn(Picture& picture, Orientation orientation) {
  if (orientation == Orientation{}) return;
  const bool interleaved = picture.format == isp::OutputFormat::nv12;
  const int pixel = picture.format == isp::OutputFormat::rgb8 ? 3 : picture.format == isp::OutputFormat::rgb16 ? 6 : 1;
  for (std::size_t plane = 0; plane < 3; ++plane)
    if (picture.planes[plane].width() > 0)
      picture.planes[plane] =
          oriented(std::as_const(picture.planes[plane]).view(), interleaved && plane == 1 ? 2 : pixel, orientation);
  if (orientation.transpose) std::swap(picture.width, picture.height);
}

}  // namespace sunny16::firmware
