#include "firmware/detect/on_sensor.h"

#include <utility>

#include "firmware/detect/upright.h"

namespace sunny16::firmware {
namespace {

/// Values of a tensor.
std::size_t size_of(const std::vector<std::uint32_t>& shape) {
  std::size_t product = 1;
  for (const std::uint32_t side : shape) product *= side;
  return product;
}

/// N. Throws DetectorError for tensors of another layout.
std::size_t boxes_of(const hal::NetworkOutput& output) {
  const auto refuse = [&](const std::string& found, const std::string& allowed) {
    throw DetectorError("sensor's network \"" + output.network + "\": found " + found + ", allowed " + allowed);
  };
  constexpr std::size_t kMost = 1000;
  const auto& shapes = output.shapes;
  if (shapes.size() != 4)
    refuse(std::to_string(shapes.size()) + " tensors", "4: boxes, scores, classes and their number");
  const std::size_t boxes = size_of(shapes[0]) / 4;
  if (boxes == 0 || boxes > kMost || size_of(shapes[0]) % 4 != 0)
    refuse("a first tensor of " + std::to_string(size_of(shapes[0])) + " values", "4 for each of up to 1000 boxes");
  if (size_of(shapes[1]) != boxes || size_of(shapes[2]) != boxes || size_of(shapes[3]) != 1)
    refuse(std::to_string(size_of(shapes[1])) + " scores, " + std::to_string(size_of(shapes[2])) + " classes and " +
               std::to_string(size_of(shapes[3])) + " numbers for " + std::to_string(boxes) + " boxes",
           "one score and one class each, and one number");
  if (output.values.size() != 6 * boxes + 1)
    refuse(std::to_string(output.values.size()) + " values", std::to_string(6 * boxes + 1));
  return boxes;
}

}  // namespace

OnSensorDetector::OnSensorDetector(Labels labels, Selection selection)
    : labels_(std::move(labels)), selection_(selection) {}

std::vector<Detection> OnSensorDetector::detect(const DetectorInput& input) {
  if (!input.on_sensor) return {};
  const std::size_t n = boxes_of(*input.on_sensor);
  const float* const values = input.on_sensor->values.data();
  const double count = values[6 * n];
  std::vector<Detection> found;
  for (std::size_t i = 0; i < n && static_cast<double>(i) < count; ++i) {
    const double top = values[i], left = values[n + i], bottom = values[2 * n + i], right = values[3 * n + i];
    const double kind = values[5 * n + i];
    if (!(kind >= 0) || kind > 1e6) continue;
    found.push_back({.label = label_of(labels_, static_cast<std::size_t>(kind)),
                     .confidence = values[4 * n + i],
                     .box = upright_box({left, top, right - left, bottom - top}, input.turned)});
  }
  return selected(std::move(found), selection_);
}

}  // namespace sunny16::firmware
