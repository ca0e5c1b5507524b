// A disk that fails on request: the system calls with which files are made, between the program and the kernel.
#pragma once

#include <atomic>
#include <string>

namespace sunny16::test {

struct DiskFaults {
  /// Counts calls of open for writing, fsync and rename, from 1; at this one what follows happens. 0: never.
  std::atomic<int> at_call{0};
  std::atomic<int> calls{0};
  std::atomic<bool> for_good{false};  ///< and at all later ones
  std::atomic<int> error{0};          ///< errno of the failure; 0: the process is killed
  std::atomic<int> slow_ms{0};        ///< how long each fsync takes

  void reset() { at_call = calls = error = slow_ms = 0, for_good = false; }
};

inline DiskFaults disk_faults;

}  // namespace sunny16::test
