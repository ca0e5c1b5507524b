#include "firmware/control/scene/boxes.h"

#include <algorithm>
#include <utility>

#include "isp/core/exact_math.h"

namespace sunny16::firmware {

namespace exact = isp::exact;

Box inside_picture(const Box& box) {
  const double left = exact::clamp(box[0], 0, 1), top = exact::clamp(box[1], 0, 1);
  const double right = exact::clamp(box[0] + box[2], left, 1), bottom = exact::clamp(box[1] + box[3], top, 1);
  return {left, top, right - left, bottom - top};
}

double overlap(const Box& a, const Box& b) {
  const auto common = [&](std::size_t i) {
    return exact::max(0, exact::min(a[i] + a[i + 2], b[i] + b[i + 2]) - exact::max(a[i], b[i]));
  };
  const double both = common(0) * common(1), either = area(a) + area(b) - both;
  return either > 0 ? both / either : 0;
}

std::vector<Detection> selected(std::vector<Detection> detections, const Selection& selection) {
  std::erase_if(detections, [&](Detection& detection) {
    detection.box = inside_picture(detection.box);
    detection.confidence = exact::min(detection.confidence, 1);
    return !(detection.confidence >= selection.confidence) || !has_area(detection.box);
  });
  std::ranges::stable_sort(detections, std::ranges::greater{}, &Detection::confidence);
  std::vector<Detection> kept;
  for (Detection& candidate : detections) {
    if (kept.size() >= selection.most) break;
    const bool covered = std::ranges::any_of(kept, [&](const Detection& surer) {
      return surer.label == candidate.label && overlap(surer.box, candidate.box) > selection.overlap;
    });
    if (!covered) kept.push_back(std::move(candidate));
  }
  return kept;
}

}  // namespace sunny16::firmware
