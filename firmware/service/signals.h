// SIGTERM and SIGINT as something to wait for.
#pragma once

#include <csignal>
#include <initializer_list>

namespace sunny16::firmware {

/// Made before any thread: they all inherit that the signals wait for this.
class StopSignals {
 public:
  StopSignals();
  /// True once one has come; waits for it for this long, ms.
  bool wait(int milliseconds) const;
  /// From now on the next one ends the process at once.
  void force_next() const;

 private:
  sigset_t set_;
};

}  // namespace sunny16::firmware
