// Colour from calibrations, on sensors whose colours are known because they were made up.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "firmware/control/colour.h"

namespace sunny16::firmware {
namespace {

using isp::Matrix3;

constexpr Matrix3 kIdentity{1, 0, 0, 0, 1, 0, 0, 0, 1};
/// Camera RGB of XYZ, as two sensors see it.
constexpr Matrix3 kSensor{0.7, -0.2, -0.05, -0.45, 1.25, 0.22, -0.08, 0.2, 0.55};
constexpr Matrix3 kOther{0.9, -0.3, -0.1, -0.4, 1.2, 0.2, -0.1, 0.25, 0.6};
/// sRGB's primaries in XYZ.
constexpr Matrix3 kSrgbToXyz{0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522,
                             0.0721750, 0.0193339, 0.1191920, 0.9503041};
constexpr Vector3 kWhiteA{1.09850, 1, 0.35585}, kWhiteD65{0.95047, 1, 1.08883};

template <class T>
void check_near(const T& found, const T& expected, double tolerance) {
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CAPTURE(i);
    CHECK(std::fabs(found[i] - expected[i]) < tolerance);
  }
}

std::vector<hal::ColourCalibration> calibrations(const Matrix3& warm, const Matrix3& daylight) {
  return {{.illuminant_temperature = 2856, .xyz_to_camera = warm, .camera_to_xyz_d50 = {}},
          {.illuminant_temperature = 6504, .xyz_to_camera = daylight, .camera_to_xyz_d50 = {}}};
}

TEST_CASE("a matrix and its inverse") {
  for (const Matrix3& m : {kSensor, kOther, kSrgbToXyz, kTypicalCameraToSrgb}) {
    check_near(multiply(m, inverse(m).value()), kIdentity, 1e-12);
    check_near(multiply(inverse(m).value(), m), kIdentity, 1e-12);
  }
  Matrix3 small = kSensor;
  for (double& v : small) v *= 1e-5;  // not singular: only small
  check_near(multiply(small, inverse(small).value()), kIdentity, 1e-9);
  check_near(multiply(kSensor, multiply(kOther, kWhiteA)), multiply(multiply(kSensor, kOther), kWhiteA), 1e-12);
}

TEST_CASE("singular matrices have no inverse") {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN(), kInfinity = std::numeric_limits<double>::infinity();
  CHECK(!inverse(Matrix3{}));
  CHECK(!inverse({1, 2, 3, 2, 4, 6, 0, 0, 1}));
  CHECK(!inverse({1, 2, 3, 4, 5, 6, 7, 8, 9}));
  CHECK(!inverse({kNan, 0, 0, 0, 1, 0, 0, 0, 1}));
  CHECK(!inverse({kInfinity, 0, 0, 0, 1, 0, 0, 0, 1}));
}

TEST_CASE("rows that keep white") {
  const Matrix3 m = white_preserving({2, 0, 0, 1, 2, 1, -1, 0, 3}).value();
  check_near(m, Matrix3{1, 0, 0, 0.25, 0.5, 0.25, -0.5, 0, 1.5}, 1e-12);
  CHECK(!white_preserving({1, -1, 0, 0, 1, 0, 0, 0, 1}));
  CHECK(!white_preserving({1, 0, 0, 0, -1, 0, 0, 0, 1}));
  CHECK(!white_preserving({std::numeric_limits<double>::quiet_NaN(), 0, 0, 0, 1, 0, 0, 0, 1}));
  check_near(multiply(kTypicalCameraToSrgb, Vector3{1, 1, 1}), Vector3{1, 1, 1}, 1e-12);
}

TEST_CASE("gains make the neutral grey, and none is below 1") {
  check_near(gains_of_neutral({0.5, 1, 0.625}), Vector3{2, 1, 1.6}, 1e-12);
  check_near(gains_of_neutral({1, 0.8, 0.4}), Vector3{1, 1.25, 2.5}, 1e-12);
  check_near(gains_of_neutral({0.25, 0.5, 0.3125}), gains_of_neutral({0.5, 1, 0.625}), 1e-12);
  check_near(gains_of_neutral({0, 1, -1}), Vector3{15, 1, 15}, 1e-12);
}

TEST_CASE("colour temperatures of the standard illuminants") {
  CHECK(temperature_of_chromaticity(0.44757, 0.40745) == doctest::Approx(2856).epsilon(0.005));
  CHECK(temperature_of_chromaticity(0.34567, 0.35850) == doctest::Approx(5003).epsilon(0.005));
  CHECK(temperature_of_chromaticity(0.31271, 0.32902) == doctest::Approx(6504).epsilon(0.005));
  CHECK(temperature_of_chromaticity(0.24, 0.23) == 25000);
  CHECK(temperature_of_chromaticity(0.60, 0.38) == 1700);
}

TEST_CASE("a sensor that sees XYZ shows sRGB colours as they are") {
  const Vector3 neutral = multiply(kSensor, kWhiteD65);
  const auto rendering = render_from_calibrations(calibrations(kSensor, kSensor), neutral).value();
  CHECK(rendering.temperature == doctest::Approx(6504).epsilon(0.005));
  for (const Vector3& colour : {Vector3{1, 1, 1}, {0.8, 0.1, 0.1}, {0.1, 0.5, 0.2}, {0.05, 0.1, 0.9}}) {
    Vector3 camera = multiply(kSensor, multiply(kSrgbToXyz, colour));
    for (std::size_t i = 0; i < 3; ++i) camera[i] /= neutral[i];
    check_near(multiply(rendering.camera_to_srgb, camera), colour, 1e-3);
  }
}

TEST_CASE("the neutral says which light it was, and so which calibration counts") {
  const auto both = calibrations(kOther, kSensor);
  for (const auto& [white, sensor, temperature] :
       {std::tuple{kWhiteA, kOther, 2856.0}, std::tuple{kWhiteD65, kSensor, 6504.0}}) {
    const Vector3 neutral = multiply(sensor, white);
    const auto rendering = render_from_calibrations(both, neutral).value();
    CHECK(rendering.temperature == doctest::Approx(temperature).epsilon(0.01));
    const auto alone =
        render_from_calibrations(
            {{.illuminant_temperature = temperature, .xyz_to_camera = sensor, .camera_to_xyz_d50 = {}}}, neutral)
            .value();
    check_near(rendering.camera_to_srgb, alone.camera_to_srgb, 0.02);
  }
  Vector3 between;
  for (std::size_t i = 0; i < 3; ++i) between[i] = (multiply(kOther, kWhiteA)[i] + multiply(kSensor, kWhiteD65)[i]) / 2;
  const auto rendering = render_from_calibrations(both, between).value();
  CHECK(rendering.temperature > 3200);
  CHECK(rendering.temperature < 5500);
  for (std::size_t row = 0; row < 9; row += 3)
    CHECK(rendering.camera_to_srgb[row] + rendering.camera_to_srgb[row + 1] + rendering.camera_to_srgb[row + 2] ==
          doctest::Approx(1));
}

TEST_CASE("the level of a neutral does not matter") {
  const Vector3 neutral = multiply(kOther, kWhiteA);
  const auto a = render_from_calibrations(calibrations(kOther, kSensor), neutral).value();
  const auto b =
      render_from_calibrations(calibrations(kOther, kSensor), {neutral[0] / 7, neutral[1] / 7, neutral[2] / 7}).value();
  check_near(a.camera_to_srgb, b.camera_to_srgb, 1e-9);
}

TEST_CASE("a ForwardMatrix is preferred") {
  auto both = calibrations(kOther, kSensor);
  // White-balanced camera RGB that is linear sRGB: its matrix to XYZ under D50 (Bradford).
  for (auto& c : both)
    c.camera_to_xyz_d50 =
        Matrix3{0.4360747, 0.3850649, 0.1430804, 0.2225045, 0.7168786, 0.0606169, 0.0139322, 0.0971045, 0.7141733};
  for (const Vector3& white : {kWhiteA, kWhiteD65})
    check_near(render_from_calibrations(both, multiply(kSensor, white)).value().camera_to_srgb, kIdentity, 1e-3);
}

TEST_CASE("no rendering without usable calibrations") {
  const Vector3 neutral{0.5, 1, 0.6};
  CHECK(!render_from_calibrations({}, neutral));
  CHECK(!render_from_calibrations(calibrations({}, {}), neutral));
  CHECK(!render_from_calibrations(calibrations({1, 2, 3, 2, 4, 6, 0, 0, 1}, {1, 2, 3, 2, 4, 6, 0, 0, 1}), neutral));
  CHECK(!render_from_calibrations(calibrations(kSensor, kSensor), {-1, -1, -1}));
}

}  // namespace
}  // namespace sunny16::firmware
