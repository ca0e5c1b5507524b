#include "sim/sensor/packed.h"

#include "hal/api/raw_sample.h"
#include "sim/light/simulation_error.h"
#include "sim/reference/packing.h"

namespace sunny16::sim {
namespace {

/// Groups of high bytes followed by the group's low bits, first sample lowest. `row` is a whole number of groups long.
template <int group, int low_bits>
void pack_groups(std::span<const std::uint16_t> row, std::byte* out) {
  for (std::size_t x = 0; x < row.size(); x += group) {
    std::uint32_t low = 0;
    for (int i = 0; i < group; ++i) {
      const unsigned v = row[x + static_cast<std::size_t>(i)];
      *out++ = static_cast<std::byte>(v >> low_bits);
      low |= (v & ((1u << low_bits) - 1)) << (i * low_bits);
    }
    for (int shift = 0; shift < group * low_bits; shift += 8) *out++ = static_cast<std::byte>(low >> shift & 0xFF);
  }
}

void pack_row(std::span<const std::uint16_t> row, isp::Packing packing, std::byte* out) {
  switch (packing) {
    case isp::Packing::u8:
      return pack_groups<4, 0>(row, out);
    case isp::Packing::u16:
      for (const unsigned v : row) *out++ = static_cast<std::byte>(v & 0xFF), *out++ = static_cast<std::byte>(v >> 8);
      return;
    case isp::Packing::csi2_10:
      return pack_groups<4, 2>(row, out);
    case isp::Packing::csi2_12:
      return pack_groups<2, 4>(row, out);
    case isp::Packing::csi2_14:
      return pack_groups<4, 6>(row, out);
  }
}

}  // namespace

hal::RawFrame packed(hal::RawFrame frame, isp::Packing packing) {
  if (frame.bits > sample_bits(packing))
    throw SimulationError("packing of " + std::to_string(sample_bits(packing)) + " bits: found a frame of " +
                          std::to_string(frame.bits) + ", allowed no more bits than the packing has");
  const isp::RawView from = frame.raw;
  constexpr int kGroup = 4;  // samples; a row ends with zeros up to a whole one
  const int width = (from.width + kGroup - 1) / kGroup * kGroup;
  const std::size_t stride =
      (isp::row_bytes(packing, width) + kPackedAlignment - 1) / kPackedAlignment * kPackedAlignment;
  auto storage = std::make_shared<std::vector<std::byte>>(stride * static_cast<std::size_t>(from.height));
  std::vector<std::uint16_t> row(static_cast<std::size_t>(width));
  for (int y = 0; y < from.height; ++y) {
    for (int x = 0; x < from.width; ++x) row[static_cast<std::size_t>(x)] = hal::raw_sample(from, x, y);
    pack_row(row, packing, storage->data() + stride * static_cast<std::size_t>(y));
  }
  frame.raw.bytes = *storage;
  frame.raw.stride = stride;
  frame.raw.packing = packing;
  frame.storage = std::move(storage);
  return frame;
}

}  // namespace sunny16::sim
