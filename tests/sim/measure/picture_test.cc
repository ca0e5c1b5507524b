// Colour and fidelity of pictures whose truth is known, and what subjects say when it is not.
#include <doctest/doctest.h>

#include <cmath>
#include <utility>

#include "sim/light/colour_checker.h"
#include "sim/metrics/metric_error.h"
#include "sim/sensor/random.h"
#include "sim/sensor/response.h"
#include "tests/sim/measure/shots.h"

namespace sunny16::sim::test {
namespace {

/// A coloured wedge in display code, with noise of a deviation.
Subject wedge(double deviation, int width = 96, int height = 64) {
  Picture picture{.rgb = {3 * width, height}, .transfer = Transfer::srgb};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < 3; ++c) {
        const double noise = deviation * normal_quantile(pixel_uniforms(7, static_cast<std::uint64_t>(c), x, y)[0]);
        picture.rgb.row(y)[3 * x + c] = static_cast<float>(0.3 + 0.3 * x / width + 0.1 * c + noise);
      }
  return Subject("wedge", std::move(picture), std::nullopt, 1);
}

TEST_CASE("psnr: 200 dB of the same picture, and of known noise what its deviation says") {
  const Subject truth = wedge(0);
  MeasureOptions options;
  options.reference = &truth;
  const Measurement same = measured("psnr", truth, options);
  CHECK(same.values["cpsnr_db"] == 200);
  CHECK(same.values["mean_ssim"].get<double>() == doctest::Approx(1).scale(0));
  for (const double deviation : {0.01, 0.03}) {
    CAPTURE(deviation);
    const Measurement noisy = measured("psnr", wedge(deviation), options);
    CHECK(noisy.values["cpsnr_db"].get<double>() ==
          doctest::Approx(-20 * std::log10(deviation)).scale(0).epsilon(0.01));
    CHECK(noisy.values["mean_ssim"].get<double>() < 1);
  }
}

TEST_CASE("psnr: pictures of other sizes are not compared") {
  const Subject truth = wedge(0), other = wedge(0, 64, 64);
  MeasureOptions options;
  options.reference = &truth;
  CHECK_THROWS_WITH_AS(measured("psnr", other, options), "wedge: found 64 x 64 pixels, allowed the reference's 96 x 64",
                       MetricError);
}

TEST_CASE(
    "psnr: the truth itself, as a picture, is all but the same; half as bright it is, too, but for its exposure") {
  ShotSettings settings = bright("still-life", {160, 120});
  settings.illuminant = "A";
  const Bench bench = set_up(settings);
  const Exposure exposure = exposure_of(bench, settings);
  const ShotTruth truth = truth_of(bench, settings, exposure);
  for (const float level : {1.0f, 0.5f}) {
    Picture picture{.rgb = bench.truth(bench.timing(0, exposure.time_s), 2), .transfer = Transfer::linear};
    for (int y = 0; y < picture.rgb.height(); ++y)
      for (int x = 0; x < picture.rgb.width(); ++x) picture.rgb.row(y)[x] *= level;
    const Measurement fidelity = measured("psnr", Subject("truth", std::move(picture), truth, 2));
    CAPTURE(level);
    CHECK(fidelity.values["cpsnr_db"].get<double>() > 60);
  }
}

TEST_CASE("colour: the raw numbers of each patch are the electrons that its surface sends") {
  const Shots shots;
  ShotSettings settings = bright("color-checker", {480, 360}, shots.module("imx477", sharp_and_even));
  const Subject subject = shots.take(settings);
  const Measurement colour = measured("colour", subject);
  const Bench bench = set_up(settings);
  const CameraModule& module = bench.setup().module;
  const Observer observer = photoelectrons(module.sensor, module.lens);
  const Spectrum light = bench.setup().light.spectrum * settings.lux;
  const ShotTruth& truth = *subject.truth();
  constexpr std::array<std::size_t, 4> kChannels{0, 1, 1, 2};
  REQUIRE(colour.values["patches"].size() == 24);
  for (std::size_t i = 0; i < 24; ++i) {
    const auto& patch = colour.values["patches"][i];
    CAPTURE(patch["name"]);
    CHECK(patch["name"] == kColourCheckerPatches[i].name);
    for (std::size_t plane = 0; plane < 4; ++plane) {
      const double electrons = integral(light * observer[kChannels[plane]] * colour_checker_reflectances()[i]) * 1e-6 *
                               truth.settings.shutter_us;
      const double dn = electrons * truth.gain_dn_e;
      CHECK(std::abs(patch["raw_mean_dn"][plane].get<double>() - dn) < 0.02 * dn + 20);  // what diffraction strews
    }
  }
}

TEST_CASE("colour: a chart is found without a truth, and measured the same") {
  const Shots shots;
  const ShotSettings settings = bright("color-checker", {480, 360});
  const Subject subject = shots.take(settings);
  MeasureOptions options;
  options.chart = find_chart(subject);
  const auto placed = corners(subject.targets(TargetKind::colour_checker).front());
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(std::hypot((*options.chart)[i].x - placed[i].x, (*options.chart)[i].y - placed[i].y) < 3);
  CHECK(measured("colour", subject, options).values["delta_e2000_mean"].get<double>() ==
        doctest::Approx(measured("colour", subject).values["delta_e2000_mean"].get<double>()).scale(0).epsilon(0.02));
}

TEST_CASE("A subject finds the targets of its truth in its own size, and applies what they allow") {
  const Shots shots;
  const Subject subject = shots.take(bright("still-life", {320, 240}));
  std::string names;
  for (const Metric& metric : metrics())
    if (metric.applies(subject)) names += std::string(metric.name) + ' ';
  CHECK(names == "colour sfr star oecf noise visual_noise ");

  // The same shot as a picture of half the size.
  Picture half{.rgb = {3 * 160, 120}, .transfer = Transfer::srgb};
  const Subject small("half", std::move(half), subject.truth(), 1);
  const auto full_size = subject.targets(TargetKind::star), half_size = small.targets(TargetKind::star);
  REQUIRE(half_size.size() == 1);
  CHECK(half_size[0].corners_px[2][0] == doctest::Approx(full_size[0].corners_px[2][0] / 2).scale(0));
  Picture other{.rgb = {3 * 160, 160}, .transfer = Transfer::srgb};
  CHECK_THROWS_WITH_AS(Subject("other", std::move(other), subject.truth(), 1).targets(TargetKind::star),
                       "other: found 160 x 160 pixels, allowed the shape of the shot's 320 x 240", MetricError);
}

TEST_CASE("What needs a truth says so without one") {
  const Subject picture = wedge(0);
  for (const char* metric : {"star", "texture", "dots", "sfr", "psnr"}) {
    CAPTURE(metric);
    CHECK_THROWS_AS(measured(metric, picture), MetricError);
  }
  CHECK_THROWS_AS(measured("colour", picture), MetricError);  // no chart is found either
}

}  // namespace
}  // namespace sunny16::sim::test
