// The HTTP API: routes over a camera's session and its captures. Each group of routes stands in a file of its own.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "firmware/capture/camera_session.h"
#include "firmware/http/route.h"
#include "firmware/service/answer.h"
#include "firmware/service/detector_shelf.h"
#include "firmware/service/look_shelf.h"
#include "firmware/service/status.h"

namespace sunny16::firmware {

/// A camera that this machine could use.
struct CameraEntry {
  std::string name;
  std::string description;
};

/// What the handlers work on, which outlives the server that calls them. Routes that are only described need none of
/// it.
struct Api {
  CameraSession* session = nullptr;
  CaptureLibrary* library = nullptr;
  LookShelf* looks = nullptr;
  DetectorShelf* detectors = nullptr;
  std::function<DaemonStatus()> status;
  std::function<std::vector<CameraEntry>()> cameras;
  Later later;
};

std::vector<Route> camera_routes(const Api& api);   ///< cameras and modes
std::vector<Route> control_routes(const Api& api);  ///< controls, their ranges, focus
std::vector<Route> detection_routes(const Api& api);
std::vector<Route> tuning_routes(const Api& api);
std::vector<Route> look_routes(const Api& api);  ///< looks, the one that is on, packs
std::vector<Route> capture_routes(const Api& api);
std::vector<Route> status_routes(const Api& api);  ///< status, health, metrics
std::vector<Route> live_routes(const Api& api);    ///< stream, snapshot, events
std::vector<Route> page_routes();                  ///< the built-in page

/// All of these, then `more` (those of accounts), then the OpenAPI document of all.
std::vector<Route> api_routes(const Api& api, std::vector<Route> more);

/// The OpenAPI document of a daemon, without one.
std::string openapi_text();

}  // namespace sunny16::firmware

template <>
struct sunny16::isp::Describe<sunny16::firmware::CameraEntry> {
  using C = firmware::CameraEntry;
  static constexpr auto fields =
      std::tuple{field<&C::name>("name", 0, 0, "", "As the setting `camera` takes it."),
                 field<&C::description>("description", 0, 0, "", "What it is, in one line.")};
};
