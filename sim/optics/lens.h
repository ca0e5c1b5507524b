// A lens before a sensor: where points of the scene are thrown to, how widely they spread, and how much light is lost.
#pragma once

#include <array>
#include <vector>

#include "isp/core/conditions.h"
#include "isp/core/exact_math.h"
#include "sim/optics/lens_model.h"
#include "sim/optics/psf.h"
#include "sim/scene/scene.h"
#include "sim/sensor/sample_grid.h"

namespace sunny16::sim {

/// A place on the sensor in um; the lens's axis is (0, 0), y runs downwards.
struct SensorPlace {
  double x = 0, y = 0;
};

class Lens {
 public:
  /// `half_diagonal_um` is where the model's figures have their radius 1; `height_um` of the sensor takes in the whole
  /// height of a scene. The scene is `scene_dioptres` away (1 / m), the lens focused at `focus_dioptres`.
  /// `wavelengths_nm` stand for the red, green and blue that the sensor sees.
  Lens(const LensModel& model, double half_diagonal_um, double height_um, double scene_dioptres, double focus_dioptres,
       const std::array<double, 3>& wavelengths_nm);

  /// Where a point of the scene is thrown to in green light, and back.
  SensorPlace place(Point at) const;
  Point point(SensorPlace at) const {
    const double step = isp::exact::min(radius2(at) * (kSteps / kFarthest2), kSteps - 1e-9);
    const int i = static_cast<int>(step);
    const double *ratio = undistortion_.data() + i, scale = ratio[0] + (ratio[1] - ratio[0]) * (step - i);
    return {at.x * scale, at.y * scale};
  }
  /// How far from green's place a channel's (0 red, 1 green, 2 blue) lies, as a part of the distance from the axis.
  double lateral(int channel) const { return lateral_[static_cast<std::size_t>(channel)]; }

  /// The square of the radius, 1 in the array's corners.
  double radius2(SensorPlace at) const { return (at.x * at.x + at.y * at.y) * inverse_diagonal2_; }
  PointSpread spread(int channel, double radius2) const;
  /// Part of the axis's light that a channel gets.
  double fall_off(int channel, double radius2) const;
  double veiling_glare() const { return 0.01 * model_.veiling_glare_percent; }

 private:
  /// Radii reach beyond the corners, where point spreads still fetch light.
  static constexpr double kFarthest2 = 1.5;
  static constexpr int kSteps = 512;

  LensModel model_;
  double height_um_, inverse_diagonal2_, corner_tangent2_, defocus_um_;
  std::array<double, 3> wavelengths_um_, lateral_;
  /// Of the square of a distorted radius: true over distorted radius, per um of the scene's height.
  std::vector<double> undistortion_;
};

/// The gains that undo the fall-off over a picture, as a calibration finds them; 1 in the middle.
isp::GainMesh gain_mesh(const Lens& lens, const SampleGrid& grid);

}  // namespace sunny16::sim
