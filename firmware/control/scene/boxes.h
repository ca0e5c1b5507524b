// Boxes of detections: x, y, width and height as fractions of a picture.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "firmware/control/scene/detection.h"

namespace sunny16::firmware {

using Box = std::array<double, 4>;

/// What detectors call a face; control steers by it.
inline constexpr std::string_view kFace = "face";

/// The part of a box that lies in the picture; nothing left of it has no width or no height.
Box inside_picture(const Box& box);
/// Whether a box has an area: false where one of its numbers is none.
inline bool has_area(const Box& box) { return box[2] > 0 && box[3] > 0; }
inline double area(const Box& box) { return box[2] * box[3]; }
/// Intersection over union, 0..1.
double overlap(const Box& a, const Box& b);

/// Which of a detector's boxes are kept.
struct Selection {
  double confidence = 0.5;  ///< at least
  double overlap = 0.45;    ///< of a surer box of the same label: at most
  std::size_t most = 32;
};

/// Non-maximum suppression: the surest first, without those that a surer one of the same label covers. Boxes are cut to
/// the picture; those without area and with a confidence that is none are left out.
std::vector<Detection> selected(std::vector<Detection> detections, const Selection& selection);

}  // namespace sunny16::firmware
