#include "firmware/detect/open_detectors.h"

#include <cstdlib>

#include "firmware/detect/object_detector.h"
#include "firmware/detect/on_sensor.h"
#include "firmware/detect/plugin.h"

namespace sunny16::firmware {
namespace {

namespace fs = std::filesystem;

/// Where Debian's package opencv-data puts them.
fs::path cascade_folder() {
  const char* folder = std::getenv("SUNNY16_CASCADES");
  return folder ? folder : "/usr/share/opencv4/haarcascades";
}

/// The file that was named, else the one beside the model, else none.
Labels labels_for(const DetectorChoice& choice) {
  if (!choice.labels.empty()) return read_labels(choice.labels);
  std::error_code error;
  const fs::path beside = fs::path(choice.model).replace_extension(".labels.txt");
  return fs::exists(beside, error) ? read_labels(beside) : Labels{};
}

}  // namespace

std::shared_ptr<Detector> open_face_detector() {
  const Plugin& plugin = load_plugin("faces");
  if (!plugin.faces) throw DetectorError("sunny16-faces.so: it finds no faces");
  return plugin.faces(cascade_folder());
}

Detectors open_detectors(const DetectorChoice& choice) {
  Detectors detectors;
  const Selection selection{.confidence = choice.confidence};
  if (choice.faces) detectors.push_back(open_face_detector());
  if (choice.model == kOnSensor) {
    const Labels labels = choice.labels.empty() ? Labels{} : read_labels(choice.labels);
    detectors.push_back(std::make_shared<OnSensorDetector>(labels, selection));
  } else if (!choice.model.empty()) {
    OnnxFile model = read_onnx(choice.model);
    const Plugin& plugin = load_plugin("objects");
    if (!plugin.network) throw DetectorError("sunny16-objects.so: it runs no models");
    std::unique_ptr<Network> network;
    try {
      network = plugin.network(model.bytes);
    } catch (const DetectorError& error) {
      throw DetectorError(model.name + ": " + error.what());
    }
    detectors.push_back(
        std::make_shared<ObjectDetector>(std::move(model), std::move(network), labels_for(choice), selection));
  }
  return detectors;
}

}  // namespace sunny16::firmware
