#include "firmware/tuning/adaptive.h"

#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

/// Evenly spread and increasing with v.
double position(Axis axis, double v) { return axis == Axis::colour_temperature ? -1e6 / v : isp::exact::log2(v); }

}  // namespace

double value_on(Axis axis, const isp::Conditions& conditions) {
  switch (axis) {
    case Axis::analogue_gain:
      return conditions.analogue_gain;
    case Axis::colour_temperature:
      return conditions.colour_temperature;
    case Axis::lux:
      return conditions.lux;
  }
  return 0;
}

Between locate(Axis axis, const std::vector<double>& nodes, double v) {
  const std::size_t last = nodes.size() - 1;
  if (!(v > nodes.front())) return {0, 0, 0};  // also NaN
  if (v >= nodes.back()) return {last, last, 0};
  const auto above = static_cast<std::size_t>(std::upper_bound(nodes.begin(), nodes.end(), v) - nodes.begin());
  const double from = position(axis, nodes[above - 1]), to = position(axis, nodes[above]);
  const double fraction = to > from ? (position(axis, v) - from) / (to - from) : 0;
  return {above - 1, above, std::clamp(fraction, 0.0, 1.0)};
}

std::vector<double> Curve::sample(const isp::Conditions& conditions) const {
  const Between between = locate(by, at, value_on(by, conditions));
  std::vector<double> result = value[between.first];
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = between.mix(result[i], value[between.second][i]);
  return result;
}

}  // namespace sunny16::firmware
