// What is thrown when a file cannot be written.
#pragma once

#include <stdexcept>

namespace sunny16::firmware {

/// what() is one line that begins with the file's path.
struct OutputError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace sunny16::firmware
