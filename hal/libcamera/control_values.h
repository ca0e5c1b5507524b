// What libcamera's controls and metadata say, in the terms of hal/api.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include <libcamera/controls.h>

#include "hal/api/raw_frame.h"
#include "hal/api/sensor.h"

namespace sunny16::hal {

/// A number of any of libcamera's numeric types, the first of an array; nothing for other values.
std::optional<double> number(const libcamera::ControlValue& value);
std::optional<double> number(const libcamera::ControlList& list, const libcamera::ControlId& control);

/// What was applied to a frame, as far as its metadata tells.
AppliedSettings applied_settings(const libcamera::ControlList& metadata);
/// SensorBlackLevels, which are on a 16-bit scale, as DN of samples of `bits`: R Gr Gb B.
std::optional<std::array<double, 4>> black_levels(const libcamera::ControlList& metadata, int bits);
/// SensorTimestamp; 0: unknown.
std::uint64_t sensor_timestamp_ns(const libcamera::ControlList& metadata);

/// What a camera's controls allow. One that it does not offer has a range of one nominal value, and a lens none at all.
SensorLimits sensor_limits(const libcamera::ControlInfoMap& offered);

/// Adds settings to a request's controls, each as near as the limits allow; what the camera does not offer is left out.
void put_settings(const SensorSettings& settings, const libcamera::ControlInfoMap& offered,
                  libcamera::ControlList& controls);
/// Adds what leaves exposure and focus to us, and white balance too unless the board needs its own for a picture.
void put_manual_modes(const libcamera::ControlInfoMap& offered, bool board_balances, libcamera::ControlList& controls);

}  // namespace sunny16::hal
