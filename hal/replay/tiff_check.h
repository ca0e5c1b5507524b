// A look at a TIFF file before any library reads it.
#pragma once

#include <cstddef>
#include <span>

namespace sunny16::hal {

/// Whether the bytes begin like a TIFF file, and so like a DNG.
bool is_tiff(std::span<const std::byte> file);

/// Throws InputError if a value of the first directory, or of one of its children, lies beyond the file's end: LibRaw
/// would read zeros there, and a file whose end is missing would pass for a whole one.
void check_tiff_directories(std::span<const std::byte> file);

}  // namespace sunny16::hal
