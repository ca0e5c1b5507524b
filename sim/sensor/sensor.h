// A sensor counts light: electrons with their noise, an amplifier, a converter; and what its data sheet and calibration
// say.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hal/api/raw_frame.h"
#include "sim/optics/lens.h"

namespace sunny16::sim {

struct PlainSensor {
  std::string name;
  int bits = 12;
  double black = 256;            ///< DN
  double full_well = 8000;       ///< electrons that reach white at unit gain
  double pixel_noise = 1.5;      ///< electrons rms before the amplifier
  double converter_noise = 2.6;  ///< rms after it, in electrons at unit gain
  isp::CfaPhase phase = isp::CfaPhase::rggb;
  std::vector<hal::ColourCalibration> calibrations;  ///< coolest (lowest temperature) first

  double white() const { return (1 << bits) - 1; }
  /// Electrons per DN at a gain.
  double electrons_per_dn(double gain) const { return full_well / gain / (white() - black); }
  /// Standard deviation of a dark pixel without quantisation, electrons.
  double dark_noise(double gain) const;
  isp::NoiseProfile noise(double gain) const;
};

/// A sensor like Sony's IMX477, with the colours that Raspberry Pi's tuning file measured of it.
PlainSensor imx477();

struct Exposure {
  double analogue_gain = 1;
  double colour_temperature = 4000;  ///< of the black body that lights the scene, 2000 .. 10000 K
  double white_level = 0.7;          ///< green of a white surface in the picture's centre, black .. white
  std::uint64_t seed = 1, frame = 0;
};

/// What the sensor makes of the light under the lens's fall-off, with levels, calibrations, neutral, noise and shading.
hal::RawFrame expose(const PlainSensor& sensor, const Lens& lens, const LightImage& light, const Exposure& exposure);

}  // namespace sunny16::sim
