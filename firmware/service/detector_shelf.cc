#include "firmware/service/detector_shelf.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "firmware/detect/on_sensor.h"

namespace sunny16::firmware {

DetectorChoice detector_choice(const Settings& settings) {
  DetectorChoice choice{
      .faces = settings.faces == FaceFinder::on, .model = settings.detector, .labels = settings.detector_labels};
  if (!choice.faces) return choice;
  try {
    open_detectors({.faces = true});
  } catch (const DetectorError& error) {
    spdlog::info("faces are not looked for: {}", error.what());
    choice.faces = false;
  }
  return choice;
}

DetectorShelf::DetectorShelf(CameraSession& session, std::filesystem::path models, DetectorChoice in_use)
    : session_(session), models_(std::move(models)), in_use_(std::move(in_use)) {}

DetectorChoice DetectorShelf::choice() const {
  const std::lock_guard lock(mutex_);
  return in_use_;
}

/// A client shall not make the daemon read any file there is.
std::string DetectorShelf::path_of(const std::string& name) const {
  if (name.empty() || name == kOnSensor) return name;
  if (name.find('/') != std::string::npos || name.starts_with('.'))
    throw SessionError(SessionError::Kind::invalid,
                       "found \"" + name + "\", allowed the name of a file in the folder " + models_.string());
  return (models_ / name).string();
}

void DetectorShelf::choose(const DetectorChoice& choice) {
  DetectorChoice opened = choice;
  opened.model = path_of(choice.model), opened.labels = path_of(choice.labels);
  Detectors detectors;
  try {
    detectors = open_detectors(opened);
  } catch (const DetectorError& error) {
    throw SessionError(SessionError::Kind::invalid, std::string(error.what()) + "; the detectors before go on");
  }
  session_.set_detectors(std::move(detectors));
  const std::lock_guard lock(mutex_);
  in_use_ = choice;
}

}  // namespace sunny16::firmware
