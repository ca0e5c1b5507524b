// The simulated camera and the line together: what was printed on the chart comes out of the picture.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "firmware/capture/frame_line.h"
#include "sim/camera/shot.h"
#include "sim/light/colour_checker.h"
#include "sim/light/illuminant.h"
#include "sim/metrics/chart_geometry.h"
#include "sim/metrics/colour.h"
#include "sim/metrics/colour_difference.h"

namespace sunny16::sim {
namespace {

/// A ColorChecker under a light, before the noise.
struct Chart {
  ShotSettings settings;
  Bench bench;
  isp::Image<float> light;
  std::vector<Quadrilateral> patches;

  explicit Chart(const std::string& illuminant, const std::string& mode = "", std::array<int, 2> window = {640, 480})
      : settings([&] {
          ShotSettings s;
          s.scene = "color-checker", s.sensor = "imx477", s.illuminant = illuminant;
          s.mode = mode, s.window = window, s.lux = 500;
          return s;
        }()),
        bench(set_up(settings)),
        light(bench.electrons(bench.timing(0, 0.01), 2)) {
    std::array<Position, 4> at;
    const ShotTruth truth = truth_of(bench, settings, exposure_of(bench, settings));
    for (std::size_t i = 0; i < 4; ++i) {
      const auto& [x, y] = truth.targets[0].corners_px[i];
      at[i] = {x - 0.5, y - 0.5};
    }
    patches = chart_patches(at, Corners::centres);
  }

  hal::RawFrame frame(double gain) {
    settings.gain = gain;
    return bench.record(light, exposure_of(bench, settings), 2);
  }

  ColourMeasurement measure(const firmware::DevelopedFrame& developed) const {
    const firmware::Picture& picture = developed.pictures[0];
    std::array<isp::Image<float>, 3> planes;
    for (std::size_t c = 0; c < 3; ++c) {
      planes[c] = isp::Image<float>(picture.width, picture.height);
      for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x)
          planes[c].row(y)[x] = picture.planes[0].row(y)[3 * x + static_cast<int>(c)] / 255.0f;
    }
    ColourOptions options;
    options.transfer = Transfer::srgb;
    return measure_colours({planes[0].view(), planes[1].view(), planes[2].view()}, patches, printed(), options);
  }

  static std::array<Lab, 24> printed() {
    std::array<Lab, 24> labs;
    std::ranges::transform(kColourCheckerPatches, labs.begin(), [](const auto& patch) { return patch.lab; });
    return labs;
  }
};

firmware::FrameRequest colorimetric() {
  firmware::FrameRequest request;
  request.colorimetric = true;
  request.threads = 2;
  return request;
}

/// What a 3 x 3 matrix leaves of errors at best, without pixels: camera RGB from spectra through the calibration.
double matrix_error(const Chart& chart, std::size_t calibration) {
  const BenchSetup& setup = chart.bench.setup();
  const Observer camera = photoelectrons(setup.module.sensor, setup.module.lens);
  const isp::Matrix3 to_d50 = *calibrate(camera)[calibration].camera_to_xyz_d50;
  std::array<double, 3> white;
  for (std::size_t c = 0; c < 3; ++c) white[c] = integral(setup.light.spectrum * camera[c]);
  double sum = 0;
  for (std::size_t i = 0; i < 24; ++i) {
    firmware::Vector3 balanced;
    for (std::size_t c = 0; c < 3; ++c)
      balanced[c] = integral(setup.light.spectrum * colour_checker_reflectances()[i] * camera[c]) / white[c];
    const firmware::Vector3 v = firmware::multiply(to_d50, balanced);
    sum += delta_e00(lab_of_xyz({v[0], v[1], v[2]}, {0.9642, 1, 0.8249}), kColourCheckerPatches[i].lab) / 24;
  }
  return sum;
}

TEST_CASE("A colorimetric picture has the chart's colours, but for what a matrix cannot do") {
  for (const auto& each : {std::pair<std::string, std::size_t>{"A", 0}, {"D65", 1}}) {
    const auto& illuminant = each.first;
    const auto& calibration = each.second;
    Chart chart(illuminant);
    const double bound = matrix_error(chart, calibration);
    for (const double gain : {1.0, 8.0}) {
      CAPTURE(illuminant);
      CAPTURE(gain);
      const ColourMeasurement colour = chart.measure(firmware::run_frame(chart.frame(gain), {}, colorimetric()));
      MESSAGE(illuminant << " at gain " << gain << ": mean CIEDE2000 " << colour.delta_e2000_mean << ", largest "
                         << colour.delta_e2000_max << "; the matrix alone " << bound);
      CHECK(bound < 3);
      CHECK(colour.delta_e2000_mean < bound + 0.5);
      CHECK(colour.white_balance_error_deg < 1);
    }
  }
}

TEST_CASE("Between the calibrations, and in discharge lamps, colours stay within what such lights allow") {
  for (const auto& each : {std::pair<std::string, double>{"3200K", 2}, {"D50", 1.5}, {"F11", 3.5}, {"LED", 3}}) {
    const auto& illuminant = each.first;
    const auto& most = each.second;
    CAPTURE(illuminant);
    Chart chart(illuminant);
    const ColourMeasurement colour = chart.measure(firmware::run_frame(chart.frame(1), {}, colorimetric()));
    MESSAGE(illuminant << ": mean CIEDE2000 " << colour.delta_e2000_mean << ", largest " << colour.delta_e2000_max);
    CHECK(colour.delta_e2000_mean < most);
  }
}

TEST_CASE("The light's temperature is found from the frame's neutral") {
  for (const auto& each : {std::pair<std::string, double>{"A", 2856}, {"4000K", 4000}, {"D50", 5003}, {"D65", 6504}}) {
    const auto& illuminant = each.first;
    const auto& kelvin = each.second;
    CAPTURE(illuminant);
    Chart chart(illuminant, "", {64, 48});
    CHECK(firmware::prepare_frame(chart.frame(1), {}, colorimetric()).metadata.colour_temperature ==
          doctest::Approx(kelvin).epsilon(0.02));
  }
}

TEST_CASE("Shading is undone as it was calibrated: a chart over the whole field has the same colours") {
  Chart chart("D65", "1332:990", {0, 0});
  firmware::CameraTuning tuning;
  firmware::set_parameter(tuning, "lens_shading.luminance_strength=1");
  hal::RawFrame frame = chart.frame(1);
  const double corrected = chart.measure(firmware::run_frame(frame, tuning, colorimetric())).delta_e2000_mean;
  frame.shading = nullptr;
  const double shaded = chart.measure(firmware::run_frame(frame, {}, colorimetric())).delta_e2000_mean;
  MESSAGE("mean CIEDE2000 " << corrected << " corrected, " << shaded << " not");
  CHECK(corrected < matrix_error(chart, 1) + 0.5);
  CHECK(corrected < shaded);
}

/// Between the true neutral and the one that the applied gains make white, as colour constancy is judged.
double neutral_angle_deg(const Chart& chart, const firmware::DevelopedFrame& developed) {
  const auto& gains = developed.metadata.colour_gains;
  return angle_deg(chart.bench.neutral(), {1 / gains[0], 1, 1 / gains[1]});
}

TEST_CASE("Greys are neutral with the frame's own white balance, in any light") {
  for (const std::string illuminant : {"A", "3200K", "D50", "D65", "F11", "LED"}) {
    CAPTURE(illuminant);
    Chart chart(illuminant);
    const firmware::DevelopedFrame developed = firmware::run_frame(chart.frame(2), {}, {});
    CHECK_FALSE(developed.metadata.estimated_white_balance);
    CHECK(neutral_angle_deg(chart, developed) < 0.1);
    CHECK(chart.measure(developed).grey_chroma_mean < 3);  // the paper itself is not quite neutral
  }
}

TEST_CASE("White balance without any hint: lights on which its constants were not chosen") {
  // Bounds are what it does now, not what it should do.
  for (const auto& each :
       {std::pair<std::string, double>{"A", 3}, {"3200K", 3}, {"D50", 4}, {"D65", 9}, {"F11", 3}, {"LED", 3}}) {
    const auto& illuminant = each.first;
    const auto& most_deg = each.second;
    CAPTURE(illuminant);
    Chart chart(illuminant);
    firmware::FrameRequest request;
    request.as_shot = false;
    const firmware::DevelopedFrame developed = firmware::run_frame(chart.frame(2), {}, request);
    CHECK(developed.metadata.estimated_white_balance);
    MESSAGE(illuminant << ": white balance " << neutral_angle_deg(chart, developed) << " degrees off");
    CHECK(neutral_angle_deg(chart, developed) < most_deg);
  }
}

TEST_CASE("A bulb that clips every colour of the sensor is bright and has none") {
  ShotSettings settings;
  settings.sensor = "imx477", settings.window = {640, 480};
  const Bench bench = set_up(settings);
  const Exposure exposure = exposure_of(bench, settings);
  const isp::Image<float> truth = bench.truth(bench.timing(0, exposure.time_s), 2);
  int x = 0, y = 0;  // the brightest place
  for (int v = 0; v < 480; ++v)
    for (int u = 0; u < 640; ++u)
      if (truth.row(v)[3 * u + 1] > truth.row(y)[3 * x + 1]) x = u, y = v;
  REQUIRE(truth.row(y)[3 * x + 1] > 3);
  const auto developed =
      firmware::run_frame(bench.record(bench.electrons(bench.timing(0, exposure.time_s), 2), exposure, 2), {}, {});
  const std::uint8_t* bulb = developed.pictures[0].planes[0].row(y) + 3 * x;
  CHECK(std::min({bulb[0], bulb[1], bulb[2]}) > 245);
  CHECK(std::max({bulb[0], bulb[1], bulb[2]}) - std::min({bulb[0], bulb[1], bulb[2]}) <= 2);
}

}  // namespace
}  // namespace sunny16::sim
