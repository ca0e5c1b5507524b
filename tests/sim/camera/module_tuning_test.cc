// The tuning of a simulated module says what is true of its frames.
#include <doctest/doctest.h>

#include <cmath>
#include <memory>

#include "sim/camera/bench.h"
#include "sim/camera/module_tuning.h"
#include "tests/sim/camera/small_camera.h"

namespace sunny16::sim {
namespace {

TEST_CASE("levels, noise, greys and lux are those of the frames") {
  for (const char* name : {"imx219", "imx477", "imx708"}) {
    CAPTURE(name);
    BenchSetup setup = test::small_setup(name);
    setup.mode.width = 64, setup.mode.height = 48;
    const firmware::CameraTuning tuning = module_tuning(setup.module);
    const double lux = setup.light.lux;
    const Bench bench(std::move(setup));
    const Exposure exposure{.time_s = 0.3 * bench.exposure_for(1, 2) / test::kGrey, .analogue_gain = 2};
    const hal::RawFrame frame = bench.record(bench.electrons(bench.timing(0, exposure.time_s), 1), exposure, 1);

    CHECK(tuning.sensor.base.black[1] * (frame.white + 1) / 65536 == doctest::Approx(frame.black[1]));
    const isp::NoiseProfile noise = tuning.noise.base.at(exposure.analogue_gain);
    CHECK(noise.shot == doctest::Approx(frame.noise->shot).epsilon(0.02));
    CHECK(std::abs(noise.read / frame.noise->read - 1) < 0.1);
    const firmware::GreyPoint grey = tuning.awb.base.grey_at(6504);
    CHECK(std::abs(grey.r / bench.neutral()[0] - 1) < 0.01);
    CHECK(std::abs(grey.b / bench.neutral()[2] - 1) < 0.01);

    double mean = 0;
    for (int y = 16; y < 32; ++y) mean += test::row_mean(frame, y) / 16;
    const double luminance = mean / (frame.white - frame.black[1]);
    const double estimate = tuning.lux.base.estimate(luminance, 1e6 * exposure.time_s, exposure.analogue_gain);
    CHECK(std::abs(estimate / lux - 1) < 0.15);  // shading and glare count as light
  }
}

TEST_CASE("the lens's reach bounds the focus; a monochrome module has no greys") {
  const firmware::CameraTuning focusing = module_tuning(load_module("imx708"));
  CHECK(focusing.af.base.full.max == 10);
  CHECK(focusing.af.base.macro.min == 3);
  CHECK(module_tuning(load_module("imx296_mono")).awb.base.ct_curve.empty());
}

TEST_CASE("it is a tuning that a file can hold") {
  for (const std::string& name : module_names()) {
    CAPTURE(name);
    CHECK_NOTHROW(firmware::parse_tuning(firmware::tuning_text(module_tuning(load_module(name))), name));
  }
}

}  // namespace
}  // namespace sunny16::sim
