// Text that commands read and write.
#pragma once

#include <string>

namespace sunny16::cli {

/// The whole file. Throws UsageError.
std::string read_text(const std::string& file);

/// Writes a file, whole or not at all; "-" is standard output.
void write_text(const std::string& file, const std::string& text);

}  // namespace sunny16::cli
