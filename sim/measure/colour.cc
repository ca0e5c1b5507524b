// Colour of a ColorChecker, in a picture and in raw numbers.
#include <algorithm>

#include "sim/light/colour_checker.h"
#include "sim/measure/metrics.h"
#include "sim/metrics/raw_patches.h"

namespace sunny16::sim {

Measurement measure_colour(const Subject& subject, const MeasureOptions& options) {
  const std::vector<Quadrilateral> patches = colour_checker_patches(subject, options);
  std::array<Lab, 24> chart;
  std::ranges::transform(kColourCheckerPatches, chart.begin(), [](const auto& patch) { return patch.lab; });
  const ColourMeasurement colour = measure_colours(views(subject.light()), patches, chart);

  Measurement out{.metric = "colour", .values = {}, .plots = {}, .prose = {}};
  out.values = told(colour, out);
  for (std::size_t i = 0; i < chart.size(); ++i) {
    nlohmann::ordered_json patch{{"name", kColourCheckerPatches[i].name}};
    append(patch, out.values["patches"][i]);
    out.values["patches"][i] = std::move(patch);
  }
  if (subject.raw()) {
    const std::vector<RawPatch> raw = measure_raw_patches(*subject.raw(), patches);
    for (std::size_t i = 0; i < raw.size(); ++i) {
      const nlohmann::ordered_json levels = firmware::to_json(raw[i]);
      for (const auto& [key, value] : levels.items()) out.values["patches"][i]["raw_" + key] = value;
    }
  }
  Plot plot{.title = "a* and b*, chart and picture", .x = {"a*", ""}, .y = {"b*", ""}, .series = {}};
  Series printed{.name = "chart", .x = {}, .y = {}, .kind = Series::Kind::points, .colour = "grey"};
  Series seen{.name = "picture", .x = {}, .y = {}, .kind = Series::Kind::points, .colour = "red"};
  Series differences{.name = "CIEDE2000", .x = {}, .y = {}, .kind = Series::Kind::bars};
  for (std::size_t i = 0; i < chart.size(); ++i) {
    printed.x.push_back(chart[i].a), printed.y.push_back(chart[i].b);
    seen.x.push_back(colour.patches[i].lab.a), seen.y.push_back(colour.patches[i].lab.b);
    differences.x.push_back(static_cast<double>(i + 1)), differences.y.push_back(colour.patches[i].delta_e2000);
  }
  plot.series = {printed, seen};
  out.plots = {
      plot, {.title = "CIEDE2000 of each patch", .x = {"Patch", ""}, .y = {"CIEDE2000", ""}, .series = {differences}}};
  return out;
}

}  // namespace sunny16::sim
