// What each control may be on this camera: for people's sliders and for programs.
#pragma once

#include <nlohmann/json.hpp>

#include "hal/api/sensor.h"

namespace sunny16::firmware {

/// An array with an object for each control in the table's order: name, type (boolean, integer, number, enum, numbers),
/// default, description, unit, and as they apply minimum, maximum, values, size. Where the sensor's limits are narrower
/// they count, and `available` is false for focus controls where the focus is fixed.
nlohmann::ordered_json control_ranges(const hal::SensorLimits& limits);

nlohmann::ordered_json control_ranges_schema();

}  // namespace sunny16::firmware
