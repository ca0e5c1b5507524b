#include "sim/reference/packing.h"

namespace sunny16::sim {
namespace {

void put_bits(std::byte& byte, unsigned bits) { byte |= static_cast<std::byte>(bits & 0xFF); }

/// MIPI CSI-2: the high bytes of a group of samples, then the group's low bits, first sample lowest.
void put_in_group(std::byte* row, int x, unsigned value, int group, int low_bits) {
  std::byte* start = row + x / group * (group + group * low_bits / 8);
  put_bits(start[x % group], value >> low_bits);
  const int bit = x % group * low_bits;
  const unsigned low = (value & ((1u << low_bits) - 1)) << bit % 8;
  put_bits(start[group + bit / 8], low);
  if (low > 0xFF) put_bits(start[group + bit / 8 + 1], low >> 8);
}

}  // namespace

RawBuffer make_raw(int width, int height, isp::CfaPhase phase, isp::Packing packing, std::size_t padding) {
  RawBuffer raw;
  const std::size_t stride = row_bytes(packing, width) + padding;
  raw.bytes.resize(stride * static_cast<std::size_t>(height));
  raw.view = {
      .bytes = raw.bytes, .width = width, .height = height, .stride = stride, .packing = packing, .phase = phase};
  return raw;
}

void put_sample(std::byte* row, isp::Packing packing, int x, unsigned value) {
  switch (packing) {
    case isp::Packing::u8:
      put_bits(row[x], value);
      return;
    case isp::Packing::u16:
      put_bits(row[2 * x], value), put_bits(row[2 * x + 1], value >> 8);
      return;
    case isp::Packing::csi2_10:
      put_in_group(row, x, value, 4, 2);
      return;
    case isp::Packing::csi2_12:
      put_in_group(row, x, value, 2, 4);
      return;
    case isp::Packing::csi2_14:
      put_in_group(row, x, value, 4, 6);
      return;
  }
}

}  // namespace sunny16::sim
