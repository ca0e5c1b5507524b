#include "firmware/detect/object_detector.h"

#include <utility>

#include "firmware/detect/letterbox.h"

namespace sunny16::firmware {
namespace {

OutputLayout layout_of(const OnnxFile& model, Network& network, Labels labels) {
  const std::vector<std::uint8_t> grey(3 * 16 * 16, 114);
  const Letterbox letterbox(16, 16, model.width, model.height);
  const isp::PlaneView<const std::uint8_t> picture{grey.data(), 3 * 16, 16, 3 * 16};
  try {
    return {network.run(letterbox.fill(picture, model.input)), labels.empty() ? model.labels : std::move(labels),
            model.width, model.height};
  } catch (const DetectorError& error) {
    throw DetectorError(model.name + ": " + error.what());
  }
}

}  // namespace

ObjectDetector::ObjectDetector(OnnxFile model, std::unique_ptr<Network> network, Labels labels, Selection selection)
    : name_(model.name),
      input_(model.input),
      width_(model.width),
      height_(model.height),
      network_(std::move(network)),
      layout_(layout_of(model, *network_, std::move(labels))),
      selection_(selection) {}

std::vector<Detection> ObjectDetector::detect(const DetectorInput& input) {
  const int columns = input.rgb.width / 3, rows = input.rgb.height;
  if (columns == 0 || rows == 0) return {};
  const Letterbox letterbox(columns, rows, width_, height_);
  std::vector<Detection> found;
  try {
    found = layout_.read(network_->run(letterbox.fill(input.rgb, input_)), selection_.confidence);
  } catch (const DetectorError& error) {
    throw DetectorError(name_ + ": " + error.what());
  }
  for (Detection& detection : found) detection.box = letterbox.on_picture(detection.box);
  return selected(std::move(found), selection_);
}

}  // namespace sunny16::firmware
