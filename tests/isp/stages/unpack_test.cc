#include "isp/stages/unpack.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "isp/core/raw_view.h"
#include "tests/isp/every_target.h"
#include "tests/isp/stage_harness.h"

namespace sunny16::isp::test {
namespace {

constexpr std::array kPackings{Packing::u8, Packing::u16, Packing::csi2_10, Packing::csi2_12, Packing::csi2_14};
constexpr std::array kPhases{CfaPhase::rggb, CfaPhase::grbg, CfaPhase::gbrg, CfaPhase::bggr};
constexpr int bits(Packing packing) {
  constexpr std::array kBits{8, 16, 10, 12, 14};
  return kBits[static_cast<std::size_t>(packing)];
}

/// A row of samples in memory of just its size, so that the address sanitiser sees a read beyond it.
struct PackedRow {
  std::unique_ptr<std::byte[]> bytes;
  PackedRow(Packing packing, const std::vector<unsigned>& samples) {
    const auto width = static_cast<int>(samples.size());
    bytes = std::make_unique<std::byte[]>(row_bytes(packing, width));
    const auto set_bit = [&](std::size_t bit) { bytes[bit / 8] |= static_cast<std::byte>(1u << bit % 8); };
    const auto low_bits = static_cast<std::size_t>(bits(packing) - 8),
               group = std::size_t{packing == Packing::csi2_12 ? 2u : 4u};
    for (std::size_t x = 0; x < samples.size(); ++x)
      for (std::size_t bit = 0; bit < static_cast<std::size_t>(bits(packing)); ++bit) {
        if (!(samples[x] >> bit & 1)) continue;
        if (packing == Packing::u8 || packing == Packing::u16) {
          set_bit(x * (8 + low_bits) + bit);
        } else {
          const std::size_t start = x / group * group * (8 + low_bits);
          set_bit(bit >= low_bits ? start + x % group * 8 + bit - low_bits
                                  : start + group * 8 + x % group * low_bits + bit);
        }
      }
  }
};

/// A frame of one step of unpacking: 2 * binning sensor rows.
struct Rows {
  std::vector<std::vector<unsigned>> samples;
  std::vector<PackedRow> packed;
  std::vector<std::byte*> pointers;
  Conditions conditions;
  int quads;

  Rows(Packing packing, CfaPhase phase, int width, int binning) {
    conditions.packing = packing, conditions.phase = phase, conditions.binning = binning;
    conditions.frame = FrameGeometry::canonical(width, 2 * binning, phase);
    quads = binned(conditions.frame, binning).quad_columns();
    for (int y = 0; y < 2 * binning; ++y) {
      auto& row = samples.emplace_back();
      for (int x = 0; x < width; ++x)
        row.push_back(scramble(static_cast<std::uint32_t>(y), static_cast<std::uint32_t>(x)) >> (32 - bits(packing)));
      packed.emplace_back(packing, row);
    }
    for (const PackedRow& row : packed) pointers.push_back(row.bytes.get());
  }

  std::array<std::vector<std::uint16_t>, 4> unpack(RowFunction<Unpack::Registers> kernel, int first, int count) {
    std::array<std::vector<std::uint16_t>, 4> out;
    std::array<std::byte*, 4> rows;
    for (std::size_t plane = 0; plane < 4; ++plane) {
      out[plane].resize(static_cast<std::size_t>(count + kSlack));
      rows[plane] = reinterpret_cast<std::byte*>(out[plane].data());
    }
    const RowIo io{
        .inputs = {RowIo::Input{.rows = pointers.data(), .window = static_cast<int>(pointers.size()), .border = 0}},
        .outputs = rows.data()};
    kernel(Unpack::derive({}, conditions), io, {.x = first, .y = 0, .count = count});
    for (auto& plane : out) plane.resize(static_cast<std::size_t>(count));
    return out;
  }
};

TEST_CASE("CSI-2 groups are unpacked as MIPI draws them") {
  const auto first_samples = [](Packing packing, std::vector<std::uint8_t> bytes, int width) {
    std::array<std::byte*, 2> rows;
    rows.fill(reinterpret_cast<std::byte*>(bytes.data()));
    std::array<std::array<std::uint16_t, 2 + kSlack>, 4> out{};
    std::array<std::byte*, 4> outputs;
    for (std::size_t i = 0; i < 4; ++i) outputs[i] = reinterpret_cast<std::byte*>(out[i].data());
    Conditions conditions;
    conditions.packing = packing;
    conditions.frame = FrameGeometry::canonical(width, 2, CfaPhase::rggb);
    const RowIo io{.inputs = {RowIo::Input{.rows = rows.data(), .window = 2, .border = 0}}, .outputs = outputs.data()};
    Unpack::fast_row(Unpack::derive({}, conditions), io, {.x = 0, .y = 0, .count = width / 2});
    return std::array<int, 4>{out[kR][0], out[kGr][0], out[kR][1], out[kGr][1]};
  };
  CHECK(first_samples(Packing::csi2_10, {0x12, 0x34, 0x56, 0x78, 0b11'10'01'00}, 4) ==
        std::array{0x48, 0xD1, 0x15A, 0x1E3});
  CHECK(first_samples(Packing::csi2_12, {0x12, 0x34, 0xBA, 0x56, 0x78, 0xDC}, 4) ==
        std::array{0x12A, 0x34B, 0x56C, 0x78D});
  // Low bits 1, 2, 3, 4 of six: 000001 | 000010 << 6 | 000011 << 12 | 000100 << 18 = 0x103081.
  CHECK(first_samples(Packing::csi2_14, {0x12, 0x34, 0x56, 0x78, 0x81, 0x30, 0x10}, 4) ==
        std::array{0x12 << 6 | 1, 0x34 << 6 | 2, 0x56 << 6 | 3, 0x78 << 6 | 4});
}

TEST_CASE("every layout and phase lands in its colour plane, reflected at the edges") {
  on_every_target([] {
    for (const Packing packing : kPackings)
      for (const CfaPhase phase : kPhases)
        for (const int width : {2, 3, 5, 16, 33, 100, 521, 1300}) {
          CAPTURE(to_string(phase));
          CAPTURE(width);
          Rows rows(packing, phase, width, 1);
          const auto out = rows.unpack(Unpack::fast_row, 0, rows.quads);
          int wrong = 0;
          for (int plane = 0; plane < 4; ++plane)
            for (int x = 0; x < rows.quads; ++x) {
              const auto column = static_cast<std::size_t>(reflect(2 * x + (plane & 1) - red_x(phase), width));
              const unsigned expected = rows.samples[static_cast<std::size_t>(plane >> 1)][column];
              wrong += out[static_cast<std::size_t>(plane)][static_cast<std::size_t>(x)] != expected;
            }
          CHECK(wrong == 0);
        }
  });
}

TEST_CASE("any part of a row is the same by reference and fast rows") {
  on_every_target([] {
    for (const Packing packing : kPackings)
      for (const CfaPhase phase : kPhases)
        for (const int binning : {1, 2})
          for (const int width : {2, 7, 64, 258, 1045}) {
            Rows rows(packing, phase, width, binning);
            const int q = rows.quads;
            for (const auto& [first, count] : {std::pair{0, q}, {q / 3, (q + 2) / 3}, {q - 1, 1}, {q / 2, q - q / 2}})
              CHECK(rows.unpack(Unpack::fast_row, first, count) == rows.unpack(Unpack::reference_row, first, count));
          }
  });
}

TEST_CASE("binning takes the rounded mean of four samples of a colour") {
  Rows rows(Packing::u16, CfaPhase::rggb, 64, 2);
  const auto out = rows.unpack(Unpack::fast_row, 0, rows.quads);
  const auto at = [&](std::size_t x, std::size_t y) { return rows.samples[y][x]; };
  for (std::size_t x = 0; x < 16; ++x) {
    CHECK(out[kR][x] == (at(4 * x, 0) + at(4 * x + 2, 0) + at(4 * x, 2) + at(4 * x + 2, 2) + 2) / 4);
    CHECK(out[kB][x] == (at(4 * x + 1, 1) + at(4 * x + 3, 1) + at(4 * x + 1, 3) + at(4 * x + 3, 3) + 2) / 4);
  }
}

TEST_CASE("the binned frame is half as large and even") {
  for (const CfaPhase phase : kPhases)
    for (int width = kMinSide; width < 40; ++width) {
      const FrameGeometry full = FrameGeometry::canonical(width, width + 3, phase), half = binned(full, 2);
      CHECK(binned(full, 1) == full);
      CHECK(half.width % 2 == 0);
      CHECK(2 * half.width >= full.width);
      CHECK(2 * half.width <= full.width + 2);
      CHECK(half.active.width >= width / 2);
      CHECK(half.active.x + half.active.width <= half.width);
      CHECK(half.active.y + half.active.height <= half.height);
    }
}

}  // namespace
}  // namespace sunny16::isp::test
