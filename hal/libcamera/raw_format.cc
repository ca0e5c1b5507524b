#include "hal/libcamera/raw_format.h"

#include <algorithm>
#include <charconv>

namespace sunny16::hal {
namespace {

constexpr std::string_view kPacked = "_CSI2P";

}  // namespace

std::optional<SampleFormat> sample_format(std::string_view name) {
  SampleFormat format;
  constexpr std::size_t kColours = 4;
  if (const auto phase = isp::cfa_from_string(name.substr(0, 1) == "S" ? name.substr(1, kColours) : "")) {
    format.phase = *phase;
    name.remove_prefix(1 + kColours);
  } else if (name.starts_with('R')) {
    format.monochrome = true;
    name.remove_prefix(1);
  } else {
    return std::nullopt;
  }
  const char* end = name.data() + name.size();
  const auto [rest, error] = std::from_chars(name.data(), end, format.bits);
  constexpr int kBits[] = {8, 10, 12, 14, 16};
  if (error != std::errc() || std::ranges::find(kBits, format.bits) == std::end(kBits)) return std::nullopt;
  if (rest == end) return unpacked(format);
  return std::string_view(rest, end) == kPacked ? packed(format) : std::nullopt;
}

std::string format_name(const SampleFormat& format) {
  std::string name = format.monochrome ? "R" : "S" + std::string(isp::to_string(format.phase));
  name += std::to_string(format.bits);
  return format == unpacked(format) ? name : name.append(kPacked);
}

SampleFormat unpacked(SampleFormat format) {
  format.packing = format.bits == 8 ? isp::Packing::u8 : isp::Packing::u16;
  return format;
}

std::optional<SampleFormat> packed(SampleFormat format) {
  switch (format.bits) {
    case 10:
      format.packing = isp::Packing::csi2_10;
      return format;
    case 12:
      format.packing = isp::Packing::csi2_12;
      return format;
    case 14:
      format.packing = isp::Packing::csi2_14;
      return format;
    default:
      return std::nullopt;
  }
}

double white_level(const SampleFormat& format, int sensor_bits) {
  const int bits = std::min(sensor_bits, format.bits);
  return ((1 << bits) - 1) << (format.bits - bits);
}

}  // namespace sunny16::hal
