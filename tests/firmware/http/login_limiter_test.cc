#include "firmware/http/login_limiter.h"

#include <doctest/doctest.h>

namespace {

using namespace std::chrono_literals;
using sunny16::firmware::LoginLimiter;

TEST_CASE("an address that is wrong too often waits, others do not") {
  LoginLimiter limiter(3);
  const LoginLimiter::Time start{};
  for (int i = 0; i < 3; ++i) {
    CHECK(limiter.wait("a", start) == 0s);
    limiter.failed("a", start + std::chrono::seconds(i));
  }
  CHECK(limiter.wait("a", start + 2s) == 58s);
  CHECK(limiter.wait("b", start + 2s) == 0s);
  CHECK(limiter.wait("a", start + 60s) == 0s);
}

TEST_CASE("a flood of addresses neither grows the memory nor forgets the newest") {
  LoginLimiter limiter(1);
  LoginLimiter::Time now{};
  for (int i = 0; i < 5000; ++i) limiter.failed(std::to_string(i), now += 1ms);
  CHECK(limiter.wait("4999", now) > 0s);
  CHECK(limiter.wait("4999", now + 61s) == 0s);
  CHECK(limiter.wait("0", now) == 0s);
}

}  // namespace
