#include "sim/measure/look_changes.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "sim/light/colour_checker.h"
#include "sim/measure/line_picture.h"
#include "sim/measure/metrics.h"

namespace sunny16::sim {
namespace {

constexpr int kThreads = 2;
constexpr std::size_t kFirstNeutral = 18, kNeutral65 = 20, kNeutral35 = 22;
constexpr double kNearlyGrey = 5;  // C*ab

ShotSettings chart_settings() {
  ShotSettings settings;
  settings.scene = "color-checker", settings.sensor = "imx477", settings.window = {480, 320};
  settings.lux = 2000, settings.gain = 1;
  return settings;
}

template <class... Values>
std::string text(const char* format, Values... values) {
  char buffer[160];
  std::snprintf(buffer, sizeof buffer, format, values...);
  return buffer;
}

std::string hue_text(const PatchChange& patch) {
  const bool grey = chroma(patch.before) < kNearlyGrey || chroma(patch.after) < kNearlyGrey;
  return grey ? "" : text("%+.1f", patch.hue_deg());
}

}  // namespace

double PatchChange::chroma() const { return sim::chroma(after) - sim::chroma(before); }

double PatchChange::hue_deg() const {
  const auto hue = [](const Lab& colour) { return std::atan2(colour.b, colour.a) * 180 / std::numbers::pi; };
  return std::remainder(hue(after) - hue(before), 360);
}

double LookChanges::contrast() const {
  const PatchChange &light = patches[kNeutral65], &dark = patches[kNeutral35];
  return (light.after.l - dark.after.l) / (light.before.l - dark.before.l);
}

double LookChanges::neutral_shift() const {
  double largest = 0;
  for (std::size_t i = kFirstNeutral; i < patches.size(); ++i) {
    const PatchChange& patch = patches[i];
    largest = std::max(largest, std::hypot(patch.after.a - patch.before.a, patch.after.b - patch.before.b));
  }
  return largest;
}

ChartShot::ChartShot() {
  const ShotSettings settings = chart_settings();
  const Bench bench = set_up(settings);
  const Exposure exposure = exposure_of(bench, settings);
  frame_ = bench.record(bench.electrons(bench.timing(0, exposure.time_s), kThreads), exposure, kThreads);
  truth_ = truth_of(bench, settings, exposure);
}

std::array<Lab, 24> ChartShot::patches(std::shared_ptr<const firmware::Look> look, firmware::LookUse use) const {
  firmware::FrameRequest request{.look = std::move(look), .look_use = use, .threads = kThreads};
  request.outputs = {{.format = isp::OutputFormat::rgb16}};
  const Subject subject("chart", picture_of(firmware::run_frame(frame_, {}, request).pictures[0]), truth_, kThreads);
  const auto squares = colour_checker_patches(subject, {});
  const auto colours = mean_colours(views(subject.light()), squares, Transfer::linear);
  std::array<Lab, 24> labs;
  std::ranges::transform(colours, labs.begin(), [](const Rgb& c) { return lab_of_srgb(c[0], c[1], c[2]); });
  return labs;
}

LookChanges ChartShot::changes(const firmware::Look& look, firmware::LookUse use) const {
  auto flat = std::make_shared<firmware::Look>(look);
  std::get<std::optional<firmware::Adaptive<isp::VignetteTuning>>>(flat->stages).reset();
  std::get<std::optional<firmware::Adaptive<isp::GrainTuning>>>(flat->stages).reset();
  const auto before = patches(nullptr, {}), after = patches(std::move(flat), use);
  LookChanges changes;
  for (std::size_t i = 0; i < before.size(); ++i) changes.patches[i] = {before[i], after[i]};
  return changes;
}

std::string look_changes_markdown(const firmware::LookList& looks, std::span<const std::string_view> detailed) {
  std::string summary =
      "# What the looks do\n\n"
      "A simulated ColorChecker (imx477, D65), developed by the usual tuning with each look and without, in CIELAB "
      "under "
      "D50; vignette and grain left out. Contrast is the slope of the grey scale between neutral 6.5 and neutral 3.5, "
      "against no look's. Chroma is the mean C*ab of the eighteen coloured patches against no look's. Written by "
      "scripts/docs.\n\n"
      "| look | contrast | chroma | greys, largest change in a*, b* | dark skin, hue | light skin, hue |\n"
      "|---|---|---|---|---|---|\n";
  std::string details;
  const ChartShot shot;
  for (const auto& look : looks) {
    const LookChanges changes = shot.changes(*look);
    const auto& patches = changes.patches;
    double before = 0, after = 0;
    for (std::size_t i = 0; i < kFirstNeutral; ++i)
      before += chroma(patches[i].before), after += chroma(patches[i].after);
    summary += "| " + look->record.full_name() +
               text(" | %.2f | %.0f %% | %.1f | ", changes.contrast(), 100 * after / before, changes.neutral_shift()) +
               hue_text(patches[0]) + " | " + hue_text(patches[1]) + " |\n";
    if (std::ranges::find(detailed, look->record.full_name()) == detailed.end()) continue;
    details += "\n## " + look->record.full_name() +
               "\n\nContrast is the change of a patch's distance in L* from neutral 5.\n\n"
               "| patch | L* | change | contrast | C*ab | change | hue, degrees |\n|---|---|---|---|---|---|---|\n";
    const PatchChange& middle = patches[21];
    for (std::size_t i = 0; i < patches.size(); ++i) {
      const PatchChange& p = patches[i];
      const double contrast = std::abs(p.after.l - middle.after.l) - std::abs(p.before.l - middle.before.l);
      details += "| " + std::string(kColourCheckerPatches[i].name) +
                 text(" | %.1f | %+.1f | %+.1f | %.1f | %+.1f | ", p.before.l, p.lightness(), contrast,
                      chroma(p.before), p.chroma()) +
                 hue_text(p) + " |\n";
    }
  }
  return summary + details;
}

}  // namespace sunny16::sim
