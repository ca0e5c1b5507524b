// How many requests an address, and all of them together, may make: a token bucket each (RFC 2697's idea), which a
// quiet client fills up for a burst.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace sunny16::firmware {

/// Called from any thread. Remembers a bounded number of addresses.
class RateLimiter {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// Requests of an address in a second, for long; a burst may have those of two seconds, and all addresses together
  /// have as much as four.
  explicit RateLimiter(double per_second) : per_second_(per_second), all_{.tokens = kAddresses * burst()} {}

  /// A request: zero, and it may be; else how long until the next may, and it counts for nothing.
  std::chrono::milliseconds take(const std::string& address, Time now);

 private:
  static constexpr double kBurstSeconds = 2, kAddresses = 4;
  static constexpr std::size_t kMostRemembered = 1024;

  struct Bucket {
    double tokens = 0;
    Time filled{};  ///< until when
  };

  double burst() const { return kBurstSeconds * per_second_; }
  /// With what has flown in since.
  void fill(Bucket& bucket, double per_second, Time now) const;
  Bucket& bucket_of(const std::string& address, Time now);

  const double per_second_;
  std::mutex mutex_;
  Bucket all_;
  std::map<std::string, Bucket> by_address_;
};

}  // namespace sunny16::firmware
