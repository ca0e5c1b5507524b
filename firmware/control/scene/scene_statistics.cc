#include "firmware/control/scene/scene_statistics.h"

#include <algorithm>
#include <vector>

#include "firmware/control/luma_histogram.h"
#include "firmware/control/scene/skin_patch.h"
#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;
using Cell = ScenePicture::Cell;

/// A mean over some of the cells.
struct Mean {
  double sum = 0, count = 0;
  void add(double v) { sum += v, ++count; }
  double value() const { return count > 0 ? sum / count : 0; }
};

constexpr bool is_upper(int row) { return row < ScenePicture::kRows / 2; }
/// The middle half of each side.
constexpr bool is_central(int column, int row) {
  const int x = 2 * column + 1 - ScenePicture::kColumns, y = 2 * row + 1 - ScenePicture::kRows;
  return 2 * (x < 0 ? -x : x) < ScenePicture::kColumns && 2 * (y < 0 ? -y : y) < ScenePicture::kRows;
}

/// Calls f(cell, column, row).
template <class F>
void for_each_cell(const ScenePicture& picture, F&& f) {
  for (int row = 0; row < ScenePicture::kRows; ++row)
    for (int column = 0; column < ScenePicture::kColumns; ++column) f(picture.at(column, row), column, row);
}

/// Luminances in ascending order.
std::vector<double> sorted_luminances(const ScenePicture& picture) {
  std::vector<double> all;
  for (const Cell& cell : picture.cells) all.push_back(cell.luminance);
  std::ranges::sort(all);
  return all;
}

void measure_light(const ScenePicture& picture, const LumaHistogram& histogram, SceneStatistics& s) {
  constexpr double kPercent = 0.01, kFourStops = 16;
  const std::vector<double> sorted = sorted_luminances(picture);
  const double median = sorted[sorted.size() / 2], bright = sorted[sorted.size() * 95 / 100];
  Mean mean, square, dark, lamps, upper, lower, central, rim;
  for_each_cell(picture, [&](const Cell& cell, int column, int row) {
    const double level = exact::log2(cell.luminance);
    mean.add(level), square.add(level * level);
    dark.add(cell.luminance < bright / kFourStops), lamps.add(cell.luminance > kFourStops * median);
    if (3 * row < ScenePicture::kRows) upper.add(level);
    if (3 * row >= 2 * ScenePicture::kRows) lower.add(level);
    (is_central(column, row) ? central : rim).add(level);
  });
  s.dark = dark.value(), s.lamps = lamps.value();
  s.contrast = exact::sqrt(square.value() - mean.value() * mean.value());
  s.upper_light = upper.value() - lower.value();
  s.central_light = central.value() - rim.value();
  if (histogram.empty()) return;
  const double darkest = exact::max(histogram.quantile(kPercent), ScenePicture::kDarkest);
  s.dynamic_range = exact::max(exact::log2(histogram.quantile(1 - kPercent) / darkest), 0);
  s.clipped = histogram.clipped();
}

/// The subject is the largest face, or else the lower part of the middle; the surroundings are the brighter half of all
/// the rest.
void measure_backlight(const ScenePicture& picture, const Detection* face, SceneStatistics& s) {
  const std::array<double, 4> box = face ? face->box : std::array{0.35, 0.35, 0.3, 0.45};
  std::vector<double> subject, rest;
  for_each_cell(picture, [&](const Cell& cell, int column, int row) {
    const double x = (column + 0.5) / ScenePicture::kColumns - box[0], y = (row + 0.5) / ScenePicture::kRows - box[1];
    const bool inside = x >= 0 && y >= 0 && x < box[2] && y < box[3];
    (inside ? subject : rest).push_back(cell.luminance);
  });
  if (subject.empty() || rest.empty()) return;
  std::ranges::sort(subject);
  std::ranges::sort(rest);
  Mean bright;
  for (std::size_t i = rest.size() / 2; i < rest.size(); ++i) bright.add(rest[i]);
  s.backlight = exact::log2(bright.value() / subject[subject.size() / 2]);
}

void measure_texture(const ScenePicture& picture, SceneStatistics& s) {
  constexpr double kEqual = 0.08;  // EV
  Mean upper, lower, flat;
  for_each_cell(picture, [&](const Cell& cell, int column, int row) {
    const auto step_to = [&](int x, int y) {
      if (x >= ScenePicture::kColumns || y >= ScenePicture::kRows) return;
      const double step = exact::abs(exact::log2(picture.at(x, y).luminance / cell.luminance));
      (is_upper(row) ? upper : lower).add(step);
      flat.add(step < kEqual);
    };
    step_to(column + 1, row), step_to(column, row + 1);
  });
  s.upper_texture = upper.value(), s.lower_texture = lower.value(), s.flat = flat.value();
}

/// Fine contrast of the focus zones, each relative to the frame's: what is sharp, and where.
void measure_detail(const isp::Statistics& statistics, SceneStatistics& s) {
  constexpr int kZones = isp::Statistics::kFocusZones;
  constexpr double kLeast = 1e-3;  // keeps a frame without any contrast finite
  Mean all, central, rim, upper, lower, detailed;
  const auto for_each_zone = [&](auto&& f) {
    for (int row = 0; row < kZones; ++row)
      for (int column = 0; column < kZones; ++column)
        f(exact::sqrt(statistics.focus[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)].mean()), column,
          row);
  };
  for_each_zone([&](double v, int column, int row) {
    const bool middle = column >= 2 && column < kZones - 2 && row >= 2 && row < kZones - 2;
    all.add(v), (middle ? central : rim).add(v), (2 * row < kZones ? upper : lower).add(v);
  });
  for_each_zone([&](double v, int, int) { detailed.add(v > 0.5 * all.value()); });
  s.central_detail = exact::log2((central.value() + kLeast) / (rim.value() + kLeast));
  s.lower_detail = exact::log2((lower.value() + kLeast) / (upper.value() + kLeast));
  s.detailed = detailed.value();
}

/// Colours are judged in square-root code, where their differences are about as visible in shadows as in highlights.
void measure_colour(const ScenePicture& picture, SceneStatistics& s) {
  const std::vector<double> sorted = sorted_luminances(picture);
  const double white = sorted[sorted.size() * 95 / 100];
  Mean saturation, central, rim, central_red, rim_red, neutral, bright_grey, brown, vivid, skin, central_skin;
  Mean upper_blue, upper_green, upper_glow, lower_blue, lower_green, lower_white, lower_sand;
  CellMask skin_mask{};
  for_each_cell(picture, [&](const Cell& cell, int column, int row) {
    const double r = exact::sqrt(cell.rgb[0]), g = exact::sqrt(cell.rgb[1]), b = exact::sqrt(cell.rgb[2]);
    const double most = exact::max(exact::max(r, g), exact::max(b, 1e-3)), least = exact::min(exact::min(r, g), b);
    const double strength = (most - least) / most, level = exact::sqrt(cell.luminance / white);
    const double red_green = (r - g) / most, green_blue = (g - b) / most, blue_red = (b - r) / most;
    const bool is_red = r >= g && g >= b, is_grey = strength < 0.10;
    const bool is_green = red_green < 0.03 && green_blue > 0.16 && !(red_green > -0.05 && green_blue < 0.28);
    const bool is_blue = b >= g && blue_red > 0.13;
    const bool is_skin = is_red && red_green > 0.08 && red_green < 0.36 && green_blue > 0.02 && green_blue < 0.20;
    const bool is_wood = is_red && red_green > 0.08 && green_blue >= 0.20 && strength < 0.62;
    const bool is_white = is_grey && level > 0.7;
    const bool is_sand = is_red && strength > 0.10 && strength < 0.38 && level > 0.6;
    const bool is_glow = r >= g && r >= b && strength > 0.2 && level > 0.6;
    saturation.add(strength), (is_central(column, row) ? central : rim).add(strength);
    (is_central(column, row) ? central_red : rim_red).add(red_green);
    neutral.add(is_grey), bright_grey.add(is_white), brown.add(is_wood), vivid.add(strength > 0.62), skin.add(is_skin);
    if (is_central(column, row)) central_skin.add(is_skin);
    skin_mask[static_cast<std::size_t>(row * ScenePicture::kColumns + column)] =
        red_green > 0.06 && red_green < 0.42 && green_blue > -0.05 && green_blue < 0.24;  // whatever the balance
    if (is_upper(row))
      upper_blue.add(is_blue), upper_green.add(is_green), upper_glow.add(is_glow);
    else
      lower_blue.add(is_blue), lower_green.add(is_green), lower_white.add(is_white), lower_sand.add(is_sand);
  });
  s.saturation = saturation.value(), s.central_saturation = central.value() - rim.value();
  s.central_red = central_red.value() - rim_red.value();
  s.neutral = neutral.value(), s.white = bright_grey.value(), s.brown = brown.value(), s.vivid = vivid.value();
  s.skin = skin.value(), s.central_skin = central_skin.value();
  const SkinPatch patch = largest_skin_patch(picture, skin_mask);
  s.skin_patch = patch.share, s.skin_fill = patch.fill, s.skin_contrast = patch.contrast;
  s.upper_blue = upper_blue.value(), s.upper_green = upper_green.value(), s.upper_glow = upper_glow.value();
  s.lower_blue = lower_blue.value(), s.lower_green = lower_green.value();
  s.lower_white = lower_white.value(), s.lower_sand = lower_sand.value();
}

const Detection* largest_face(std::span<const Detection> detections) {
  const Detection* largest = nullptr;
  for (const Detection& d : detections)
    if (d.label == "face" && (!largest || d.box[3] > largest->box[3])) largest = &d;
  return largest;
}

}  // namespace

SceneStatistics scene_statistics(const SceneFrame& frame, const ScenePicture& picture) {
  constexpr double kNeutralLight = 5000, kDarkest = 1.0 / 16;
  SceneStatistics s;
  if (frame.lux) s.light = exact::log2(exact::max(*frame.lux, kDarkest)), s.light_known = 1;
  if (frame.lens_position) s.nearness = *frame.lens_position, s.nearness_known = 1;
  s.warmth = exact::log2(kNeutralLight / exact::max(frame.colour_temperature, 1000));
  const Detection* const face = largest_face(frame.detections);
  s.faces = static_cast<double>(std::ranges::count(frame.detections, "face", &Detection::label));
  if (face) s.face_size = face->box[3];
  if (picture.empty) return s;
  measure_light(picture, LumaHistogram(frame.statistics), s);
  measure_backlight(picture, face, s);
  measure_texture(picture, s);
  measure_detail(frame.statistics, s);
  measure_colour(picture, s);
  return s;
}

}  // namespace sunny16::firmware
