// Shots in a folder as `sunny16 simulate` leaves them, raw files with their truth, to be measured.
#pragma once

#include <functional>
#include <string>

#include "firmware/output/picture_file.h"
#include "firmware/tuning/described_json.h"
#include "sim/measure/measure.h"
#include "tests/temp_dir.h"

namespace sunny16::sim::test {

class Shots {
 public:
  /// A shipped module with some of its figures changed, as a file for ShotSettings::sensor.
  std::string module(const std::string& name, const std::function<void(CameraModule&)>& change) const {
    CameraModule module = load_module(name);
    change(module);
    const nlohmann::ordered_json file{{"sunny16_sensor", 1},
                                      {"sensor", firmware::to_json(module.sensor)},
                                      {"lens", firmware::to_json(module.lens)},
                                      {"sources", module.sources}};
    return folder_.file(name + "-changed.json", file.dump()).string();
  }

  Subject take(const ShotSettings& settings, const std::string& name = "shot") const {
    const Bench bench = set_up(settings);
    const Exposure exposure = exposure_of(bench, settings);
    const double start = frame_start(bench, exposure.time_s, settings.frame);
    return take(settings, bench, bench.electrons(bench.timing(start, exposure.time_s), 2), name);
  }
  /// The same of light that was drawn before.
  Subject take(const ShotSettings& settings, const Bench& bench, const isp::Image<float>& light,
               const std::string& name) const {
    const Exposure exposure = exposure_of(bench, settings);
    firmware::write_dng(folder_ / (name + ".dng"), bench.record(light, exposure, 2));
    folder_.file(name + ".truth.json", truth_text(truth_of(bench, settings, exposure)));
    return Subject(folder_ / (name + ".dng"), options());
  }

  static SubjectOptions options() {
    SubjectOptions options;
    options.threads = 2;
    return options;
  }

 private:
  TempDir folder_;
};

/// Of the imx477, whose pixels are not combined, and bright, so that there is little noise.
inline ShotSettings bright(const std::string& scene, std::array<int, 2> window, const std::string& sensor = "imx477") {
  ShotSettings settings;
  settings.scene = scene, settings.sensor = sensor, settings.window = window;
  settings.lux = 2000, settings.gain = 1;
  return settings;
}

/// No flaw that spreads light further than the lens's point does, or changes it over the field.
inline void sharp_and_even(CameraModule& module) {
  module.sensor.crosstalk_percent = 0;
  module.lens.veiling_glare_percent = module.lens.vignetting_percent = 0;
  module.lens.red_shading_percent = module.lens.blue_shading_percent = 0;
}

/// The whole array is small, and read without combining pixels: lens figures then have their radius 1 in the picture's
/// corners, and all colours their samples in place.
inline void small_array(CameraModule& module, int width, int height) {
  SensorModel& s = module.sensor;
  s.width = width, s.height = height;
  s.modes.resize(1);
  s.modes[0].width = width, s.modes[0].height = height;
}

inline Measurement measured(const std::string& metric, const Subject& subject, const MeasureOptions& options = {}) {
  for (const Metric& m : metrics())
    if (m.name == metric) return m.measure(subject, options);
  throw std::runtime_error("no metric " + metric);
}

}  // namespace sunny16::sim::test
