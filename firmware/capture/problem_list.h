// What is wrong now, and since when. Listeners hear of each problem twice: as it begins and as it ends.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "firmware/capture/session_listener.h"
#include "firmware/capture/session_types.h"

namespace sunny16::firmware {

/// Called from any thread.
class ProblemList {
 public:
  static constexpr std::uint64_t kUntilResolved = ~std::uint64_t{0};
  /// What happens in a moment is told for so long.
  static constexpr std::uint64_t kMomentNs = 5'000'000'000;

  ProblemList(SessionListener& listener, std::function<double()> time_of_day)
      : listener_(listener), time_of_day_(std::move(time_of_day)) {}

  /// It is so, until it is resolved or, for what happens in a moment, the clock reaches `until_ns`.
  void raise(const std::string& code, const std::string& message, std::uint64_t until_ns = kUntilResolved);
  void resolve(const std::string& code);
  /// Resolves what has reached its time.
  void expire(std::uint64_t now_ns);

  std::vector<Problem> now() const;

 private:
  struct Entry {
    Problem problem;
    std::uint64_t until_ns;
  };

  SessionListener& listener_;
  std::function<double()> time_of_day_;
  mutable std::mutex mutex_;
  std::map<std::string, Entry> entries_;
};

}  // namespace sunny16::firmware
