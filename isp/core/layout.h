// The domains of the line: what the rows between two stages hold.
//
// Rows of planes are the only storage between stages. A *quad* domain has four half-size planes R, Gr, Gb, B (see cfa.h);
// an *rgb* domain three full-size planes. Both advance two picture rows at a time.
#pragma once

#include <cstdint>
#include <string_view>

namespace sunny16::isp {

/// Sampling of a layout's planes relative to the frame.
enum class Grid : std::uint8_t {
  full,  ///< a sample per pixel
  quad,  ///< a sample per 2x2 pixels; plane p sits at column parity p & 1, row parity p >> 1
  half,  ///< a sample per 2x2 pixels, at their centre
};

struct Layout {
  std::uint8_t planes = 1;
  std::uint8_t bytes = 2;  ///< per sample: 1 or 2
  Grid grid = Grid::full;
  friend constexpr bool operator==(const Layout&, const Layout&) = default;
};

namespace domain {

/// The sensor's own digital numbers (DN), as unpacked.
struct Sensor {
  static constexpr std::string_view name = "Sensor";
  using Sample = std::uint16_t;
  static constexpr Layout layout{4, 2, Grid::quad};
};

/// Linear raw: black at 4096, white (saturation at unit gain) at 19456. Values below black are kept, because clipping
/// noise there tints shadows and biases merges; two stops of headroom above white hold gains.
struct LinearRaw {
  static constexpr std::string_view name = "LinearRaw";
  using Sample = std::uint16_t;
  static constexpr Layout layout{4, 2, Grid::quad};
  static constexpr int black = 4096, white = 19456, range = white - black;
};

/// Stabilised raw: a code 0..16383 in which noise has about the same deviation everywhere (or linear >> 2 in the lite
/// variant). Defect neighbours aside, everything that compares neighbouring pixels works here.
struct CodeRaw {
  static constexpr std::string_view name = "CodeRaw";
  using Sample = std::int16_t;
  static constexpr Layout layout{4, 2, Grid::quad};
  static constexpr int max = 16383;
};

/// The same code after demosaicing.
struct CodeRgb {
  static constexpr std::string_view name = "CodeRgb";
  using Sample = std::int16_t;
  static constexpr Layout layout{3, 2, Grid::full};
  static constexpr int max = 16383;
};

/// Linear RGB, Q2.13: 8192 is white, negative values are kept, two stops of headroom. Camera primaries before the
/// colour matrix, linear sRGB primaries after it.
struct LinearRgb {
  static constexpr std::string_view name = "LinearRgb";
  using Sample = std::int16_t;
  static constexpr Layout layout{3, 2, Grid::full};
  static constexpr int white = 8192;
};

/// Display-referred R'G'B', 0..16383 full range.
struct DisplayRgb {
  static constexpr std::string_view name = "DisplayRgb";
  using Sample = std::int16_t;
  static constexpr Layout layout{3, 2, Grid::full};
  static constexpr int max = 16383;
};

/// Display-referred Y'CbCr in 1/64 of an 8-bit code, as video counts bits: 8-bit code 128, neutral chroma, is 8192.
struct DisplayYcc {
  static constexpr std::string_view name = "DisplayYcc";
  using Sample = std::int16_t;
  static constexpr Layout layout{3, 2, Grid::full};
  static constexpr int max = 16383, neutral = 8192;
};

}  // namespace domain
}  // namespace sunny16::isp
