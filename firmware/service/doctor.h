// `sunny16d doctor`: looks for what would keep the camera from working on this machine, and says what to do about it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/service/settings.h"
#include "isp/core/describe.h"

namespace sunny16::firmware {

enum class Verdict : std::uint8_t { ok, warn, fail };

/// One thing that was looked at.
struct Finding {
  std::string subject;
  Verdict verdict = Verdict::ok;
  std::string found;
  std::string advice;  ///< what to do; empty where all is well
};

/// What the doctor asks of the machine; tests give it another one.
struct Machine {
  std::filesystem::path root = "/";                                   ///< of /proc, /sys and /dev
  std::function<std::optional<bool>()> clock_synchronised;            ///< nothing: the machine does not tell
  std::function<std::string(const std::string&, int)> cannot_listen;  ///< why not on an address and port; empty: it can
};
Machine this_machine();

/// Of the camera: `cameras` are those that were found for the setting `camera`, or why none could be looked for.
Finding check_cameras(std::string_view wanted, const std::vector<std::string>& cameras, std::string_view problem);
/// Whether the components and files are there that find faces and objects, as far as the settings want them.
Finding check_detectors(const Settings& settings);
Finding check_memory(const Machine& machine);
Finding check_buffers(const Machine& machine);      ///< of frames: dma-heap, udmabuf, CMA
Finding check_permissions(const Machine& machine);  ///< /dev/media* and /dev/video*
Finding check_clock(const Machine& machine);
Finding check_temperature(const Machine& machine);
Finding check_throttling(const Machine& machine);  ///< of a Raspberry Pi
/// Free, writable, and how fast it writes.
Finding check_storage(const std::filesystem::path& folder, double reserve_bytes);
Finding check_port(const Machine& machine, const std::string& address, int port);

/// All but the cameras' and the detectors'.
std::vector<Finding> examine(const Machine& machine, const Settings& settings);

/// One line a finding, and one for each advice.
std::string report_text(const std::vector<Finding>& findings);
bool anything_failed(const std::vector<Finding>& findings);

}  // namespace sunny16::firmware

namespace sunny16::isp {

template <>
struct EnumNames<firmware::Verdict> {
  static constexpr std::array<std::string_view, 3> names{"OK", "WARN", "FAIL"};
};
template <>
struct Describe<firmware::Finding> {
  using F = firmware::Finding;
  static constexpr auto fields = std::tuple{field<&F::subject>("subject", 0, 0, "", "What was looked at."),
                                            field<&F::verdict>("verdict", 0, 0, "", "Whether it will do."),
                                            field<&F::found>("found", 0, 0, "", "What was found."),
                                            field<&F::advice>("advice", 0, 0, "", "What to do; empty: nothing.")};
};

}  // namespace sunny16::isp
