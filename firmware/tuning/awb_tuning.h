// Automatic white balance: the sensor's greys under daylight and lamps, and what is likely.
//
// The model is the Raspberry Pi's Bayesian one: candidates lie on a curve of the grey's R/G and B/G over colour
// temperature (and a little beside it), and each candidate's match with the picture's zones is weighed by how likely
// its light is at this lux.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "isp/core/describe.h"

namespace sunny16::firmware {

/// What a grey patch looks like to the sensor under a light: raw red and blue relative to green.
struct GreyPoint {
  double temperature = 5500;
  double r = 0.5, b = 0.5;
};

struct AwbModeTuning {
  std::string name;
  double lowest = 2500, highest = 8000;
};

/// How likely each colour temperature is at an illuminance: piecewise linear, any scale.
struct AwbPrior {
  double lux = 0;
  std::vector<double> temperature{2000, 13000};
  std::vector<double> likelihood{1, 1};

  double at(double colour_temperature) const;
  std::string problem() const;
};

struct AwbTuning {
  bool bayes = true;
  std::vector<GreyPoint> ct_curve;
  double transverse_pos = 0.02, transverse_neg = 0.02;
  double sensitivity_r = 1, sensitivity_b = 1;
  double speed = 0.05;
  int startup_frames = 10;
  std::vector<AwbModeTuning> modes{{"auto", 2500, 8000},        {"incandescent", 2500, 3000}, {"tungsten", 3000, 3500},
                                   {"fluorescent", 4000, 4700}, {"indoor", 3000, 5000},       {"daylight", 5500, 6500},
                                   {"cloudy", 7000, 8600}};
  std::vector<AwbPrior> priors{{0, {2000, 3000, 13000}, {1, 0, 0}},
                               {800, {2000, 6000, 13000}, {0, 2, 2}},
                               {1500, {2000, 4000, 6000, 6500, 7000, 13000}, {0, 1, 6, 7, 1, 1}}};

  /// The curve at a colour temperature, interpolated over mired and clamped to its ends. The curve must not be empty.
  GreyPoint grey_at(double temperature) const;
  /// Likelihood of a colour temperature at an illuminance, interpolated between the priors around it; 1 without priors.
  double likelihood(double lux, double colour_temperature) const;
  std::string problem() const;
};

}  // namespace sunny16::firmware

namespace sunny16::isp {

template <>
struct Describe<firmware::GreyPoint> {
  using G = firmware::GreyPoint;
  static constexpr auto fields =
      std::tuple{field<&G::temperature>("temperature", 1000, 25000, "K", "Colour temperature of the light."),
                 field<&G::r>("r", 0.01, 10, "ratio", "Raw R/G of a grey under it."),
                 field<&G::b>("b", 0.01, 10, "ratio", "Raw B/G of a grey under it.")};
};

template <>
struct Describe<firmware::AwbModeTuning> {
  using M = firmware::AwbModeTuning;
  static constexpr auto fields =
      std::tuple{field<&M::name>("name", 0, 0, "", "What a request calls it."),
                 field<&M::lowest>("lowest", 1000, 25000, "K", "Lowest colour temperature looked for."),
                 field<&M::highest>("highest", 1000, 25000, "K", "Highest colour temperature looked for.")};
};

template <>
struct Describe<firmware::AwbPrior> {
  using P = firmware::AwbPrior;
  static constexpr auto fields =
      std::tuple{field<&P::lux>("lux", 0, 1e6, "lx", "Illuminance where it holds; between priors they are mixed."),
                 field<&P::temperature>("temperature", 1000, 25000, "K", "Nodes, rising."),
                 field<&P::likelihood>("likelihood", 0, 1000, "ratio", "Likelihood at each node, any scale.")};
};

template <>
struct Describe<firmware::AwbTuning> {
  using A = firmware::AwbTuning;
  static constexpr auto fields = std::tuple{
      field<&A::bayes>("bayes", 0, 1, "",
                       "Search along ct_curve; off, or without a curve, the method that needs no calibration."),
      field<&A::ct_curve>("ct_curve", 0, 0, "", "The sensor's greys by rising colour temperature."),
      field<&A::transverse_pos>("transverse_pos", 0, 1, "ratio",
                                "How far beside the curve, towards more red and blue, greys may lie."),
      field<&A::transverse_neg>("transverse_neg", 0, 1, "ratio", "The same towards green."),
      field<&A::sensitivity_r>("sensitivity_r", 0.5, 2, "ratio", "This module's red relative to the calibrated one's."),
      field<&A::sensitivity_b>("sensitivity_b", 0.5, 2, "ratio",
                               "This module's blue relative to the calibrated one's."),
      field<&A::speed>("speed", 0.001, 1, "ratio", "Part of the way to a frame's estimate that a frame goes."),
      field<&A::startup_frames>("startup_frames", 0, 1000, "", "Frames at the start that go all the way."),
      field<&A::modes>("modes", 0, 0, "", "Ranges of colour temperature that a request can choose."),
      field<&A::priors>("priors", 0, 0, "", "Likelihood of lights by rising illuminance.")};
};

}  // namespace sunny16::isp
