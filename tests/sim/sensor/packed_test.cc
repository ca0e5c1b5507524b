#include "sim/sensor/packed.h"

#include <doctest/doctest.h>

#include "hal/api/raw_sample.h"
#include "sim/light/simulation_error.h"
#include "tests/sample_frame.h"

namespace sunny16::sim {
namespace {

TEST_CASE("Packed samples come back, at sizes that fill no group") {
  for (const auto& each : {std::pair{isp::Packing::csi2_10, 10},
                           {isp::Packing::csi2_12, 12},
                           {isp::Packing::csi2_14, 14},
                           {isp::Packing::u8, 8},
                           {isp::Packing::u16, 16}})
    for (const int width : {2, 3, 37, 38, 39, 40, 128}) {
      const auto& packing = each.first;
      const auto& bits = each.second;
      hal::RawFrame plain = sample_frame(width, 6);
      auto storage = std::make_shared<std::vector<std::byte>>(plain.raw.bytes.begin(), plain.raw.bytes.end());
      for (std::size_t i = 0; i < storage->size(); i += 2) {  // all bits in use
        const auto v = static_cast<unsigned>(i * 40503u) & ((1u << bits) - 1);
        (*storage)[i] = static_cast<std::byte>(v & 0xFF), (*storage)[i + 1] = static_cast<std::byte>(v >> 8);
      }
      plain.raw.bytes = *storage, plain.storage = storage, plain.bits = bits;
      const hal::RawFrame frame = packed(plain, packing);
      CAPTURE(width);
      CAPTURE(bits);
      REQUIRE(frame.raw.valid());
      CHECK(frame.raw.packing == packing);
      CHECK(frame.raw.stride % kPackedAlignment == 0);
      CHECK(frame.raw.stride < row_bytes(packing, width + 3) + kPackedAlignment);
      for (int y = 0; y < 6; ++y)
        for (int x = 0; x < width; ++x) CHECK_EQ(hal::raw_sample(frame.raw, x, y), hal::raw_sample(plain.raw, x, y));
    }
}

TEST_CASE("A group of RAW10 is laid out as MIPI CSI-2 says") {
  hal::RawFrame plain = sample_frame(4, 2);
  auto storage = std::make_shared<std::vector<std::byte>>(16);
  for (const auto& [i, v] : {std::pair{0, 0x3FFu}, {1, 0x001u}, {2, 0x2AAu}, {3, 0x102u}}) {
    (*storage)[2 * static_cast<std::size_t>(i)] = static_cast<std::byte>(v & 0xFF);
    (*storage)[2 * static_cast<std::size_t>(i) + 1] = static_cast<std::byte>(v >> 8);
  }
  plain.raw.bytes = *storage, plain.storage = storage, plain.bits = 10;
  const hal::RawFrame frame = packed(plain, isp::Packing::csi2_10);
  const std::byte* row = frame.raw.row(0);
  const std::vector<std::byte> expected{std::byte{0xFF}, std::byte{0x00}, std::byte{0xAA}, std::byte{0x40},
                                        std::byte{0b10'10'01'11}};
  CHECK(std::vector(row, row + 5) == expected);
}

TEST_CASE("More bits than the packing has are refused") {
  CHECK_THROWS_WITH_AS(packed(sample_frame(), isp::Packing::csi2_10),
                       "packing of 10 bits: found a frame of 12, allowed no more bits than the packing has",
                       SimulationError);
}

}  // namespace
}  // namespace sunny16::sim
