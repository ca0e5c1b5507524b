#include "sim/camera/bench.h"

#include <algorithm>

#include "sim/light/lab.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;

/// Linear sRGB of an eye that has adapted to a light, as integrals of an irradiance; 1 is white in that light.
Observer adapted_eye(const Lamp& light) {
  const Spectrum irradiance = light.spectrum * light.lux;
  const Tristimulus white = xyz(irradiance);
  const isp::Matrix3 m = xyz_to_srgb({white.X / white.Y, 1, white.Z / white.Y});
  Observer eye;
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t k = 0; k < 3; ++k) eye[row] = eye[row] + kCie1931[k] * m[3 * row + k];
    eye[row] = eye[row] * (1 / integral(irradiance * kCie1931[1]));
  }
  return eye;
}

/// Where the lens is focused: on the scene, or as near to it as the lens can; or as asked.
double focus(const BenchSetup& setup) {
  const LensModel& lens = setup.module.lens;
  if (lens.focus_near <= 0) return lens.focus;
  return exact::clamp(setup.lens_position.value_or(1 / setup.scene->distance_m()), lens.focus_far, lens.focus_near);
}

}  // namespace

Bench::Bench(BenchSetup setup)
    : setup_(std::move(setup)),
      grid_(sample_grid(setup_.module.sensor, setup_.mode)),
      observer_(photoelectrons(setup_.module.sensor, setup_.module.lens)),
      lamps_(setup_.scene->lamps(setup_.light)),
      palette_(lamps_, setup_.scene->materials(), without_crosstalk(observer_, setup_.module.sensor)),
      eye_(lamps_, setup_.scene->materials(), adapted_eye(lamps_[0])),
      lens_(setup_.module.lens, half_diagonal_um(setup_.module.sensor), grid_.height_um(),
            1 / setup_.scene->distance_m(), focus(setup_), mean_wavelengths(observer_, lamps_[0].spectrum)),
      calibrations_(calibrate(observer_)),
      shading_(std::make_shared<isp::GainMesh>(gain_mesh(lens_, grid_))) {}

bool Bench::changes() const {
  return setup_.scene->moves() || !std::ranges::all_of(lamps_, [](const Lamp& lamp) { return lamp.steady(); });
}

RowTiming Bench::timing(double start_s, double exposure_s) const {
  const bool rolling = !setup_.module.sensor.global_shutter;
  return {.start_s = start_s, .exposure_s = exposure_s, .line_s = rolling ? 1e-6 * setup_.mode.line_time_us : 0};
}

isp::Image<float> Bench::electrons(const RowTiming& timing, int threads) const {
  return form_image(*setup_.scene, lamps_, palette_, lens_, grid_, timing, threads);
}

isp::Image<float> Bench::electrons_of_lamp(std::size_t lamp, int threads) const {
  std::vector<Lamp> steady = lamps_;
  std::vector<double> alone(lamps_.size(), 0.0);
  alone[lamp] = 1;
  for (Lamp& l : steady) l.flicker = Flicker::none, l.on_from_s = Lamp::kAlways;
  return form_image(*setup_.scene, steady, palette_.at_levels(alone), lens_, grid_, timing(0, 1), threads);
}

isp::Image<float> Bench::truth(const RowTiming& timing, int threads) const {
  return true_image(*setup_.scene, lamps_, eye_, lens_, grid_, timing, threads);
}

hal::RawFrame Bench::record(const isp::Image<float>& electrons_s, const Exposure& exposure, int threads) const {
  const SensorModel& sensor = setup_.module.sensor;
  const isp::Image<std::uint16_t> samples = expose(sensor, setup_.mode, electrons_s, exposure, threads);
  const int width = samples.width(), height = samples.height();
  const std::size_t stride = 2 * static_cast<std::size_t>(width);
  auto storage = std::make_shared<std::vector<std::byte>>(stride * static_cast<std::size_t>(height));
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      std::byte* at = storage->data() + stride * static_cast<std::size_t>(y) + 2 * static_cast<std::size_t>(x);
      at[0] = static_cast<std::byte>(samples.row(y)[x] & 0xFF);
      at[1] = static_cast<std::byte>(samples.row(y)[x] >> 8);
    }

  const Conversion conversion = sim::conversion(sensor, setup_.mode, exposure.analogue_gain);
  const bool mono = sensor.filter == ColourFilter::monochrome;
  hal::RawFrame frame;
  frame.raw = {.bytes = *storage,
               .width = width,
               .height = height,
               .stride = stride,
               .phase = mono ? isp::CfaPhase::rggb : static_cast<isp::CfaPhase>(sensor.filter)};
  frame.storage = std::move(storage);
  frame.monochrome = mono;
  frame.cell = setup_.mode.readout == Readout::cells ? sensor.cell : 1;
  frame.bits = setup_.mode.bits;
  frame.black.fill(conversion.black);
  frame.white = conversion.white;
  frame.applied.exposure_us = 1e6 * exposure.time_s;
  frame.applied.analogue_gain = exposure.analogue_gain;
  if (setup_.module.lens.focus_near > 0) frame.applied.lens_position = focus(setup_);
  frame.sequence = exposure.frame;
  frame.make = "Sunny16";
  frame.model = "simulated " + sensor.name;
  frame.unique_model = frame.make + ' ' + frame.model;
  frame.aperture = setup_.module.lens.f_number;
  frame.focal_length_mm = setup_.module.lens.focal_length_mm;
  frame.noise = conversion.noise();
  frame.shading = shading_;
  if (!mono) {
    frame.calibrations = calibrations_;
    frame.as_shot_neutral = neutral();
  }
  return frame;
}

double Bench::exposure_for(double part_of_white, double analogue_gain) const {
  double most = 0;
  for (const Spectrum& channel : observer_)
    most = exact::max(most, integral(lamps_[0].spectrum * lamps_[0].lux * channel));
  const Conversion c = conversion(setup_.module.sensor, setup_.mode, analogue_gain);
  return part_of_white * c.saturation_e / (most * c.combined_charge);
}

}  // namespace sunny16::sim
