// How headerless raw data is described: a libcamera pixel format name with the frame's size, and the sensor's levels.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "hal/api/raw_frame.h"

namespace sunny16::hal {

/// `[WxH:]S<cfa><bits>[_CSI2P][:stride]`, as in "1920x1080:SRGGB10_CSI2P:2432". The name is libcamera's: <cfa> is RGGB,
/// GRBG, GBRG or BGGR, <bits> 8, 10, 12, 14 or 16; _CSI2P (10, 12 and 14 only) is MIPI CSI-2 packed, otherwise samples
/// are bytes (8) or 16-bit little-endian words. The stride is in bytes; without it rows follow each other directly.
struct RawFormat {
  int width = 0, height = 0;  ///< 0: the file says (PNG)
  isp::CfaPhase phase = isp::CfaPhase::rggb;
  int bits = 16;
  isp::Packing packing = isp::Packing::u16;
  std::size_t stride = 0;  ///< 0: rows without padding

  /// Throws InputError for anything that is not of this form, or outside the frame limits.
  static RawFormat parse(std::string_view text);
};

/// What a command line or a sidecar says of the samples; what is absent is taken from the file, or is a default: black
/// 0, white the largest sample.
struct RawDescription {
  std::optional<RawFormat> format = {};
  std::optional<std::array<double, 4>> black = {};  ///< DN, R Gr Gb B
  std::optional<double> white = {};                 ///< DN
};

/// One level for all channels or four, "64" or "64,64.25,63.5,64" (R, Gr, Gb, B). Throws InputError.
std::array<double, 4> parse_black(std::string_view text);

/// A level, fractions allowed: 0..65535. Throws InputError.
double parse_white(std::string_view text);

/// Sets the frame's levels from the description where it has them. Throws InputError if levels are out of range, or
/// white is not above black.
void apply_levels(RawFrame& frame, const RawDescription& description);

}  // namespace sunny16::hal
