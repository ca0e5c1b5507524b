// Colour filter array phase, and the canonical frame that makes every later stage free of it.
//
// The first stage shifts the picture so that R sits at even rows and even columns: the *canonical frame* has at most
// one extra reflected row or column at each edge and even dimensions. All stages work on it; outputs crop it away.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "isp/core/plane.h"

namespace sunny16::isp {

/// Colours of the 2x2 cell at (0,0), row by row.
enum class CfaPhase : std::uint8_t { rggb, grbg, gbrg, bggr };

inline constexpr std::array<std::string_view, 4> kCfaNames{"RGGB", "GRBG", "GBRG", "BGGR"};

constexpr std::string_view to_string(CfaPhase phase) { return kCfaNames[static_cast<std::size_t>(phase)]; }

constexpr std::optional<CfaPhase> cfa_from_string(std::string_view name) {
  for (std::size_t i = 0; i < kCfaNames.size(); ++i)
    if (kCfaNames[i] == name) return static_cast<CfaPhase>(i);
  return std::nullopt;
}

/// Column (row) of the first red pixel: 0 or 1. Also the number of reflected columns (rows) before the canonical frame's
/// first real pixel.
constexpr int red_x(CfaPhase phase) { return static_cast<int>(phase) & 1; }
constexpr int red_y(CfaPhase phase) { return static_cast<int>(phase) >> 1; }

/// The phase seen by a crop that starts at (x, y).
constexpr CfaPhase shifted(CfaPhase phase, int x, int y) {
  return static_cast<CfaPhase>(static_cast<int>(phase) ^ (x & 1) ^ ((y & 1) << 1));
}

/// Planes of the quad domains: a quad is R Gr / Gb B, plane p holds column parity p & 1 and row parity p >> 1.
enum Quad : std::uint8_t { kR, kGr, kGb, kB };

/// Index in a quad of the colour at (column, row) of the sensor's own 2x2 cell.
constexpr Quad quad_plane(CfaPhase phase, int x, int y) {
  return static_cast<Quad>(((x ^ red_x(phase)) & 1) | (((y ^ red_y(phase)) & 1) << 1));
}

/// Reflects a coordinate into [0, n) about the centres of the first and last pixel, as often as needed: the distance
/// stays even, so the colour of a Bayer pixel stays what it was. n >= 1.
constexpr int reflect(int i, int n) {
  if (n == 1) return 0;
  const int period = 2 * (n - 1);
  i %= period;
  if (i < 0) i += period;
  return i < n ? i : period - i;
}

/// Size of the frame that the stages see, in pixels (both even), and where the sensor's picture lies in it.
struct FrameGeometry {
  int width = 0, height = 0;
  Rect active;

  int quad_columns() const { return width / 2; }
  int quad_rows() const { return height / 2; }

  /// The canonical frame of a `width` x `height` sensor picture.
  static constexpr FrameGeometry canonical(int width, int height, CfaPhase phase) {
    const int left = red_x(phase), top = red_y(phase);
    return {(width + left + 1) / 2 * 2, (height + top + 1) / 2 * 2, {left, top, width, height}};
  }
  friend constexpr bool operator==(const FrameGeometry&, const FrameGeometry&) = default;
};

}  // namespace sunny16::isp
