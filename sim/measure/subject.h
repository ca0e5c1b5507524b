// What is measured: a picture or a raw frame from a file, and what is known of what it shows.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hal/api/raw_frame.h"
#include "hal/replay/raw_description.h"
#include "sim/camera/shot.h"
#include "sim/metrics/colour.h"
#include "sim/metrics/oecf.h"
#include "sim/metrics/position.h"
#include "sim/picture/picture.h"

namespace sunny16::sim {

struct SubjectOptions {
  hal::RawDescription raw;      ///< of headerless data
  bool linear = false;          ///< a picture's numbers are light, whatever its kind says
  std::filesystem::path truth;  ///< what simulate wrote; empty: FILE.truth.json if there is one
  int threads = 1;
};

class Subject {
 public:
  /// Throws hal::InputError, or firmware::TuningError for the truth.
  Subject(const std::filesystem::path& file, const SubjectOptions& options);
  /// A picture in memory, in display code.
  Subject(std::string name, Picture picture, std::optional<ShotTruth> truth, int threads);

  const std::string& name() const { return name_; }
  const std::optional<hal::RawFrame>& raw() const { return raw_; }
  const std::optional<ShotTruth>& truth() const { return truth_; }
  int width() const { return raw_ ? raw_->raw.width : picture_->width(); }
  int height() const { return raw_ ? raw_->raw.height : picture_->height(); }

  /// The picture as light, planes of red, green and blue. A raw frame is developed for it: colorimetric, as shot.
  const std::array<isp::Image<float>, 3>& light() const;
  /// Relative luminance of the light, and the luma of the display code.
  const isp::Image<float>& luminance() const;
  const isp::Image<float>& luma() const;
  /// Each sample of a raw frame in its place, black 0 and white 1.
  const isp::Image<float>& mosaic() const;
  /// What a perfect camera would have seen, in linear sRGB: drawn again from the shot's settings. Throws MetricError
  /// without a truth.
  const std::array<isp::Image<float>, 3>& ideal() const;
  const isp::Image<float>& ideal_luminance() const;

  /// Targets of the truth, in this picture's pixels.
  std::vector<PlacedTarget> targets(TargetKind kind) const;
  bool has(TargetKind kind) const;

 private:
  const Picture& picture() const;

  std::string name_;
  int threads_;
  std::optional<hal::RawFrame> raw_;
  std::optional<ShotTruth> truth_;
  mutable std::optional<Picture> picture_;
  mutable std::optional<std::array<isp::Image<float>, 3>> light_, ideal_;
  mutable std::optional<isp::Image<float>> luminance_, luma_, mosaic_, ideal_luminance_;
};

std::array<Plane, 3> views(const std::array<isp::Image<float>, 3>& planes);

/// Where a target's corners lie: whole numbers are the centres of pixels.
std::array<Position, 4> corners(const PlacedTarget& target);
/// The largest upright rectangle that surely lies inside a target, shrunk to a part of its sides.
isp::Rect inside(const PlacedTarget& target, double part);

}  // namespace sunny16::sim
