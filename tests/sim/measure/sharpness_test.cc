// Edges, stars and leaves against what the lens's point spread and the pixels' aperture let through.
#include <doctest/doctest.h>

#include <cmath>

#include "tests/sim/measure/shots.h"

namespace sunny16::sim::test {
namespace {

constexpr double kPi = 3.14159265358979323846;

/// The response of lens and square pixels in green at a place, to waves at an angle to the rows.
struct Response {
  PointSpread spread;
  double pixel_um, degrees;

  double operator()(double cy_px) const {
    const auto sinc = [](double x) { return std::abs(x) < 1e-9 ? 1 : std::sin(kPi * x) / (kPi * x); };
    const double radians = degrees * kPi / 180;
    return spread.transfer(cy_px / pixel_um) *
           std::abs(sinc(cy_px * std::cos(radians)) * sinc(cy_px * std::sin(radians)));
  }
  double frequency_at(double level) const {
    double low = 0, high = 1.5;
    for (int i = 0; i < 50; ++i) ((*this)(0.5 * (low + high)) > level ? low : high) = 0.5 * (low + high);
    return low;
  }
};

Response response_at(const Bench& bench, double x_px, double y_px, double degrees) {
  const double pixel_um = bench.grid().site_um;
  const SensorPlace at{(x_px - 0.5 * bench.grid().columns) * pixel_um, (y_px - 0.5 * bench.grid().rows) * pixel_um};
  return {bench.lens().spread(1, bench.lens().radius2(at)), pixel_um, degrees};
}

TEST_CASE("sfr: each edge has the MTF50 of lens and pixel, within 0.02 cy/px; a blurred lens a lower one") {
  const Shots shots;
  for (const double aberration_um : {0.62, 1.4}) {
    CAPTURE(aberration_um);
    const ShotSettings settings = bright("slanted-edge", {960, 640}, shots.module("imx477", [&](CameraModule& module) {
      sharp_and_even(module);
      module.sensor.full_well_e = 1e6;  // so that the lens is measured, not the noise
      module.lens.aberration_centre_um = module.lens.aberration_corner_um = aberration_um;
    }));
    const Bench bench = set_up(settings);
    const Measurement sfr = measured("sfr", shots.take(settings));
    REQUIRE(sfr.values["edges"].size() == 36);
    double mean = 0, worst = 0;
    for (const auto& edge : sfr.values["edges"]) {
      CAPTURE(edge["name"]);
      const auto roi = edge["roi_px"].get<std::array<double, 4>>();
      const Response response = response_at(bench, roi[0] + roi[2] / 2, roi[1] + roi[3] / 2, 5);
      const double error = edge["mtf50_cy_px"].get<double>() - response.frequency_at(0.5);
      CHECK(std::abs(error) < 0.02);
      mean += error / 36, worst = std::max(worst, std::abs(error));
    }
    MESSAGE("MTF50 of " << sfr.values["mtf50_cy_px"] << " cy/px: " << mean << " off on average, " << worst
                        << " at most");
    CHECK(std::abs(mean) < 0.01);
    CHECK_FALSE(sfr.plots[0].series.empty());
  }
}

TEST_CASE("sfr: a region of the user's own needs no truth of edges") {
  const Shots shots;
  const Subject subject = shots.take(bright("slanted-edge", {480, 320}));
  const Measurement all = measured("sfr", subject);
  MeasureOptions options;
  const auto roi = all.values["edges"][0]["roi_px"].get<std::array<int, 4>>();
  options.roi = isp::Rect{roi[0], roi[1], roi[2], roi[3]};
  const Measurement one = measured("sfr", subject, options);
  REQUIRE(one.values["edges"].size() == 1);
  CHECK(one.values["mtf50_cy_px"] == all.values["edges"][0]["mtf50_cy_px"]);
}

/// Response at a frequency, between those that were measured.
double at(const nlohmann::ordered_json& values, double cy_px) {
  const auto f = values["frequency_cy_px"].get<std::vector<double>>(), mtf = values["mtf"].get<std::vector<double>>();
  std::size_t i = 1;
  while (i + 1 < f.size() && (f[i] - cy_px) * (f[1] > f[0] ? 1 : -1) < 0) ++i;
  return mtf[i - 1] + (mtf[i] - mtf[i - 1]) * (cy_px - f[i - 1]) / (f[i] - f[i - 1]);
}

TEST_CASE("star and texture: coarse waves come through the developed picture as the lens lets them") {
  const Shots shots;
  const std::string module = shots.module("imx477", sharp_and_even);
  SUBCASE("star") {
    const Measurement star = measured("star", shots.take(bright("siemens-star", {640, 480}, module)));
    const Bench bench = set_up(bright("siemens-star", {640, 480}, module));
    const Response response = response_at(bench, 320, 240, 0);
    // The outermost ring is taken for the chart itself.
    const double coarsest = star.values.front()["frequency_cy_px"].front();
    for (const double cy_px : {0.12, 0.16, 0.2}) {
      CAPTURE(cy_px);
      const double expected = response(cy_px) / response(coarsest);
      MESSAGE("star " << at(star.values.front(), cy_px) << ", lens and pixel " << expected);
      CHECK(std::abs(at(star.values.front(), cy_px) - expected) < 0.05);
    }
  }
  SUBCASE("texture") {
    const Measurement texture = measured("texture", shots.take(bright("dead-leaves", {640, 480}, module)));
    // The truth that it is held against has gathered light over whole pixels already.
    const Response response = response_at(set_up(bright("dead-leaves", {640, 480}, module)), 320, 240, 0);
    for (const double cy_px : {0.05, 0.1, 0.15}) {
      CAPTURE(cy_px);
      const double expected = response.spread.transfer(cy_px / response.pixel_um);
      MESSAGE("texture " << at(texture.values, cy_px) << ", lens " << expected);
      CHECK(std::abs(at(texture.values, cy_px) - expected) < 0.07);
    }
  }
}

}  // namespace
}  // namespace sunny16::sim::test
