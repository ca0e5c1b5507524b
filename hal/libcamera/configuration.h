// Where libcamera's versions differ, from 0.0.3 to 0.7: how a configuration says orientation and the sensor's mode.
#pragma once

#include <array>

namespace sunny16::hal {

/// EXIF orientation of the frames of a validated configuration; libcamera turns them upright as far as the sensor can
/// flip. Until 0.1 it is told as the Transform that the frames have undergone, later as the EXIF number.
template <class Configuration>
int exif_orientation(const Configuration& configuration) {
  if constexpr (requires { configuration.orientation; }) {
    return static_cast<int>(configuration.orientation);
  } else {
    constexpr std::array kOfFlips{1, 2, 4, 3};  // none, horizontal, vertical, both
    return kOfFlips[static_cast<unsigned>(configuration.transform) % kOfFlips.size()];
  }
}

/// Asks for the sensor's mode of these bits, where the stream's format does not say them. Older versions choose it by
/// the stream's size alone.
template <class Configuration, class Size>
void ask_sensor_bits(Configuration& configuration, int bits, Size size) {
  if constexpr (requires { configuration.sensorConfig; }) {
    auto& sensor = configuration.sensorConfig.emplace();
    sensor.bitDepth = static_cast<unsigned>(bits);
    sensor.outputSize = size;
  }
}

}  // namespace sunny16::hal
