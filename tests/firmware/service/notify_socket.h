// systemd's end of sd_notify.
#pragma once

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string>

#include "tests/temp_dir.h"

namespace sunny16 {

/// Hears this process, and those that it starts, while it lives.
class NotifySocket {
 public:
  NotifySocket() : fd_(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
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
  NotifySocket(const NotifySocket&) = delete;
  NotifySocket& operator=(const NotifySocket&) = delete;

  /// What has come, or comes within this time; empty: nothing.
  std::string heard(std::chrono::milliseconds patience = {}) const {
    const timeval limit{patience.count() / 1000, 1000 * (patience.count() % 1000)};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    char text[512];
    const ssize_t length = recv(fd_, text, sizeof text, patience.count() > 0 ? 0 : MSG_DONTWAIT);
    return length > 0 ? std::string(text, static_cast<std::size_t>(length)) : "";
  }

 private:
  TempDir folder_;
  int fd_;
};

}  // namespace sunny16
