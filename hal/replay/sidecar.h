// The JSON file beside headerless raw data, FILE.json beside FILE:
//
//   {"raw_format": "2304x1296:SBGGR10_CSI2P", "black": 64, "white": 1023,
//    "make": "Raspberry Pi", "model": "Camera Module 3", "date_time": "2024:05:01 12:00:00", "orientation": 1,
//    "aperture": 1.8, "focal_length": 4.74, "noise_profile": [1e-4, 1e-7],
//    "ExposureTime": 62500, "AnalogueGain": 6.9, "DigitalGain": 1, "ColourGains": [1.9, 2.1], "ColourTemperature":
//    3100, "Lux": 40, "LensPosition": 1.0, "SensorTimestamp": 123456789}
//
// Every key may be left out. `black` is one number or four (R, Gr, Gb, B), in DN like `white`. Keys in CamelCase are
// libcamera's controls in libcamera's units. Anything else is an error that names its JSON path.
#pragma once

#include <string_view>

#include "hal/replay/raw_description.h"

namespace sunny16::hal {

struct Sidecar {
  RawDescription description;
  RawFrame frame;  ///< what the sidecar says of the frame; no samples, no levels
};

inline constexpr std::size_t kMaxSidecarBytes = 64 << 10;

/// Throws InputError.
Sidecar parse_sidecar(std::string_view json);

}  // namespace sunny16::hal
