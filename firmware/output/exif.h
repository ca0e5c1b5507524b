// EXIF 2.32 data as it stands in JPEG (APP1) and PNG (eXIf).
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "firmware/output/picture_info.h"

namespace sunny16::firmware {

/// "Sunny16 <version>", the Software tag of every file.
std::string_view software();

/// A TIFF structure, little-endian, of IFD0 and the EXIF IFD; without the "Exif\0\0" that JPEG puts before it.
std::vector<std::byte> exif_block(const PictureInfo& info, int width, int height);

}  // namespace sunny16::firmware
