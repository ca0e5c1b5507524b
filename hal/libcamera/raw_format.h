// Raw pixel formats by libcamera's names, which are the same in all of its versions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "isp/core/raw_view.h"

namespace sunny16::hal {

/// What the samples of a raw frame are, and how they lie in memory.
struct SampleFormat {
  isp::CfaPhase phase = isp::CfaPhase::rggb;  ///< says nothing where the format is monochrome
  bool monochrome = false;
  int bits = 10;
  isp::Packing packing = isp::Packing::u16;

  bool operator==(const SampleFormat&) const = default;
};

/// The format of a name: S<cfa><bits> or R<bits> (monochrome), with _CSI2P where it is MIPI CSI-2 packed. Nothing for
/// all others, and so for raw formats that are compressed or packed in another way.
std::optional<SampleFormat> sample_format(std::string_view name);

/// libcamera's name of a format.
std::string format_name(const SampleFormat& format);

/// The same samples in whole bytes; and MIPI CSI-2 packed, or nothing where there is no such packing for the bits.
SampleFormat unpacked(SampleFormat format);
std::optional<SampleFormat> packed(SampleFormat format);

/// DN at saturation of a sensor of `sensor_bits`; where the format has more bits, the sensor's are the upper ones.
double white_level(const SampleFormat& format, int sensor_bits);

}  // namespace sunny16::hal
