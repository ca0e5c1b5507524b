// What this process takes of the machine, from /proc.
#pragma once

#include <filesystem>

namespace sunny16::firmware {

struct ProcessUsage {
  double resident_bytes = 0;
  double cpu_seconds = 0;
  double start_time = 0;  ///< Unix time, s
  double open_fds = 0, max_fds = 0;
  double threads = 0;
};

/// Zeros where the machine does not tell.
ProcessUsage process_usage(const std::filesystem::path& proc = "/proc");

}  // namespace sunny16::firmware
