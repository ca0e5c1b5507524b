// How often an address may be wrong about a token or a code.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace sunny16::firmware {

/// Called from any thread. Remembers a bounded number of addresses.
class LoginLimiter {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit LoginLimiter(int failures_per_minute) : limit_(failures_per_minute) {}

  void failed(const std::string& address, Time now);
  /// How long the address must wait; zero: it may try.
  std::chrono::seconds wait(const std::string& address, Time now) const;

 private:
  struct Record {
    int failures = 0;
    Time until;  ///< when they are forgotten
  };

  const int limit_;
  mutable std::mutex mutex_;
  std::map<std::string, Record> records_;
};

}  // namespace sunny16::firmware
