// Unpack: bytes of raw rows to quads of samples, the root of the line.
//
// Domain: raw bytes -> sensor DN on the canonical frame. Canonical column x is sensor column x - red_x(phase),
// reflected where the sensor has no such column, so that later stages see R first whatever the sensor's phase. Rows
// arrive reflected already. Layouts: 8 bit, 16 bit little-endian, and MIPI CSI-2 RAW10/12/14 (MIPI Alliance, Camera
// Serial Interface 2, "Data Formats").
//
// Binning 2 halves the frame: each sample is the rounded mean of the four of its colour in 2x2 quads. Centres of
// colours are then not quite evenly spaced (by half a binned pixel), as with every sensor that bins so; for previews.
#pragma once

#include "isp/stage/stage.h"

namespace sunny16::isp {

/// The frame that stages see behind an unpack with this binning: half the canonical frame, again even. The picture's
/// last column (row) counts where at least one of its two columns is real.
constexpr FrameGeometry binned(const FrameGeometry& frame, int binning) {
  if (binning == 1) return frame;
  const auto half = [](int begin, int size) { return (begin + size + 1) / 2 - begin / 2; };
  const Rect& a = frame.active;
  return {(frame.width + 2) / 4 * 2,
          (frame.height + 2) / 4 * 2,
          {a.x / 2, a.y / 2, half(a.x, a.width), half(a.y, a.height)}};
}

struct UnpackTuning {};
template <>
struct Describe<UnpackTuning> {
  static constexpr auto fields = std::tuple{};
};

/// A root: input 0 has one plane with no border, whose rows 0 .. 2 * binning - 1 are pointers to the first byte of raw
/// rows (not to column span.x). Reads stay within row_bytes(packing, width).
struct Unpack {
  static constexpr std::string_view name = "unpack";
  using In = domain::Sensor;
  using Out = domain::Sensor;
  using Tuning = UnpackTuning;
  struct Registers {
    std::uint16_t enabled = 1;
    std::uint16_t packing = 0;  ///< Packing
    std::uint16_t phase = 0;    ///< CfaPhase
    std::uint16_t width = 0;    ///< of the sensor's rows, 2..kMaxSide
    std::uint16_t binning = 1;  ///< 1 or 2
  };

  static constexpr PassShape shape{.out = Out::layout, .inputs = {}, .input_count = 1};
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<Unpack>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
