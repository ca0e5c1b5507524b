#include "sim/metrics/geometry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "sim/metrics/least_squares.h"

namespace sunny16::sim {
namespace {

constexpr double kClear = 5;   // deviations of the ground by which a dot must differ from it
constexpr double kFoot = 0.1;  // of a dot's height: what is lower is ground
constexpr int kMaxSteps = 30;  // of Gauss and Newton; five are enough for any lens
constexpr double kConverged = 1e-10;

/// What distortion is fitted with: the similarity u = (a x - b y + tx, b x + a y + ty), then the polynomial.
struct DistortionModel {
  double a = 1, b = 0, tx = 0, ty = 0, k1 = 0, k2 = 0;

  Position undistorted(Position p) const { return {a * p.x - b * p.y + tx, b * p.x + a * p.y + ty}; }
  static double squared(Position u) { return u.x * u.x + u.y * u.y; }
  double factor(double r2) const { return 1 + r2 * (k1 + r2 * k2); }
};

/// Marks in units in which the problem is well conditioned: printed places of about unit size about their mean, found
/// ones from the picture's centre in half diagonals.
std::vector<Mark> normalised(std::span<const Mark> marks, int width, int height, double half_diagonal) {
  Position mean;
  const auto count = static_cast<double>(marks.size());
  for (const Mark& m : marks) mean.x += m.printed.x / count, mean.y += m.printed.y / count;
  double spread = 0;
  for (const Mark& m : marks) spread += std::hypot(m.printed.x - mean.x, m.printed.y - mean.y) / count;
  std::vector<Mark> result;
  for (const auto& [printed, found] : marks)
    result.push_back({{(printed.x - mean.x) / spread, (printed.y - mean.y) / spread},
                      {(found.x - (width - 1) / 2.0) / half_diagonal, (found.y - (height - 1) / 2.0) / half_diagonal}});
  return result;
}

/// One step of Gauss and Newton; returns its size, or nothing if the marks do not determine it.
std::optional<double> refine(DistortionModel& model, std::span<const Mark> marks) {
  LeastSquares fit(6);
  for (const auto& [printed, found] : marks) {
    const Position u = model.undistorted(printed);
    const double r2 = DistortionModel::squared(u), s = model.factor(r2), ds = 2 * (model.k1 + 2 * r2 * model.k2);
    const double xx = s + ds * u.x * u.x, xy = ds * u.x * u.y, yy = s + ds * u.y * u.y;  // of found by u
    const auto [x, y] = printed;
    fit.add(std::array{xx * x + xy * y, xy * x - xx * y, xx, xy, u.x * r2, u.x * r2 * r2}, found.x - s * u.x);
    fit.add(std::array{xy * x + yy * y, yy * x - xy * y, xy, yy, u.y * r2, u.y * r2 * r2}, found.y - s * u.y);
  }
  const auto step = fit.solve();
  if (!step) return std::nullopt;
  const auto& d = *step;
  model.a += d[0], model.b += d[1], model.tx += d[2], model.ty += d[3], model.k1 += d[4], model.k2 += d[5];
  double size = 0;
  for (const double v : d) size = std::max(size, std::abs(v));
  return size;
}

/// The similarity alone, to start with: linear least squares.
std::optional<DistortionModel> similarity(std::span<const Mark> marks) {
  LeastSquares fit(4);
  for (const auto& [printed, found] : marks) {
    fit.add(std::array{printed.x, -printed.y, 1.0, 0.0}, found.x);
    fit.add(std::array{printed.y, printed.x, 0.0, 1.0}, found.y);
  }
  const auto c = fit.solve();
  if (!c) return std::nullopt;
  return DistortionModel{(*c)[0], (*c)[1], (*c)[2], (*c)[3], 0, 0};
}

LateralShift lateral_shift(std::span<const ColourMark> marks, Position ColourMark::*colour, Position centre) {
  LateralShift shift;
  double moments = 0, radii = 0, squares = 0, count = 0;
  for (const ColourMark& mark : marks) {
    const double u = mark.green.x - centre.x, v = mark.green.y - centre.y, radius = std::hypot(u, v);
    if (!(radius > 0)) continue;
    const double radial =
        ((mark.*colour).x - mark.green.x) * u / radius + ((mark.*colour).y - mark.green.y) * v / radius;
    if (std::abs(radial) > std::abs(shift.max_px)) shift.max_px = radial;
    moments += radial * radius, radii += radius * radius, squares += radial * radial, ++count;
  }
  if (count == 0) throw MetricError("lateral colour: found no mark off the picture's centre, allowed one or more");
  shift.rms_px = std::sqrt(squares / count);
  shift.scale_percent = 100 * moments / radii;
  return shift;
}

/// Each sample becomes the median of itself and its neighbours in the row: what one sample alone has is a defect.
isp::Image<float> without_defects(const isp::Image<float>& samples) {
  isp::Image<float> out(samples.width(), samples.height());
  for (int y = 0; y < samples.height(); ++y) {
    const float* row = samples.row(y);
    for (int x = 0; x < samples.width(); ++x) {
      const float a = row[std::max(x - 1, 0)], b = row[x], c = row[std::min(x + 1, samples.width() - 1)];
      out.row(y)[x] = std::max(std::min(a, b), std::min(std::max(a, b), c));
    }
  }
  return out;
}

}  // namespace

Position dot_centre(Plane plane, isp::Rect roi, Lattice lattice) {
  constexpr int kMinSamples = 5;
  const Plane part = region(plane, roi, kMinSamples, kMinSamples);
  const Lattice inside = within(roi, lattice);
  const auto samples = lattice_plane(part, inside), sound = without_defects(samples);
  region(samples.view(), whole(samples.view()), kMinSamples, kMinSamples);
  std::vector<double> rim;
  for (int y = 0; y < samples.height(); ++y)
    for (int x = 0; x < samples.width(); ++x)
      if (x == 0 || y == 0 || x + 1 == samples.width() || y + 1 == samples.height()) rim.push_back(samples.row(y)[x]);
  std::ranges::sort(rim);
  const double ground = rim[rim.size() / 2];
  double variance = 0;
  for (const double v : rim) variance += (v - ground) * (v - ground) / static_cast<double>(rim.size());
  double peak = 0;
  for (int y = 0; y < samples.height(); ++y)
    for (int x = 0; x < samples.width(); ++x)
      if (const double d = sound.row(y)[x] - ground; std::abs(d) > std::abs(peak)) peak = d;
  if (!(std::abs(peak) > kClear * std::sqrt(variance)))
    throw MetricError("dot in region " + region_text(roi) + ": found a difference of " + std::to_string(peak) +
                      " from the rim, whose own deviation is " + std::to_string(std::sqrt(variance)) +
                      ", allowed 5 times that or more");
  double sum = 0, sum_x = 0, sum_y = 0;
  for (int y = 0; y < samples.height(); ++y)
    for (int x = 0; x < samples.width(); ++x) {
      const double part = std::max(0.0, (samples.row(y)[x] - ground) / peak - kFoot);
      sum += part, sum_x += part * x, sum_y += part * y;
    }
  return {roi.x + inside.x0 + lattice.step * sum_x / sum, roi.y + inside.y0 + lattice.step * sum_y / sum};
}

Distortion measure_distortion(std::span<const Mark> marks, int width, int height) {
  const auto undetermined = [&] {
    return MetricError("distortion: found " + std::to_string(marks.size()) +
                       " marks that do not determine it, allowed 6 or more, spread over the picture");
  };
  if (marks.size() < 6) throw undetermined();
  const double half_diagonal = std::hypot((width - 1) / 2.0, (height - 1) / 2.0);
  const auto scaled = normalised(marks, width, height, half_diagonal);
  auto model = similarity(scaled);
  if (!model) throw undetermined();
  double step = 1;
  for (int i = 0; i < kMaxSteps && step > kConverged; ++i) {
    const auto size = refine(*model, scaled);
    if (!size || !std::isfinite(*size)) throw undetermined();
    step = *size;
  }
  if (step > kConverged) throw undetermined();

  Distortion result{.k1 = model->k1, .k2 = model->k2};
  const double half_height = (height - 1) / 2.0 / half_diagonal;
  result.corner_percent = 100 * (model->factor(1) - 1);
  result.tv_percent = 100 * (model->factor(1) / model->factor(half_height * half_height) - 1);
  double squares = 0;
  for (const auto& [printed, found] : scaled) {
    const Position u = model->undistorted(printed);
    const double s = model->factor(DistortionModel::squared(u));
    squares += DistortionModel::squared({found.x - s * u.x, found.y - s * u.y});
  }
  result.rms_residual_px = half_diagonal * std::sqrt(squares / static_cast<double>(marks.size()));
  return result;
}

LateralColour measure_lateral_colour(std::span<const ColourMark> marks, Position centre) {
  return {.red = lateral_shift(marks, &ColourMark::red, centre),
          .blue = lateral_shift(marks, &ColourMark::blue, centre)};
}

}  // namespace sunny16::sim
