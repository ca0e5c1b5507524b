// What one frame tells of the scene: figures that a person can read, and that the classifier reads as they are. Each
// row of the table below is one input of the classifier, scaled by its range.
#pragma once

#include <optional>
#include <span>

#include "firmware/control/scene/detection.h"
#include "firmware/control/scene/scene_picture.h"

namespace sunny16::firmware {

/// A frame, and what is known of it besides its statistics.
struct SceneFrame {
  const isp::Statistics& statistics;
  std::array<double, 2> colour_gains{1, 1};
  isp::Matrix3 camera_to_srgb = kTypicalCameraToSrgb;
  double colour_temperature = 5500;       ///< of the light, kelvin
  std::optional<double> lux{};            ///< of the scene
  std::optional<double> lens_position{};  ///< dioptres
  double exposure = 0;                    ///< time x analogue gain, us; 0: not known
  std::uint64_t timestamp_ns = 0;
  std::span<const Detection> detections{};
};

struct SceneStatistics {
  double light = 0;
  double light_known = 0;
  double dynamic_range = 0, clipped = 0, dark = 0, lamps = 0;
  double backlight = 0, contrast = 0, upper_light = 0, central_light = 0;
  double upper_texture = 0, lower_texture = 0, flat = 0, central_detail = 0, lower_detail = 0, detailed = 0;
  double warmth = 0, saturation = 0, central_saturation = 0, neutral = 0;
  double upper_blue = 0, lower_blue = 0, upper_green = 0, lower_green = 0, upper_glow = 0;
  double white = 0, lower_white = 0, lower_sand = 0, brown = 0, vivid = 0, skin = 0, central_skin = 0;
  double skin_patch = 0, skin_fill = 0, skin_contrast = 0, central_red = 0;
  double nearness = 0, nearness_known = 0;
  double faces = 0, face_size = 0;
};

SceneStatistics scene_statistics(const SceneFrame& frame, const ScenePicture& picture);

}  // namespace sunny16::firmware

template <>
struct sunny16::isp::Describe<sunny16::firmware::SceneStatistics> {
  using S = sunny16::firmware::SceneStatistics;
  static constexpr auto fields = std::tuple{
      field<&S::light>("light", -4, 18, "EV", "Binary logarithm of the scene's illuminance in lux."),
      field<&S::light_known>("light_known", 0, 1, "", "1 where it is known."),
      field<&S::dynamic_range>("dynamic_range", 0, 14, "EV", "From the darkest to the brightest percent."),
      field<&S::clipped>("clipped", 0, 1, "ratio", "Share of the metered picture that is white."),
      field<&S::dark>("dark", 0, 1, "ratio", "Share of cells four stops or more below the brightest."),
      field<&S::lamps>("lamps", 0, 1, "ratio", "Share of cells four stops or more above the median."),
      field<&S::backlight>("backlight", -6, 6, "EV", "How much brighter the surroundings are than the subject."),
      field<&S::contrast>("contrast", 0, 5, "EV", "Standard deviation of the cells' luminance."),
      field<&S::upper_light>("upper_light", -6, 6, "EV", "How much brighter the upper third is than the lower."),
      field<&S::central_light>("central_light", -6, 6, "EV", "How much brighter the middle is than the rim."),
      field<&S::upper_texture>("upper_texture", 0, 2, "EV", "Mean step from cell to cell in the upper half."),
      field<&S::lower_texture>("lower_texture", 0, 2, "EV", "Mean step from cell to cell in the lower half."),
      field<&S::flat>("flat", 0, 1, "ratio", "Share of neighbouring cells that are about equal."),
      field<&S::central_detail>("central_detail", -6, 6, "EV", "Fine contrast of the middle over the rim's."),
      field<&S::lower_detail>("lower_detail", -6, 6, "EV", "Fine contrast of the lower half over the upper's."),
      field<&S::detailed>("detailed", 0, 1, "ratio", "Share of zones with half of the mean fine contrast or more."),
      field<&S::warmth>("warmth", -1.5, 1.5, "EV", "How far the light lies below 5000 K, as a ratio."),
      field<&S::saturation>("saturation", 0, 1, "ratio", "Mean saturation."),
      field<&S::central_saturation>("central_saturation", -1, 1, "ratio", "Saturation of the middle less the rim's."),
      field<&S::neutral>("neutral", 0, 1, "ratio", "Share of greys."),
      field<&S::upper_blue>("upper_blue", 0, 1, "ratio", "Share of blue in the upper half."),
      field<&S::lower_blue>("lower_blue", 0, 1, "ratio", "Share of blue in the lower half."),
      field<&S::upper_green>("upper_green", 0, 1, "ratio", "Share of foliage's colour in the upper half."),
      field<&S::lower_green>("lower_green", 0, 1, "ratio", "Share of foliage's colour in the lower half."),
      field<&S::upper_glow>("upper_glow", 0, 1, "ratio", "Share of bright yellow, orange and pink in the upper half."),
      field<&S::white>("white", 0, 1, "ratio", "Share of bright greys."),
      field<&S::lower_white>("lower_white", 0, 1, "ratio", "The same in the lower half."),
      field<&S::lower_sand>("lower_sand", 0, 1, "ratio", "Share of bright pale yellow in the lower half."),
      field<&S::brown>("brown", 0, 1, "ratio", "Share of wood's colour."),
      field<&S::vivid>("vivid", 0, 1, "ratio", "Share of strong colours."),
      field<&S::skin>("skin", 0, 1, "ratio", "Share of skin's colour."),
      field<&S::central_skin>("central_skin", 0, 1, "ratio", "The same in the middle."),
      field<&S::skin_patch>("skin_patch", 0, 0.5, "ratio", "Share of the largest connected patch of skin's colour."),
      field<&S::skin_fill>("skin_fill", 0, 1, "ratio", "How much of the box around that patch it fills."),
      field<&S::skin_contrast>("skin_contrast", -5, 5, "EV", "How much brighter it is than what is around it."),
      field<&S::central_red>("central_red", -1, 1, "ratio",
                             "How much redder, against green, the middle is than the rim."),
      field<&S::nearness>("nearness", 0, 12, "1/m", "Inverse of the distance that the lens is focused on."),
      field<&S::nearness_known>("nearness_known", 0, 1, "", "1 where it is known."),
      field<&S::faces>("faces", 0, 6, "", "Faces that a detector found."),
      field<&S::face_size>("face_size", 0, 1, "ratio", "Height of the largest, as a part of the picture's.")};
};
