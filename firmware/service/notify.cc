#include "firmware/service/notify.h"

#include <systemd/sd-daemon.h>

#include <algorithm>
#include <string>

namespace sunny16::firmware {

void notify_ready() { sd_notify(0, "READY=1"); }
void notify_stopping() { sd_notify(0, "STOPPING=1"); }
void notify_alive() { sd_notify(0, "WATCHDOG=1"); }

void notify_status(std::string_view line) {
  std::string text = "STATUS=" + std::string(line);
  std::ranges::replace(text, '\n', ' ');
  sd_notify(0, text.c_str());
}

std::optional<std::uint64_t> watchdog_period_ns() {
  std::uint64_t microseconds = 0;
  if (sd_watchdog_enabled(0, &microseconds) <= 0) return std::nullopt;
  return microseconds * 1000;
}

}  // namespace sunny16::firmware
