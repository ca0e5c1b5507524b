#include "hal/replay/gain_map.h"

#include <doctest/doctest.h>

#include <bit>
#include <string>
#include <vector>

#include "hal/replay/input_error.h"

using namespace sunny16;
using hal::gain_mesh;
using hal::InputError;

namespace {

/// Opcode lists byte by byte, big-endian.
struct Bytes : std::vector<std::byte> {
  Bytes& u32(std::uint32_t v) { return integer(v, 4); }
  Bytes& f32(float v) { return u32(std::bit_cast<std::uint32_t>(v)); }
  Bytes& f64(double v) { return integer(std::bit_cast<std::uint64_t>(v), 8); }
  Bytes& opcode(std::uint32_t id, const Bytes& parameters) {
    u32(id).u32(0x01030000).u32(0).u32(static_cast<std::uint32_t>(parameters.size()));
    insert(end(), parameters.begin(), parameters.end());
    return *this;
  }
  Bytes& integer(std::uint64_t v, int count) {
    while (count-- > 0) push_back(static_cast<std::byte>(v >> 8 * count & 0xFF));
    return *this;
  }
};

constexpr int kWidth = 40, kHeight = 30;

/// A map of columns x rows points over the whole picture, its ends on the picture's edges, that begins at (left, top).
Bytes gain_map(std::uint32_t left, std::uint32_t top, std::uint32_t pitch, std::uint32_t columns, std::uint32_t rows,
               const std::vector<float>& gains) {
  Bytes map;
  map.u32(top).u32(left).u32(kHeight).u32(kWidth).u32(0).u32(1).u32(pitch).u32(pitch).u32(rows).u32(columns);
  map.f64(rows > 1 ? 1.0 / (rows - 1) : 1).f64(columns > 1 ? 1.0 / (columns - 1) : 1).f64(0).f64(0).u32(1);
  for (const float gain : gains) map.f32(gain);
  return map;
}

}  // namespace

TEST_CASE("a map whose ends are the picture's edges is resampled to pixel centres") {
  // Gain 1 at the left edge and 3 at the right: pixel x has its centre at (x + 1/2) / width.
  const auto mesh =
      gain_mesh(Bytes().u32(1).opcode(9, gain_map(0, 0, 1, 2, 1, {1, 3})), kWidth, kHeight, isp::CfaPhase::rggb);
  REQUIRE(mesh);
  CHECK(mesh->columns == 2);
  CHECK(mesh->rows == 1);
  for (const auto& channel : mesh->gains) {
    REQUIRE(channel.size() == 2);
    CHECK(channel[0] == doctest::Approx(1 + 2 * 0.5 / kWidth));
    CHECK(channel[1] == doctest::Approx(3 - 2 * 0.5 / kWidth));
  }
}

TEST_CASE("maps belong to the channel at their corner, whatever the phase") {
  for (const isp::CfaPhase phase :
       {isp::CfaPhase::rggb, isp::CfaPhase::grbg, isp::CfaPhase::gbrg, isp::CfaPhase::bggr}) {
    Bytes list;
    list.u32(4);
    for (std::uint32_t cell = 0; cell < 4; ++cell)
      list.opcode(9, gain_map(cell & 1, cell >> 1, 2, 1, 1, {1.25f + static_cast<float>(cell)}));
    const auto mesh = gain_mesh(list, kWidth, kHeight, phase);
    REQUIRE(mesh);
    for (int cell = 0; cell < 4; ++cell)
      CHECK(mesh->gains[isp::quad_plane(phase, cell & 1, cell >> 1)] == std::vector<double>{1.25 + cell});
  }
}

TEST_CASE("several maps multiply, other opcodes and partial maps are passed over") {
  Bytes partial = gain_map(0, 0, 1, 1, 1, {5});
  partial[11] = std::byte{kHeight / 2};  // bottom
  Bytes list;
  list.u32(4).opcode(9, gain_map(0, 0, 1, 1, 1, {2})).opcode(1, Bytes().u32(7)).opcode(9, partial);
  list.opcode(9, gain_map(0, 0, 1, 1, 1, {1.5}));
  const auto mesh = gain_mesh(list, kWidth, kHeight, isp::CfaPhase::rggb);
  REQUIRE(mesh);
  for (const auto& channel : mesh->gains) CHECK(channel == std::vector<double>{3});
  CHECK_FALSE(gain_mesh(Bytes().u32(1).opcode(9, partial), kWidth, kHeight, isp::CfaPhase::rggb));
  CHECK_FALSE(gain_mesh(Bytes().u32(0), kWidth, kHeight, isp::CfaPhase::rggb));
}

TEST_CASE("a damaged opcode list is an error") {
  const Bytes good = Bytes().u32(1).opcode(9, gain_map(0, 0, 1, 2, 2, {1, 2, 3, 4}));
  const auto read = [](std::span<const std::byte> list) {
    return gain_mesh(list, kWidth, kHeight, isp::CfaPhase::rggb);
  };
  CHECK_NOTHROW(read(good));
  for (std::size_t length = 0; length < good.size(); ++length)
    CHECK_THROWS_AS(read(std::span(good).first(length)), InputError);

  const auto with = [&](std::size_t word, std::uint32_t value) {
    Bytes bad = good;
    for (std::size_t i = 0; i < 4; ++i) bad[4 * word + i] = static_cast<std::byte>(value >> (24 - 8 * i) & 0xFF);
    return bad;
  };
  constexpr std::size_t kCount = 0, kRows = 13, kColumns = 14, kSpacing = 15, kMapPlanes = 23, kGains = 24;
  CHECK_THROWS_AS(read(with(kCount, 0xFFFFFFFF)), InputError);
  CHECK_THROWS_AS(read(with(kRows, 0)), InputError);
  CHECK_THROWS_AS(read(with(kColumns, 0)), InputError);
  CHECK_THROWS_AS(read(with(kRows, 0x10000)), InputError);
  CHECK_THROWS_AS(read(with(kSpacing, 0x7FF00000)), InputError);  // infinity
  CHECK_THROWS_AS(read(with(kSpacing, 0xBFF00000)), InputError);  // -1
  CHECK_THROWS_AS(read(with(kMapPlanes, 0xFFFFFFFF)), InputError);
  CHECK_THROWS_AS(read(with(kGains, 0x7FC00000)), InputError);  // NaN
  CHECK_THROWS_AS(read(with(kGains, 0xBF800000)), InputError);  // -1
}
