// Text that somebody names: perhaps no file at all, or one without an end.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace sunny16::firmware {

/// All of a file; of a device, or of more than `most` bytes, no more than most + 1, so that whoever parses the text
/// sees that it is too long. Nothing where it cannot be read.
std::optional<std::string> read_text_file(const std::filesystem::path& file, std::size_t most);

}  // namespace sunny16::firmware
