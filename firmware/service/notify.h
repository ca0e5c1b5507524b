// What systemd hears of the daemon: that it is up, that it is alive, what it is doing, and that it stops. Without
// systemd nothing happens.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sunny16::firmware {

void notify_ready();
void notify_stopping();
void notify_alive();
/// One line for `systemctl status`.
void notify_status(std::string_view line);

/// How often systemd wants to hear that the daemon is alive, ns; nothing where it does not ask.
std::optional<std::uint64_t> watchdog_period_ns();

}  // namespace sunny16::firmware
