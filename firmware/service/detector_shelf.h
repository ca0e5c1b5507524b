// The detectors that a running camera has, and changing them: what cannot be opened changes nothing.
#pragma once

#include <filesystem>
#include <mutex>

#include "firmware/capture/camera_session.h"
#include "firmware/detect/open_detectors.h"
#include "firmware/service/settings.h"

namespace sunny16::firmware {

/// What the settings ask for. Without the component that finds faces they are not looked for, which is logged.
DetectorChoice detector_choice(const Settings& settings);

class DetectorShelf {
 public:
  /// Models that clients name, and their labels, are files of the folder. `in_use` is what the session has already.
  DetectorShelf(CameraSession& session, std::filesystem::path models, DetectorChoice in_use);

  DetectorChoice choice() const;
  /// Throws SessionError, and the detectors before go on.
  void choose(const DetectorChoice& choice);

 private:
  std::string path_of(const std::string& name) const;

  CameraSession& session_;
  const std::filesystem::path models_;
  mutable std::mutex mutex_;
  DetectorChoice in_use_;
};

}  // namespace sunny16::firmware
