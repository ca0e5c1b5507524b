// What libcamera, or the camera behind it, cannot do for us: one line that says what was found and what is allowed.
#pragma once

#include <stdexcept>

namespace sunny16::hal {

class LibcameraError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace sunny16::hal
