// Output packing, last and once: display values to 8-bit samples with ordered dither, or to 16-bit samples.
//
// Runs on pairs of output rows. RGB formats read display RGB, YUV formats display Y'CbCr; chroma is the mean of 2x2
// pixels, sited at their centre. The dither is a rank-1 lattice of the output's absolute coordinates, whose values are
// spread evenly over every small neighbourhood (M. Roberts, "The unreasonable effectiveness of quasirandom sequences",
// 2018): code = floor(value + d), 0 <= d < 1, has the mean of the value. One d for the three channels of a pixel keeps
// greys grey. The ends of the range are exact: 0 stays 0, and white 255.
#pragma once

#include "isp/core/fixed.h"
#include "isp/stage/stage.h"

namespace sunny16::isp {

enum class OutputFormat : std::uint8_t { rgb8, rgb16, nv12, i420 };
inline constexpr std::array<std::string_view, 4> kOutputFormatNames{"rgb8", "rgb16", "nv12", "i420"};

struct DitherTuning {
  double strength = 1;
};
template <>
struct Describe<DitherTuning> {
  static constexpr auto fields = std::tuple{field<&DitherTuning::strength>(
      "strength", 0, 1, "ratio", "Amplitude of the dither, in units of one 8-bit code; 0 rounds plainly.")};
};

struct Dither {
  static constexpr std::string_view name = "dither";
  using Tuning = DitherTuning;
  /// Generators of the lattice: inverse first and second power of the plastic number, in 1/65536.
  static constexpr std::uint16_t kLatticeX = 49471, kLatticeY = 37345;
  /// 4 v * kCodeScale / 2^16 = v * 65280 / 16383: 8-bit codes in 1/256, ends exact.
  static constexpr std::uint16_t kCodeScale = 65284;

  struct Registers {
    std::uint16_t format = 0;  ///< OutputFormat
    Q<0, 15> strength;
  };

  /// Two output rows: span.x (even) and span.y count output pixels and row pairs; inputs are rows 2y and 2y + 1 (dy 0
  /// and 1) of three planes. Outputs 0 and 1 are those rows of RGB or Y; output 2 is UV (NV12), or 2 and 3 are U and V
  /// (I420). Exactly `count` pixels are written, (count + 1) / 2 of chroma: neighbouring tiles may be written at the
  /// same time. The last column of an odd width makes its chroma alone.
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);

  /// reference_row from pixel `first` (even) of the span on.
  static void reference_from(int first, const Registers&, const RowIo&, Span);

  static Registers derive(const Tuning&, OutputFormat);
};

}  // namespace sunny16::isp
