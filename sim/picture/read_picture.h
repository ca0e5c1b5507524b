// Pictures from files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "sim/picture/picture.h"

namespace sunny16::sim {

/// Limits of a picture: pixels in all, and bytes of its file. Sides are those of frames (isp/core/raw_view.h).
inline constexpr std::int64_t kMaxPicturePixels = 100'000'000;
inline constexpr std::uintmax_t kMaxPictureBytes = std::uintmax_t{1} << 30;

/// Reads a PNG, a JPEG or a TIFF; the content decides, not the name. Grey, palettes and RGB of 8 and 16 bits are
/// display code, floating-point TIFF is light. Transparent pixels are shown over black. The pixels are as stored:
/// colour profiles and orientation tags are not looked at. Throws hal::InputError, whose text begins with the path; a
/// file that is damaged or cut short is an error, even where its reader would fill the gap.
Picture read_picture(const std::filesystem::path& path);

/// The same from bytes; messages have no path.
Picture decode_picture(std::span<const std::byte> bytes);

}  // namespace sunny16::sim
