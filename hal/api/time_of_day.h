// The machine's time of day. It may be set at any moment: for people and for names, never to measure with.
#pragma once

#include <chrono>

namespace sunny16::hal {

/// Unix time, s.
inline double unix_time() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace sunny16::hal
