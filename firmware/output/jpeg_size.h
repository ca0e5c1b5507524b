// Whether some bytes are a JPEG picture, and of which size.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace sunny16::firmware {

/// Width and height of a JPEG file in memory, of which only the header is read; nothing for other data, or a file that
/// is cut short.
std::optional<std::array<int, 2>> jpeg_size(std::string_view file);

}  // namespace sunny16::firmware
