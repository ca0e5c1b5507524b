#include <doctest/doctest.h>

#include <algorithm>

#include "firmware/tuning/agc_tuning.h"
#include "firmware/tuning/awb_tuning.h"
#include "firmware/tuning/colour_model.h"
#include "firmware/tuning/sensor_model.h"

namespace sunny16::firmware {
namespace {

TEST_CASE("Noise: photon noise grows with gain, amplified read noise with its square") {
  const NoiseModel noise{.shot = 1e-4, .read = 1e-8, .converter = 3e-8};
  CHECK(noise.at(1).shot == doctest::Approx(1e-4));
  CHECK(noise.at(1).read == doctest::Approx(4e-8));
  CHECK(noise.at(8).shot == doctest::Approx(8e-4));
  CHECK(noise.at(8).read == doctest::Approx(67e-8));
}

TEST_CASE("Lux follows luminance, and settings inversely") {
  const LuxModel lux{10000, 1, 2, 1000, 0.25};
  CHECK(lux.estimate(0.25, 10000, 1, 2) == doctest::Approx(1000));
  CHECK(lux.estimate(0.125, 10000, 1, 2) == doctest::Approx(500));
  CHECK(lux.estimate(0.25, 40000, 2, 2) == doctest::Approx(125));
  CHECK(lux.estimate(0.25, 10000, 1, 1) == doctest::Approx(4000));
}

TEST_CASE("Colour matrices are interpolated over mired, and greys stay grey") {
  ColourModel colour;
  CHECK_FALSE(colour.matrix_at(5000).has_value());
  colour.matrices = {{2500, {1.4, -0.4, 0, 0, 1, 0, 0, 0, 1}}, {10000, {1.8, -0.6, -0.19, 0, 1, 0, 0, 0, 1}}};
  CHECK(colour.problem().empty());
  CHECK((*colour.matrix_at(1000))[0] == doctest::Approx(1.4));
  CHECK((*colour.matrix_at(4000))[0] == doctest::Approx(1.6 / 1.005));
  for (const double ct : {2000.0, 3000.0, 6500.0, 20000.0}) {
    const isp::Matrix3 m = *colour.matrix_at(ct);
    for (std::size_t row = 0; row < 9; row += 3)
      CHECK(m[row] + m[row + 1] + m[row + 2] == doctest::Approx(1).epsilon(1e-12));
  }
}

TEST_CASE("Matrices that tint greys, lose colours or are out of order are refused") {
  const isp::Matrix3 identity{1, 0, 0, 0, 1, 0, 0, 0, 1};
  CHECK(ColourModel{{{3000, {1, 0.2, 0, 0, 1, 0, 0, 0, 1}}}}.problem().find("sum 1.2") != std::string::npos);
  CHECK(ColourModel{{{3000, {1, 0, 0, 1, 0, 0, 0, 0, 1}}}}.problem().find("determinant") != std::string::npos);
  CHECK(ColourModel{{{3000, identity}, {3000, identity}}}.problem().starts_with(".matrices[1].temperature"));
}

TEST_CASE("Shading: luminance times colour shading at this light, smallest gain 1") {
  ShadingModel shading;
  CHECK(shading.mesh_at(5000).empty());
  CHECK(shading.problem().empty());
  shading.columns = shading.rows = 2;
  shading.luminance = {1, 1.5, 2, 3};
  shading.chroma = {{2500, {2, 2, 2, 4}, {3, 3, 3, 3}}, {10000, {2, 2, 2, 2}, {3, 3, 3, 6}}};
  CHECK(shading.problem().empty());
  const isp::GainMesh warm = shading.mesh_at(2000), mixed = shading.mesh_at(4000);
  CHECK(warm.gains[0] == std::vector<double>{1, 1.5, 2, 6});
  CHECK(warm.gains[1] == shading.luminance);
  CHECK(warm.gains[2] == shading.luminance);
  CHECK(warm.gains[3] == shading.luminance);
  CHECK(mixed.gains[0][3] == doctest::Approx(4.5));
  CHECK(mixed.gains[3][3] == doctest::Approx(4.5));

  shading.luminance = {2, 3, 4, 6};
  CHECK(shading.mesh_at(2000).gains == warm.gains);

  shading.chroma[1].blue.pop_back();
  CHECK(shading.problem() == ".chroma[1].blue: found 3 nodes, allowed 4");
  shading.columns = 1;
  CHECK(shading.problem().starts_with(": found a mesh of 1 x 2 nodes"));
}

TEST_CASE("Greys lie on the curve between calibrated lights") {
  AwbTuning awb;
  awb.ct_curve = {{2500, 0.8, 0.3}, {10000, 0.4, 0.7}};
  CHECK(awb.problem().empty());
  const GreyPoint grey = awb.grey_at(4000);
  CHECK(grey.temperature > 2500);
  CHECK(grey.r == doctest::Approx(0.6));
  CHECK(grey.b == doctest::Approx(0.5));
  CHECK(awb.grey_at(1000).r == 0.8);
  std::swap(awb.ct_curve[0], awb.ct_curve[1]);
  CHECK(awb.problem().starts_with(".ct_curve[1]"));
}

TEST_CASE("Likelihood of lights depends on lux") {
  const AwbTuning awb;
  CHECK(awb.problem().empty());
  CHECK(awb.likelihood(0, 2000) == 1);
  CHECK(awb.likelihood(0, 2500) == doctest::Approx(0.5));
  CHECK(awb.likelihood(400, 6000) == doctest::Approx(1));  // halfway between 0 and 2
  CHECK(awb.likelihood(1e5, 6500) == 7);
  AwbTuning without;
  without.priors.clear();
  CHECK(without.likelihood(100, 5000) == 1);
}

TEST_CASE("Metering weights on another grid are area means") {
  const MeteringMode halves{"left", 2, 1, {1, 3}};
  CHECK(halves.resampled(4, 2) == std::vector<double>{1, 1, 3, 3, 1, 1, 3, 3});
  const auto thirds = halves.resampled(3, 1);
  CHECK(thirds[0] == doctest::Approx(1));
  CHECK(thirds[1] == doctest::Approx(2));
  CHECK(thirds[2] == doctest::Approx(3));
  for (const MeteringMode& mode : AgcChannel{}.metering_modes) {
    CHECK(mode.problem().empty());
    const auto weights = mode.resampled(16, 16);
    CHECK(weights.size() == 256);
    for (std::size_t i = 0; i < weights.size(); ++i) CHECK(weights[i] == doctest::Approx(weights[255 - i]));
  }
}

TEST_CASE("Exposure ladders, curves over lux and constraints are checked") {
  CHECK(ExposureMode{}.problem().empty());
  CHECK(ExposureMode{"m", {1, 2}, {1}}.problem().starts_with(".gain"));
  CHECK(ExposureMode{"m", {2, 1}, {1, 1}}.problem().find("never falls") != std::string::npos);
  CHECK(LuxCurve{{0, 100}, {0.1, 0.2}}.at(50) == doctest::Approx(0.15));
  CHECK(LuxCurve{{}, {}}.problem().starts_with(".lux"));
  CHECK(LuxCurve{{0, 100}, {0.1}}.problem().starts_with(".value"));
  CHECK(ExposureConstraint{Bound::lower, 0.5, 0.5, {}}.problem().starts_with(".q_hi"));
  CHECK(MeteringMode{"m", 2, 2, {0, 0, 0, 0}}.problem().starts_with(".weights"));
  CHECK(MeteringMode{"m", 2, 2, {1}}.problem().starts_with(".weights"));
}

}  // namespace
}  // namespace sunny16::firmware
