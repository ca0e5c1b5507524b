// Greys from DNG calibrations against those that the spectra of a simulated sensor give.
#include <doctest/doctest.h>

#include <cmath>

#include "firmware/control/calibrated_curve.h"
#include "sim/camera/module_tuning.h"
#include "sim/sensor/response.h"

namespace sunny16::firmware {
namespace {

TEST_CASE("two calibrations tell the greys under the lights between them") {
  for (const char* name : {"imx219", "imx477", "imx708"}) {
    CAPTURE(name);
    const sim::CameraModule module = sim::load_module(name);
    AwbTuning measured = sim::module_tuning(module).awb.base, calibrated;
    calibrated.ct_curve = greys_of_calibrations(sim::calibrate(sim::photoelectrons(module.sensor, module.lens)));
    REQUIRE(!calibrated.ct_curve.empty());
    for (double temperature = 2500; temperature < 8500; temperature += 500) {
      CAPTURE(temperature);
      const GreyPoint a = measured.grey_at(temperature), b = calibrated.grey_at(temperature);
      CHECK(std::abs(a.r / b.r - 1) < 0.06);
      CHECK(std::abs(a.b / b.b - 1) < 0.06);
    }
  }
}

TEST_CASE("one calibration, or matrices without colour, tell nothing") {
  hal::ColourCalibration daylight;
  daylight.illuminant_temperature = 6504;
  daylight.xyz_to_camera = {1, 0, 0, 0, 1, 0, 0, 0, 1};
  hal::ColourCalibration lamp = daylight;
  lamp.illuminant_temperature = 2856;
  CHECK(greys_of_calibrations({}).empty());
  CHECK(greys_of_calibrations({daylight}).empty());
  CHECK(greys_of_calibrations({daylight, daylight}).empty());
  CHECK(!greys_of_calibrations({lamp, daylight}).empty());
  lamp.xyz_to_camera = {0, 0, 0, 0, 1, 0, 0, 0, 1};
  CHECK(greys_of_calibrations({lamp, daylight}).empty());
}

}  // namespace
}  // namespace sunny16::firmware
