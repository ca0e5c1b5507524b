#include "sim/metrics/noise_profile.h"

#include <doctest/doctest.h>

#include <vector>

#include "firmware/tuning/raspberry_pi.h"
#include "sim/metrics/metric_error.h"
#include "tests/sim/metrics/simulated_sensor.h"

namespace sunny16::sim {
namespace {

TEST_CASE("Patches of one frame tell the sensor's gain and read noise") {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const test::SimulatedSensor sensor{
        .gain_dn_per_e = 0.5, .read_noise_e = 4, .black_dn = 256, .bits = 12, .seed = seed};
    std::vector<Moments> patches;
    for (const double electrons : {30.0, 100.0, 300.0, 900.0, 2500.0, 5000.0}) {
      const auto image = sensor.expose(electrons, static_cast<std::uint64_t>(electrons));
      patches.push_back(moments("patch", image.view(), {20, 20, 150, 110}));
      patches.back().mean -= sensor.black_dn;
    }
    const NoiseProfileFit fit = fit_noise_profile(patches);
    CHECK(fit.shot_dn == doctest::Approx(0.5).epsilon(0.02));
    CHECK(fit.read_noise_dn == doctest::Approx(std::sqrt(4 + 1.0 / 12)).epsilon(0.05));
    CHECK(fit.fit_error_percent < 3);
    const isp::NoiseProfile relative = fit.relative_to(4095 - 256);
    CHECK(relative.shot == doctest::Approx(fit.shot_dn / 3839));
    CHECK(relative.read == doctest::Approx(fit.read_noise_dn * fit.read_noise_dn / (3839.0 * 3839)));
  }
}

TEST_CASE("Points on a line give the line, clipped patches are left out") {
  std::vector<Moments> patches;
  for (const double mean : {0.0, 10.0, 40.0, 200.0}) patches.push_back({mean, 2.25 + 0.3 * mean, 100});
  patches.push_back({500, 0, 100});
  const NoiseProfileFit fit = fit_noise_profile(patches);
  CHECK(fit.shot_dn == doctest::Approx(0.3));
  CHECK(fit.read_noise_dn == doctest::Approx(1.5));
  CHECK(fit.fit_error_percent < 1e-6);
  CHECK_THROWS_AS(fit_noise_profile(std::vector<Moments>{{1, 2, 9}, {2, 3, 9}}), MetricError);
  CHECK_THROWS_AS(fit_noise_profile(std::vector<Moments>{{1, 4, 9}, {2, 3, 9}, {3, 2, 9}}), MetricError);
}

TEST_CASE("The slope that we would write in a Raspberry Pi's file reads back as the sensor's noise") {
  // 8000 e- over 12 bits less a black of 256: 0.48 DN an electron at gain 1.
  const double shot_dn = 3839.0 / 8000, slope = raspberry_pi_reference_slope(shot_dn, 12, 1);
  const nlohmann::json file{{"version", 2.0},
                            {"target", "bcm2835"},
                            {"algorithms",
                             {{{"rpi.black_level", {{"black_level", 4096}}}},
                              {{"rpi.noise", {{"reference_constant", 0}, {"reference_slope", slope}}}}}}};
  const double shot = firmware::read_raspberry_pi(file, "$").sections.noise.base.shot;
  CHECK(shot == doctest::Approx(1.0 / 8000).epsilon(0.001));
  CHECK(raspberry_pi_reference_slope(4 * shot_dn, 12, 4) == doctest::Approx(slope));
}

}  // namespace
}  // namespace sunny16::sim
