#include "firmware/service/notify.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "tests/firmware/service/notify_socket.h"

namespace sunny16::firmware {
namespace {

TEST_CASE("systemd hears the words of sd_notify") {
  const NotifySocket systemd;
  notify_ready();
  CHECK(systemd.heard() == "READY=1");
  notify_alive();
  CHECK(systemd.heard() == "WATCHDOG=1");
  notify_status("running\nREADY=0");
  CHECK(systemd.heard() == "STATUS=running READY=0");
  notify_stopping();
  CHECK(systemd.heard() == "STOPPING=1");
  CHECK(systemd.heard().empty());
}

TEST_CASE("the watchdog's period is the environment's, for this process alone") {
  CHECK_FALSE(watchdog_period_ns());
  setenv("WATCHDOG_USEC", "20000000", 1);
  setenv("WATCHDOG_PID", std::to_string(getpid()).c_str(), 1);
  CHECK(watchdog_period_ns() == 20'000'000'000u);
  setenv("WATCHDOG_PID", "1", 1);
  CHECK_FALSE(watchdog_period_ns());
  unsetenv("WATCHDOG_USEC");
  unsetenv("WATCHDOG_PID");
}

}  // namespace
}  // namespace sunny16::firmware
