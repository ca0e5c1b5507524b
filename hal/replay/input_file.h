// Files that users name: read whole, within limits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "hal/replay/input_error.h"

namespace sunny16::hal {

/// Runs `read`, and puts the path before the text of its InputError.
template <class F>
auto with_path(const std::filesystem::path& path, F&& read) {
  try {
    return read();
  } catch (const InputError& error) {
    throw InputError(path.string() + ": " + error.what());
  }
}

/// The bytes of a regular file that has some, and at most `most`. Throws InputError, whose text begins with the path.
std::vector<std::byte> read_input_file(const std::filesystem::path& path, std::uintmax_t most);

}  // namespace sunny16::hal
