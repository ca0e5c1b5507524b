#include "firmware/http/rate_limiter.h"

#include <doctest/doctest.h>

namespace {

using namespace std::chrono_literals;
using sunny16::firmware::RateLimiter;

/// How many of 1000 requests at a moment may be.
int allowed(RateLimiter& limiter, const std::string& address, RateLimiter::Time now) {
  int count = 0;
  for (int i = 0; i < 1000; ++i) count += limiter.take(address, now) == 0ms;
  return count;
}

TEST_CASE("an address has a burst, and then its rate") {
  RateLimiter limiter(10);
  const RateLimiter::Time start{};
  CHECK(allowed(limiter, "a", start) == 20);
  CHECK(limiter.take("a", start) == 100ms);
  CHECK(limiter.take("a", start + 60ms) == 40ms);
  CHECK(limiter.take("a", start + 100ms) == 0ms);
  CHECK(allowed(limiter, "a", start + 1100ms) == 10);
  CHECK(allowed(limiter, "a", start + 1h) == 20);
}

TEST_CASE("what one address does costs another nothing, until all together are too many") {
  RateLimiter limiter(10);
  const RateLimiter::Time start{};
  for (const char* address : {"a", "b", "c", "d"}) CHECK(allowed(limiter, address, start) == 20);
  CHECK(allowed(limiter, "e", start) == 0);
  CHECK(limiter.take("e", start) == 25ms);
  CHECK(allowed(limiter, "e", start + 500ms) == 20);
  CHECK(limiter.take("e", start + 500ms) == 100ms);
}

TEST_CASE("time that stands still or goes back gives nothing") {
  RateLimiter limiter(10);
  const RateLimiter::Time later = RateLimiter::Time{} + 1h;
  CHECK(allowed(limiter, "a", later) == 20);
  CHECK(allowed(limiter, "a", later - 30min) == 0);
  CHECK(allowed(limiter, "a", later) == 0);
}

TEST_CASE("a flood of addresses does not make the limiter forget the one that floods") {
  RateLimiter limiter(1);
  RateLimiter::Time now{};
  CHECK(allowed(limiter, "flood", now) == 2);
  for (int i = 0; i < 5000; ++i) limiter.take(std::to_string(i), now += 100us);
  CHECK(allowed(limiter, "flood", now) == 0);
}

}  // namespace
