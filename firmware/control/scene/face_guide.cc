#include "firmware/control/scene/face_guide.h"

#include <algorithm>

#include "isp/core/exact_math.h"
#include "isp/core/layout.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

constexpr double kSure = 0.4;
/// Part of a face's box that is skin, whatever the hair and the background.
constexpr double kMiddle = 0.6;
/// Part of the picture that makes faces count in full: a tenth of its width by a tenth of its height.
constexpr double kWhole = 0.01;

double presence(const Detection& face) { return area(face.box) * face.confidence; }

}  // namespace

void FaceGuide::update(std::span<const Detection> detections) {
  faces_.clear();
  for (const Detection& detection : detections)
    if (detection.label == kFace && detection.confidence >= kSure && has_area(detection.box))
      faces_.push_back(detection);
  std::ranges::stable_sort(faces_, std::ranges::greater{}, presence);
  if (faces_.size() > isp::Statistics::kFloatingZones) faces_.resize(isp::Statistics::kFloatingZones);
}

std::vector<double> FaceGuide::zones() const {
  std::vector<double> zones;
  for (const Detection& face : faces_) {
    const auto& [x, y, width, height] = face.box;
    const double aside = (1 - kMiddle) / 2;
    const Box middle = inside_picture({x + aside * width, y + aside * height, kMiddle * width, kMiddle * height});
    zones.insert(zones.end(), {middle[0], middle[1], middle[0] + middle[2], middle[1] + middle[3]});
  }
  return zones;
}

std::optional<FaceLight> FaceGuide::light(const isp::Statistics& statistics) const {
  double sum = 0, weights = 0;
  for (std::size_t i = 0; i < faces_.size(); ++i) {
    if (statistics.floating[i].count == 0) continue;
    const double weight = presence(faces_[i]);
    sum += weight * statistics.floating[i].mean() / isp::domain::LinearRaw::range;
    weights += weight;
  }
  if (!(sum > 0)) return std::nullopt;
  return FaceLight{.level = sum / weights, .weight = exact::min(weights / kWhole, 1)};
}

std::optional<Box> FaceGuide::largest() const {
  return faces_.empty() ? std::nullopt : std::optional(faces_.front().box);
}

double FaceGuide::skin_protection() const {
  double all = 0;
  for (const Detection& face : faces_) all += presence(face);
  return exact::min(all / kWhole, 1);
}

std::vector<double> FaceGuide::rectangles() const {
  std::vector<double> rectangles;
  for (const Detection& face : faces_) rectangles.insert(rectangles.end(), face.box.begin(), face.box.end());
  return rectangles;
}

}  // namespace sunny16::firmware
