// Photon transfer from raw files, and how it compares with what a simulated sensor is known to be and tunings believe.
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "sim/measure/measure.h"
#include "sim/metrics/metric_error.h"
#include "sim/metrics/noise_profile.h"
#include "sim/metrics/non_uniformity.h"
#include "sim/metrics/photon_transfer.h"
#include "sim/metrics/raw_plane.h"

namespace sunny16::sim {
namespace {

constexpr std::array<const char*, 4> kColours{"red", "green_r", "green_b", "blue"};

struct Stack {
  double exposure_us = 0;
  std::vector<const hal::RawFrame*> frames;
};

/// Frames of one gain by exposure time. Light and dark frames of the same time are told apart by their level.
std::vector<Stack> stacks_of(std::span<const Subject> subjects, bool dark, double dark_level) {
  std::map<double, Stack> stacks;
  for (const Subject& subject : subjects) {
    const hal::RawFrame& frame = *subject.raw();
    const isp::Image<float> green = raw_plane(frame, isp::kGr);
    double sum = 0;
    for (int y = 0; y < green.height(); ++y) sum = std::accumulate(green.row(y), green.row(y) + green.width(), sum);
    const double level = sum / (static_cast<double>(green.width()) * green.height()) - frame.black[isp::kGr];
    if ((level < dark_level) != dark) continue;
    Stack& stack = stacks[*frame.applied.exposure_us];
    stack.exposure_us = *frame.applied.exposure_us;
    stack.frames.push_back(&frame);
  }
  std::vector<Stack> result;
  for (auto& [exposure, stack] : stacks) result.push_back(std::move(stack));
  return result;
}

void check(std::span<const Subject> subjects) {
  if (subjects.empty()) throw MetricError("photon transfer: found no file, allowed pairs of raw frames");
  for (const Subject& subject : subjects) {
    if (!subject.raw()) throw MetricError(subject.name() + ": photon transfer: found a picture, allowed raw frames");
    if (!subject.raw()->applied.exposure_us)
      throw MetricError(subject.name() + ": photon transfer: found no exposure time, allowed frames that tell it");
    const auto &a = *subjects.front().raw(), &b = *subject.raw();
    if (a.raw.width != b.raw.width || a.raw.height != b.raw.height || a.raw.phase != b.raw.phase ||
        a.applied.analogue_gain != b.applied.analogue_gain)
      throw MetricError(subject.name() + ": photon transfer: found another size or gain than that of " +
                        subjects.front().name() + ", allowed frames of one sensor at one gain");
  }
}

/// The middle of the frame, where lenses shade least; of one colour.
isp::Rect middle(const isp::Image<float>& plane) {
  const int side = std::min({256, plane.width(), plane.height()});
  return {(plane.width() - side) / 2, (plane.height() - side) / 2, side, side};
}

}  // namespace

Measurement measure_photon_transfer(std::span<const Subject> frames, const MeasureOptions& options) {
  check(frames);
  const hal::RawFrame& first = *frames.front().raw();
  const double range = first.white - first.black[isp::kGr], gain = first.applied.analogue_gain.value_or(1);
  const double dark_level = 0.002 * range;  // above black: what no exposure worth measuring has
  const std::vector<Stack> light = stacks_of(frames, false, dark_level), dark = stacks_of(frames, true, dark_level);
  if (dark.empty() || dark.front().frames.size() < 2)
    throw MetricError("photon transfer: found " + std::to_string(dark.empty() ? 0 : dark.front().frames.size()) +
                      " dark frames, allowed 2 or more of one exposure (simulate --lux 0)");
  Measurement out{.metric = "ptc", .values = {{"analogue_gain", gain}}, .plots = {}, .prose = {}};
  Plot plot{.title = "Photon transfer", .x = {"Mean", "DN", true}, .y = {"Variance", "DN^2", true}, .series = {}};
  double full_scale_e = 0;
  for (std::size_t c = 0; c < 4; ++c) {
    const auto colour = static_cast<isp::Quad>(c);
    const auto planes = [&](const Stack& stack) {
      std::vector<isp::Image<float>> images;
      for (const hal::RawFrame* frame : stack.frames) images.push_back(raw_plane(*frame, colour));
      return images;
    };
    const auto point = [&](const Stack& stack) {
      if (stack.frames.size() < 2)
        throw MetricError("photon transfer: found one frame of " + firmware::number_text(stack.exposure_us) +
                          " us, allowed two or more of each exposure");
      const auto images = planes(stack);
      const isp::Rect roi = options.roi ? isp::Rect{options.roi->x / 2, options.roi->y / 2, options.roi->width / 2,
                                                    options.roi->height / 2}
                                        : middle(images[0]);
      return photon_transfer_point(std::as_const(images[0]).view(), std::as_const(images[1]).view(), roi,
                                   stack.exposure_us);
    };
    std::vector<PhotonTransferPoint> points;
    for (const Stack& stack : light) points.push_back(point(stack));
    const PhotonTransferPoint dark_point = point(dark.front());
    const PhotonTransfer transfer = photon_transfer(points, dark_point, {.white_dn = first.white});
    nlohmann::ordered_json json = told(transfer, out);

    // Fixed patterns from the brightest stack below 70 % of saturation and the dark one, where both have frames enough.
    const Stack* half = nullptr;
    for (std::size_t i = 0; i < light.size(); ++i)
      if (points[i].mean_dn < dark_point.mean_dn + 0.7 * (transfer.saturation_level_dn - dark_point.mean_dn))
        half = &light[i];
    if (half && half->frames.size() >= 4 && dark.front().frames.size() >= 4) {
      const auto variances = [&](const Stack& stack) {
        const auto images = planes(stack);
        std::vector<Plane> views;
        for (const auto& image : images) views.push_back(image.view());
        return stack_variances(views, middle(images[0]));
      };
      append(json, told(non_uniformity(variances(dark.front()), variances(*half), transfer.system_gain_dn_per_e), out));
    }
    out.values[kColours[c]] = std::move(json);
    if (colour == isp::kGr) full_scale_e = range / transfer.system_gain_dn_per_e;
    Series series{.name = kColours[c],
                  .x = {},
                  .y = {},
                  .kind = Series::Kind::points,
                  .colour = c == 0   ? "red"
                            : c == 3 ? "blue"
                                     : "green"};
    for (const PhotonTransferPoint& p : points)
      series.x.push_back(p.mean_dn - dark_point.mean_dn), series.y.push_back(p.variance_dn2);
    plot.series.push_back(std::move(series));
  }
  out.plots = {plot};
  if (const auto& truth = frames.front().truth())
    out.values["model"] = {{"system_gain_dn_per_e", truth->gain_dn_e},
                           {"read_noise_e", truth->read_noise_e},
                           {"saturation_capacity_e", truth->saturation_e}};
  // Electrons from black to white at unit gain, as photon transfer finds them and as tunings' noise implies them.
  out.values["full_scale_e"] = {{"measured", full_scale_e * gain}};
  for (const NamedTuning& tuning : options.tunings)
    out.values["full_scale_e"][tuning.name] = 1 / tuning.tuning.noise.base.shot;
  return out;
}

}  // namespace sunny16::sim
