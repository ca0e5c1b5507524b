// How a sensor behind a lens answers to light, and what a calibration of it finds.
#pragma once

#include <array>
#include <vector>

#include "hal/api/raw_frame.h"
#include "sim/optics/lens_model.h"
#include "sim/scene/palette.h"
#include "sim/sensor/sensor_model.h"

namespace sunny16::sim {

/// Photoelectrons a second of a pixel on the lens's axis whose surface sends back all of an irradiance (W/m^2/nm), for
/// the red, green and blue filter: E T / 4 N^2 on the sensor, lambda / h c photons a joule.
Observer photoelectrons(const SensorModel& sensor, const LensModel& lens);

/// The same before charge leaks to pixels of other colours. Quantum efficiencies are measured under even light, with
/// the colour of crosstalk in them: it must not be added twice.
Observer without_crosstalk(const Observer& observer, const SensorModel& sensor);

/// The wavelength that stands for each filter under a light: the mean of what it sees, nm.
std::array<double, 3> mean_wavelengths(const Observer& observer, const Spectrum& light);

/// Colour of a perfect white under a light, green 1.
std::array<double, 3> neutral(const Observer& observer, const Spectrum& light);

/// ColorMatrix and ForwardMatrix under standard illuminant A and D65: least squares over the patches of a ColorChecker,
/// white kept exactly.
std::vector<hal::ColourCalibration> calibrate(const Observer& observer);

}  // namespace sunny16::sim
