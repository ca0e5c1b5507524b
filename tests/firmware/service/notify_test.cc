#include "firmware/service/notify.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>

#include "tests/temp_dir.h"

namespace sunny16::firmware {
namespace {

/// systemd's end of the line.
class NotifySocket {
 public:
  NotifySocket() : fd_(socket(AF_UNIX, SOCK_DGRAM, 0)) {
    const std::string path = (folder_ / "notify").string();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    REQUIRE(bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    setenv("NOTIFY_SOCKET", path.c_str(), 1);
  }
  ~NotifySocket() {
    unsetenv("NOTIFY_SOCKET");
    close(fd_);
  }
  /// What has come; empty: nothing.
  std::string heard() const {
    char text[512];
    const ssize_t length = recv(fd_, text, sizeof text, MSG_DONTWAIT);
    return length > 0 ? std::string(text, static_cast<std::size_t>(length)) : "";
  }

 private:
  TempDir folder_;
  int fd_;
};

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
