#include "sim/optics/lens_model.h"

#include "firmware/tuning/described_json.h"

namespace sunny16::sim {

using firmware::number_text;

std::string LensModel::problem() const {
  if (focus_far > focus_near)
    return ".focus_far: found " + number_text(focus_far) + ", allowed at most focus_near, " + number_text(focus_near);
  if (focus_near > 0 && !(focus >= focus_far && focus <= focus_near))
    return ".focus: found " + number_text(focus) + ", allowed focus_far .. focus_near, " + number_text(focus_far) +
           " .. " + number_text(focus_near);
  // The picture must not fold: the radius r (1 + k1 r^2 + k2 r^4) grows from the centre to the corner. Its derivative
  // is a parabola in r^2, least at an end or at its vertex.
  const auto growth = [this](double r2) { return 1 + 3 * distortion_k1 * r2 + 5 * distortion_k2 * r2 * r2; };
  const double vertex = distortion_k2 == 0 ? 0 : -3 * distortion_k1 / (10 * distortion_k2);
  if (!(growth(1) > 0) || (vertex > 0 && vertex < 1 && !(growth(vertex) > 0)))
    return ".distortion_k1: found " + number_text(distortion_k1) + " with k2 " + number_text(distortion_k2) +
           ", allowed what keeps the order of points from centre to corner";
  return {};
}

}  // namespace sunny16::sim
