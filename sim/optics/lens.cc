#include "sim/optics/lens.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;

}  // namespace

Lens::Lens(const LensModel& model, double half_diagonal_um, double height_um, double scene_dioptres,
           double focus_dioptres, const std::array<double, 3>& wavelengths_nm)
    : model_(model), height_um_(height_um), inverse_diagonal2_(1 / (half_diagonal_um * half_diagonal_um)) {
  const double tangent = half_diagonal_um / (1000 * model.focal_length_mm);
  corner_tangent2_ = tangent * tangent;
  // A thin lens's blur disc: pupil diameter times focal length times the difference in focus.
  const double pupil_mm = model.focal_length_mm / model.f_number;
  defocus_um_ = pupil_mm * model.focal_length_mm * exact::abs(scene_dioptres - focus_dioptres);  // mm mm / m = um
  lateral_ = {model.lateral_red_um / half_diagonal_um, 0, model.lateral_blue_um / half_diagonal_um};
  for (std::size_t c = 0; c < 3; ++c) wavelengths_um_[c] = 1e-3 * wavelengths_nm[c];

  for (int i = 0; i <= kSteps; ++i) {
    const double distorted = exact::sqrt(kFarthest2 * i / kSteps);
    double low = 0, high = 2 * distorted;  // the model's distortion grows with the radius (LensModel::problem)
    for (int bisection = 0; bisection < 50; ++bisection) {
      const double r = 0.5 * (low + high), r2 = r * r;
      (r * (1 + r2 * (model.distortion_k1 + r2 * model.distortion_k2)) < distorted ? low : high) = r;
    }
    undistortion_.push_back((distorted > 0 ? 0.5 * (low + high) / distorted : 1) / height_um);
  }
}

SensorPlace Lens::place(Point at) const {
  const double x = at.x * height_um_, y = at.y * height_um_, r2 = radius2({x, y});
  const double scale = 1 + r2 * (model_.distortion_k1 + r2 * model_.distortion_k2);
  return {x * scale, y * scale};
}

PointSpread Lens::spread(int channel, double radius2) const {
  return {.wavelength_um = wavelengths_um_[static_cast<std::size_t>(channel)],
          .f_number = model_.f_number,
          .aberration_um = model_.aberration_centre_um +
                           (model_.aberration_corner_um - model_.aberration_centre_um) * exact::min(radius2, 1),
          .defocus_um = defocus_um_};
}

double Lens::fall_off(int channel, double radius2) const {
  const double cosine2 = 1 / (1 + corner_tangent2_ * radius2);
  const double colour = channel == 0 ? model_.red_shading_percent : channel == 2 ? model_.blue_shading_percent : 0;
  return cosine2 * cosine2 * (1 - 0.01 * model_.vignetting_percent * radius2 * radius2) * (1 - 0.01 * colour * radius2);
}

isp::GainMesh gain_mesh(const Lens& lens, const SampleGrid& grid) {
  isp::GainMesh mesh{.columns = 17, .rows = 13, .gains = {}};
  constexpr std::array<int, 4> kChannels{0, 1, 1, 2};
  const double sample = grid.combined * grid.site_um;
  for (std::size_t plane = 0; plane < 4; ++plane)
    for (int row = 0; row < mesh.rows; ++row)
      for (int column = 0; column < mesh.columns; ++column) {
        const SensorPlace at{(static_cast<double>(column) / (mesh.columns - 1) - 0.5) * (grid.columns - 1) * sample,
                             (static_cast<double>(row) / (mesh.rows - 1) - 0.5) * (grid.rows - 1) * sample};
        mesh.gains[plane].push_back(1 / lens.fall_off(kChannels[plane], lens.radius2(at)));
      }
  return mesh;
}

}  // namespace sunny16::sim
