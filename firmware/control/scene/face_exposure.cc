#include "firmware/control/scene/face_exposure.h"

#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

/// Of the target.
constexpr double kDarkest = 0.8, kBrightest = 2.5;
/// Stops.
constexpr double kMostDarker = 1, kMostBrighter = 1.5;

}  // namespace

/// A frame that is brighter for its faces has more white in it, and so tells less of the picture. Then the faces tell
/// by how much the light has changed since the picture was known.
double FaceExposure::aim(const Frame& frame, double target) {
  const double face = frame.faces.level / frame.applied;
  const double known = reference_ ? reference_->picture * reference_->face / face : 0;
  if (frame.picture >= known || !frame.clipped) reference_ = {frame.picture, face};
  const double picture = reference_->picture * reference_->face / face;
  const double wanted = exact::clamp(picture, kDarkest * target / face, kBrightest * target / face);
  stops_ = frame.faces.weight * exact::clamp(exact::log2(wanted / picture), -kMostDarker, kMostBrighter);
  return picture * exact::exp2(stops_);
}

}  // namespace sunny16::firmware
