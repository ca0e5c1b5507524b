#include "firmware/tuning/agc_tuning.h"

#include <algorithm>

#include "firmware/tuning/piecewise_linear.h"

namespace sunny16::firmware {
namespace {

/// Length shared by [i / n, (i + 1) / n] and [j / m, (j + 1) / m], in units of 1 / (n m).
int overlap(int i, int n, int j, int m) {
  return std::max(0, std::min((i + 1) * m, (j + 1) * n) - std::max(i * m, j * n));
}

}  // namespace

std::vector<double> MeteringMode::resampled(int to_columns, int to_rows) const {
  std::vector<double> result;
  for (int y = 0; y < to_rows; ++y)
    for (int x = 0; x < to_columns; ++x) {
      double sum = 0;
      for (int v = 0; v < rows; ++v)
        for (int u = 0; u < columns; ++u)
          sum += weights[static_cast<std::size_t>(v * columns + u)] * overlap(u, columns, x, to_columns) *
                 overlap(v, rows, y, to_rows);
      result.push_back(sum / (columns * rows));
    }
  return result;
}

std::string MeteringMode::problem() const {
  const auto zones = static_cast<std::size_t>(columns * rows);
  if (weights.size() != zones)
    return ".weights: found " + std::to_string(weights.size()) + " weights, allowed " + std::to_string(zones);
  if (std::all_of(weights.begin(), weights.end(), [](double w) { return w == 0; }))
    return ".weights: found only zeros, allowed one above 0 or more";
  return {};
}

std::string ExposureMode::problem() const {
  if (shutter_us.empty() || shutter_us.size() != gain.size())
    return ".gain: found " + std::to_string(gain.size()) + " steps, allowed one or more, as many as shutter_us has (" +
           std::to_string(shutter_us.size()) + ")";
  for (std::size_t i = 1; i < gain.size(); ++i)
    if (shutter_us[i] < shutter_us[i - 1] || gain[i] < gain[i - 1])
      return ": found step " + std::to_string(i) + " below the one before, allowed a ladder that never falls";
  return {};
}

double LuxCurve::at(double illuminance) const { return piecewise_linear(lux, value, illuminance); }

std::string LuxCurve::problem() const { return piecewise_linear_problem("lux", lux, "value", value); }

std::string ExposureConstraint::problem() const {
  return q_lo < q_hi ? "" : ".q_hi: found a quantile not above q_lo, allowed q_lo < q_hi";
}

}  // namespace sunny16::firmware
