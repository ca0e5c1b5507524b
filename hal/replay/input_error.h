// What is thrown for input that cannot be used.
#pragma once

#include <stdexcept>

namespace sunny16::hal {

/// what() is one line: file, place in it (offset or JSON path), what was found, what is allowed.
struct InputError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace sunny16::hal
