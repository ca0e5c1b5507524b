#include "firmware/service/doctor.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

#include "firmware/detect/open_detectors.h"
#include "firmware/tuning/described_json.h"

namespace sunny16::firmware {

Finding check_cameras(std::string_view wanted, const std::vector<std::string>& cameras, std::string_view problem) {
  if (!problem.empty())
    return {"cameras", Verdict::fail, std::string(problem), "is libcamera installed, and its cameras enabled?"};
  if (cameras.empty())
    return {"cameras", Verdict::fail, fmt::format("none for \"{}\"", wanted),
            "check the ribbon cable and, on a Raspberry Pi, camera_auto_detect=1 in config.txt; to try the daemon "
            "without a camera: --camera simulated"};
  return {"cameras", Verdict::ok, fmt::format("{}", fmt::join(cameras, ", ")), ""};
}

Finding check_detectors(const Settings& settings) {
  try {
    open_detectors({.model = settings.detector, .labels = settings.detector_labels});
  } catch (const DetectorError& error) {
    return {"detectors", Verdict::fail, error.what(), "correct --detector and --detector-labels, or leave them out"};
  }
  const std::string model = settings.detector.empty() ? "" : ", " + settings.detector;
  if (settings.faces == FaceFinder::off) return {"detectors", Verdict::ok, "faces are not asked for" + model, ""};
  try {
    open_detectors({.faces = true});
  } catch (const DetectorError& error) {
    return {"detectors", Verdict::warn, error.what(),
            "the camera works without; to find faces install opencv-data and sunny16-faces.so, which a build makes where "
            "libopencv-objdetect-dev is installed"};
  }
  return {"detectors", Verdict::ok, "faces" + model, ""};
}

std::vector<Finding> examine(const Machine& machine, const Settings& settings) {
  std::vector<Finding> findings{check_memory(machine),
                                check_buffers(machine),
                                check_permissions(machine),
                                check_clock(machine),
                                check_temperature(machine),
                                check_throttling(machine),
                                check_storage(settings.storage_folder(), settings.reserve * 1e9)};
  if (settings.port != 0) findings.push_back(check_port(machine, settings.listen_address(), settings.port));
  return findings;
}

std::string report_text(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    text += fmt::format("{:<5}{:<13}{}\n", isp::EnumNames<Verdict>::names[static_cast<std::size_t>(finding.verdict)],
                        finding.subject, finding.found);
    if (!finding.advice.empty()) text += fmt::format("{:18}-> {}\n", "", finding.advice);
  }
  return text;
}

bool anything_failed(const std::vector<Finding>& findings) {
  return std::ranges::any_of(findings, [](const Finding& finding) { return finding.verdict == Verdict::fail; });
}

}  // namespace sunny16::firmware
