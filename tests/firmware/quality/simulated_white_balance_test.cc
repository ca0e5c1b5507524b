// White balance of every simulated scene under lamps and daylight, where the light is known.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <string>
#include <vector>

#include "firmware/capture/frame_line.h"
#include "firmware/control/calibrated_curve.h"
#include "firmware/control/white_balance_estimate.h"
#include "sim/camera/module_tuning.h"
#include "sim/camera/shot.h"
#include "sim/scene/catalogue.h"

namespace sunny16::firmware::test {
namespace {

/// The angle between two neutrals in camera RGB, degrees: how colour constancy is judged.
double angle(const Vector3& a, const Vector3& b) {
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < 3; ++i) ab += a[i] * b[i], aa += a[i] * a[i], bb += b[i] * b[i];
  return std::acos(std::min(1.0, ab / std::sqrt(aa * bb))) * 180 / std::numbers::pi;
}

struct Mean {
  double sum = 0, worst = 0;
  int count = 0;
  void add(double v) { sum += v, worst = std::max(worst, v), ++count; }
  double value() const { return sum / count; }
};

/// What is known of the sensor, and how far the estimates are off: by light, and by scene.
struct Knowledge {
  std::string name;
  Mean all{};
  std::vector<Mean> lights{}, scenes{};
};

/// Lights as bright as they are where one meets them.
struct Light {
  std::string name;
  double lux;
};
const std::vector<Light> kLights{{"A", 80},    {"3200K", 150}, {"4000K", 400}, {"F2", 400},  {"F11", 400},
                                 {"LED", 300}, {"D50", 3000},  {"D65", 6000},  {"D75", 3000}};

TEST_CASE("white balance over the simulated scenes and lights") {
  const auto& scenes = sim::scene_names();
  std::vector<Knowledge> known{{"tuning and lux"}, {"two calibrations"}, {"nothing"}};
  for (Knowledge& k : known) k.lights.resize(kLights.size()), k.scenes.resize(scenes.size());
  for (const char* sensor : {"imx477", "imx708"}) {
    const CameraTuning tuning = sim::module_tuning(sim::load_module(sensor));
    for (std::size_t light = 0; light < kLights.size(); ++light)
      for (std::size_t scene = 0; scene < scenes.size(); ++scene) {
        sim::ShotSettings settings;
        settings.scene = std::string(scenes[scene].name), settings.sensor = sensor;
        settings.illuminant = kLights[light].name, settings.lux = kLights[light].lux;
        settings.window = {128, 96};
        const sim::Bench bench = sim::set_up(settings);
        const sim::Exposure exposure = sim::exposure_of(bench, settings);
        const hal::RawFrame frame = bench.record(bench.electrons(bench.timing(0, exposure.time_s), 2), exposure, 2);
        FrameRequest request;
        request.as_shot = false;
        const isp::Statistics statistics = prepare_frame(frame, tuning, request).statistics;

        AwbTuning calibrated;
        calibrated.bayes = false;
        calibrated.ct_curve = greys_of_calibrations(frame.calibrations);
        const std::vector<WhiteBalanceEstimate> estimates{
            estimate_white_balance(statistics, tuning.awb.base, settings.lux),
            estimate_white_balance(statistics, calibrated, {}), estimate_white_balance(statistics, {}, {})};
        for (std::size_t i = 0; i < known.size(); ++i) {
          const double off = angle(estimates[i].neutral, bench.neutral());
          known[i].all.add(off), known[i].lights[light].add(off), known[i].scenes[scene].add(off);
        }
      }
  }
  for (const Knowledge& k : known) {
    std::string text = k.name + ": mean " + std::to_string(k.all.value()) + ", worst " + std::to_string(k.all.worst);
    const auto add = [&text](std::string_view name, const Mean& mean) {
      char number[32];
      std::snprintf(number, sizeof number, " %.1f", mean.value());
      text += "\n  " + std::string(name) + number;
    };
    for (std::size_t i = 0; i < kLights.size(); ++i) add(kLights[i].name, k.lights[i]);
    for (std::size_t i = 0; i < scenes.size(); ++i) add(scenes[i].name, k.scenes[i]);
    MESSAGE(text);
    CHECK(k.all.value() <= 3.5);
  }
}

}  // namespace
}  // namespace sunny16::firmware::test
