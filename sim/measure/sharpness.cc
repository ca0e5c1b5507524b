// Edges, stars and texture.
#include <algorithm>
#include <cmath>

#include "sim/measure/metrics.h"
#include "sim/metrics/metric_error.h"
#include "sim/metrics/resolution.h"
#include "sim/metrics/slanted_edge.h"
#include "sim/metrics/texture.h"

namespace sunny16::sim {
namespace {

Plot mtf_plot(std::string title) {
  return {.title = std::move(title), .x = {"Frequency", "cy/px"}, .y = {"MTF", "", false, 0}, .series = {}};
}

/// In a raw frame the greens, in their places; in a picture its luminance.
struct Sharp {
  Plane plane;
  SlantedEdgeOptions options;
};
Sharp sharp_plane(const Subject& subject) {
  if (!subject.raw()) return {subject.luminance().view(), {}};
  const isp::CfaPhase phase = subject.raw()->raw.phase;
  SlantedEdgeOptions options;
  options.lattices.clear();
  for (int y = 0; y < 2; ++y)
    for (int x = 0; x < 2; ++x)
      if (const isp::Quad q = isp::quad_plane(phase, x, y); q == isp::kGr || q == isp::kGb)
        options.lattices.push_back({x, y, 2});
  return {subject.mosaic().view(), options};
}

Series mean_mtf(const std::vector<SlantedEdge>& edges) {
  Series mean{.name = "mean", .x = edges[0].frequency_cy_px, .y = {}, .low = {}, .high = {}};
  for (std::size_t i = 0; i < mean.x.size(); ++i) {
    double sum = 0, low = edges[0].mtf[i], high = low;
    for (const SlantedEdge& edge : edges) {
      sum += edge.mtf[i];
      low = std::min(low, edge.mtf[i]), high = std::max(high, edge.mtf[i]);
    }
    mean.y.push_back(sum / static_cast<double>(edges.size()));
    mean.low.push_back(low), mean.high.push_back(high);
  }
  return mean;
}

double mean_of(const nlohmann::ordered_json& items, const char* key) {
  double sum = 0;
  for (const auto& item : items) sum += item[key].get<double>();
  return sum / static_cast<double>(items.size());
}

}  // namespace

Measurement measure_edges(const Subject& subject, const MeasureOptions& options) {
  const auto [plane, edge_options] = sharp_plane(subject);
  std::vector<std::pair<std::string, isp::Rect>> regions;
  if (options.roi)
    regions.emplace_back("roi", *options.roi);
  else
    for (const PlacedTarget& target : subject.targets(TargetKind::edge))
      regions.emplace_back(target.name, inside(target, 1));
  if (regions.empty())
    throw MetricError(subject.name() +
                      ": found no edge, allowed --roi x,y,width,height about one, or a simulated shot's truth");
  Measurement out{.metric = "sfr",
                  .values = {{"mtf50_cy_px", 0}, {"edges", nlohmann::ordered_json::array()}},
                  .plots = {mtf_plot("Edge MTF: mean of the edges, and their range")},
                  .prose = {}};
  std::vector<SlantedEdge> edges;
  for (const auto& [name, roi] : regions) {
    const SlantedEdge edge = sim::measure_slanted_edge(plane, roi, edge_options);
    nlohmann::ordered_json json{{"name", name}, {"roi_px", {roi.x, roi.y, roi.width, roi.height}}};
    append(json, told(edge, out));
    out.values["edges"].push_back(std::move(json));
    edges.push_back(edge);
  }
  for (const char* key : {"mtf50_cy_px", "mtf_at_nyquist", "overshoot_percent", "rise_10_90_px"})
    out.values[key] = mean_of(out.values["edges"], key);
  out.plots[0].series = {mean_mtf(edges)};
  return out;
}

Measurement measure_star(const Subject& subject, const MeasureOptions&) {
  const auto targets = subject.targets(TargetKind::star);
  if (targets.empty())
    throw MetricError(subject.name() + ": found no star, allowed a simulated shot's truth that has one");
  Measurement out{
      .metric = "star", .values = nlohmann::ordered_json::object(), .plots = {mtf_plot("Star MTF")}, .prose = {}};
  for (const PlacedTarget& target : targets) {
    const auto at = corners(target);
    const Star star{.x = (at[0].x + at[2].x) / 2,
                    .y = (at[0].y + at[2].y) / 2,
                    .radius = 0.98 * std::min(at[1].x - at[0].x, at[3].y - at[0].y) / 2,
                    .cycles = target.cycles};
    const Resolution resolution = sim::measure_star(subject.luminance().view(), star);
    out.values[target.name] = told(resolution, out);
    out.plots[0].series.push_back({.name = target.name, .x = resolution.frequency_cy_px, .y = resolution.mtf});
  }
  return out;
}

Measurement measure_texture(const Subject& subject, const MeasureOptions& options) {
  const auto targets = subject.targets(TargetKind::dead_leaves);
  if (targets.empty() && !options.roi)
    throw MetricError(
        subject.name() +
        ": found no dead leaves, allowed --roi x,y,width,height and --reference, or a simulated shot's truth");
  const isp::Image<float>& truth = options.reference ? options.reference->luminance() : subject.ideal_luminance();
  const isp::Rect roi = options.roi ? *options.roi : inside(targets.front(), 1);
  const Texture texture = sim::measure_texture(subject.luminance().view(), truth.view(), roi);
  Measurement out{.metric = "texture", .values = {}, .plots = {mtf_plot("Texture MTF (cross method)")}, .prose = {}};
  out.values = told(texture, out);
  out.plots[0].series.push_back({.name = "texture", .x = texture.frequency_cy_px, .y = texture.mtf});
  return out;
}

}  // namespace sunny16::sim
