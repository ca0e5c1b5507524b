#include "sim/camera/module_tuning.h"

#include "firmware/control/colour.h"
#include "sim/light/illuminant.h"
#include "sim/sensor/expose.h"
#include "sim/sensor/response.h"

namespace sunny16::sim {
namespace {

/// Light boxes and filtered lamps of a calibration, kelvin: black bodies below 4000 K, daylight above.
constexpr std::array kLights{2300, 2600, 2856, 3200, 3600, 4000, 4500, 5000, 5500, 6000, 6504, 7500, 9000};

/// White in the mode at gain 1, and how fast light of 1 lx fills it: parts of black .. white a second.
double green_rate(const CameraModule& module, const Observer& observer) {
  const Conversion c = conversion(module.sensor, module.sensor.modes.front(), 1);
  return integral(parse_illuminant("D65").spectrum * observer[1]) * c.combined_charge / c.saturation_e;
}

firmware::NoiseModel noise_model(const CameraModule& module) {
  const SensorMode& mode = module.sensor.modes.front();
  constexpr double kLow = 1, kHigh = 4;
  const isp::NoiseProfile low = conversion(module.sensor, mode, kLow).noise(),
                          high = conversion(module.sensor, mode, kHigh).noise();
  const double read = isp::exact::max(0, (high.read - low.read) / (kHigh * kHigh - kLow * kLow));
  return {.shot = low.shot / kLow, .read = read, .converter = isp::exact::max(0, low.read - read)};
}

}  // namespace

firmware::CameraTuning module_tuning(const CameraModule& module) {
  const SensorModel& sensor = module.sensor;
  const Observer observer = photoelectrons(sensor, module.lens);
  firmware::CameraTuning tuning;
  tuning.sensor.base.name = sensor.name;
  const Conversion usual = conversion(sensor, sensor.modes.front(), 1);
  tuning.sensor.base.black.assign(4, usual.black * 65536 / (usual.white + 1));
  tuning.noise.base = noise_model(module);

  constexpr double kGrey = 0.18, kLuminance = 0.2, kLux = 500;
  firmware::LuxModel& lux = tuning.lux.base;
  lux.reference_gain = 1;
  lux.reference_lux = kLux;
  lux.reference_luminance = kLuminance;
  lux.reference_exposure_us = 1e6 * kLuminance / (kGrey * kLux * green_rate(module, observer));

  if (sensor.filter != ColourFilter::monochrome) {
    const std::vector<hal::ColourCalibration> calibrations = calibrate(observer);
    for (const int kelvin : kLights) {
      const auto white = neutral(observer, parse_illuminant(std::to_string(kelvin) + "K").spectrum);
      tuning.awb.base.ct_curve.push_back({static_cast<double>(kelvin), white[0], white[2]});
      if (const auto rendering = firmware::render_from_calibrations(calibrations, white))
        tuning.colour.base.matrices.push_back({static_cast<double>(kelvin), rendering->camera_to_srgb});
    }
  }

  if (module.lens.focus_near > 0)
    for (firmware::AfRangeTuning* range : {&tuning.af.base.normal, &tuning.af.base.macro, &tuning.af.base.full}) {
      range->min = isp::exact::max(range->min, module.lens.focus_far);
      range->max = isp::exact::min(range->max, module.lens.focus_near);
      range->rest = isp::exact::clamp(range->rest, range->min, range->max);
    }
  return tuning;
}

}  // namespace sunny16::sim
