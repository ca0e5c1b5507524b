// What the daemon tells of itself: the camera's session, what control decided, the storage and who looks.
#pragma once

#include <string>

#include "firmware/capture/capture_library.h"
#include "firmware/capture/session_types.h"
#include "firmware/control/control_metadata.h"
#include "isp/core/describe.h"

namespace sunny16::firmware {

struct DaemonStatus {
  std::string version;
  SessionStatus session;
  ControlMetadata control;
  DetectionReport detections;
  StorageStatus storage;
  int stream_clients = 0, event_clients = 0;
};

}  // namespace sunny16::firmware

template <>
struct sunny16::isp::Describe<sunny16::firmware::DaemonStatus> {
  using S = firmware::DaemonStatus;
  static constexpr auto fields =
      std::tuple{field<&S::version>("version", 0, 0, "", "Of the program."),
                 field<&S::session>("session", 0, 0, "", "The camera at work."),
                 field<&S::control>("control", 0, 0, "", "What exposure, white balance and focus found and decided."),
                 field<&S::detections>("detections", 0, 0, "", "What detectors found in the picture."),
                 field<&S::storage>("storage", 0, 0, "", "Where captures are kept."),
                 field<&S::stream_clients>("stream_clients", 0, 1e6, "", "Clients of the stream."),
                 field<&S::event_clients>("event_clients", 0, 1e6, "", "Clients of the events.")};
};
