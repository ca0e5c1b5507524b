// EXIF LightSource codes, with which DNG files name the illuminant of a colour calibration, and their correlated colour
// temperatures.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace sunny16::hal {

struct Illuminant {
  std::uint16_t code;  ///< EXIF LightSource
  double temperature;  ///< kelvin
};

/// Those that a calibration is written with come first; lamps that only differ in name from one of them, or are rare,
/// follow.
inline constexpr std::array<Illuminant, 18> kIlluminants{{
    {17, 2856},
    {24, 3200},
    {15, 3450},
    {14, 4150},
    {23, 5003},
    {20, 5503},
    {21, 6504},
    {22, 7504},
    {3, 2850},   // tungsten
    {2, 4150},   // fluorescent
    {13, 5050},  // day white fluorescent
    {1, 5500},   // daylight
    {9, 5500},   // fine weather
    {4, 5500},   // flash
    {12, 6400},  // daylight fluorescent
    {10, 6500},  // cloudy weather
    {19, 6774},  // standard light C
    {11, 7500},  // shade
}};
inline constexpr std::size_t kWrittenIlluminants = 8;

/// Temperature of a code; 0 for a code that names none.
constexpr double illuminant_temperature(std::uint16_t code) {
  for (const Illuminant& illuminant : kIlluminants)
    if (illuminant.code == code) return illuminant.temperature;
  return 0;
}

/// The illuminant to write for a temperature: nearest in mired (reciprocal temperature), on which matrices are
/// interpolated.
constexpr Illuminant nearest_illuminant(double temperature) {
  Illuminant best = kIlluminants[0];
  double best_distance = 1e9;
  for (std::size_t i = 0; i < kWrittenIlluminants; ++i) {
    const double difference = 1e6 / kIlluminants[i].temperature - 1e6 / temperature;
    const double distance = difference < 0 ? -difference : difference;
    if (distance < best_distance) best = kIlluminants[i], best_distance = distance;
  }
  return best;
}

}  // namespace sunny16::hal
