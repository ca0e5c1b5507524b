// What a tuning knows of the sensor itself: levels, noise, and how its numbers relate to the light.
#pragma once

#include <string>
#include <vector>

#include "isp/core/conditions.h"
#include "isp/core/describe.h"

namespace sunny16::firmware {

struct SensorModel {
  std::string name;
  std::vector<double> black;

  std::string problem() const {
    return black.empty() || black.size() == 4
               ? ""
               : ".black: found " + std::to_string(black.size()) + " levels, allowed none or 4";
  }
};

/// Photon (Poisson) noise grows with the signal and the gain; the part of the read noise before the amplifier is
/// amplified, the part after it (the converter's) is not. Per raw sample, as fractions of the range black..white:
///   variance(x) = shot * gain * x + read * gain^2 + converter
/// A full well of N electrons and a read noise of e electrons at gain 1 are shot = 1 / N and read + converter = (e /
/// N)^2.
struct NoiseModel {
  double shot = 1.25e-4;
  double read = 3.5e-8;
  double converter = 1.05e-7;

  isp::NoiseProfile at(double gain) const { return {shot * gain, read * gain * gain + converter}; }
};

/// One exposure whose brightness was measured: all others follow in proportion.
struct LuxModel {
  double reference_exposure_us = 12000;
  double reference_gain = 1;
  double reference_aperture = 1;
  double reference_lux = 800;
  double reference_luminance = 0.2;

  /// Illuminance of a scene whose mean luminance, as a fraction of white, is `luminance` at these settings.
  double estimate(double luminance, double exposure_us, double gain, double aperture = 1) const {
    const double f_stop = reference_aperture / aperture;
    return reference_lux * (luminance / reference_luminance) * (reference_exposure_us / exposure_us) *
           (reference_gain / gain) * f_stop * f_stop;
  }
};

}  // namespace sunny16::firmware

namespace sunny16::isp {

template <>
struct Describe<firmware::SensorModel> {
  using S = firmware::SensorModel;
  static constexpr auto fields = std::tuple{
      field<&S::name>("name", 0, 0, "", "The sensor's model, as in imx477."),
      field<&S::black>("black", 0, 65535, "DN16",
                       "Black level of R, Gr, Gb, B on a 16-bit scale; empty where the raw file says better.")};
};

template <>
struct Describe<firmware::NoiseModel> {
  using N = firmware::NoiseModel;
  static constexpr auto fields = std::tuple{
      field<&N::shot>("shot", 1e-6, 0.1, "ratio",
                      "Photon noise: variance per signal at gain 1, the inverse full well."),
      field<&N::read>("read", 0, 0.01, "ratio", "Variance at black of what is amplified, at gain 1."),
      field<&N::converter>("converter", 0, 0.01, "ratio", "Variance at black of what is added after the amplifier.")};
};

template <>
struct Describe<firmware::LuxModel> {
  using L = firmware::LuxModel;
  static constexpr auto fields = std::tuple{
      field<&L::reference_exposure_us>("reference_exposure_us", 1, 1e8, "us", "Exposure time of the reference frame."),
      field<&L::reference_gain>("reference_gain", 0.5, 256, "ratio", "Analogue gain of the reference frame."),
      field<&L::reference_aperture>("reference_aperture", 0.01, 64, "1/f",
                                    "Lens opening of the reference frame; 1 if fixed."),
      field<&L::reference_lux>("reference_lux", 0.01, 1e6, "lx", "Illuminance measured at the reference scene."),
      field<&L::reference_luminance>("reference_luminance", 1e-4, 1, "ratio",
                                     "Mean luminance of the reference frame as a fraction of white.")};
};

}  // namespace sunny16::isp
