// Luma denoise and sharpening in two frequency bands.
//
// Domain: display RGB -> display RGB. An undecimated ("a trous") wavelet of the luma Y with the kernel [1 2 1] / 4 at
// spacings 1 and 2 (Starck, Murtagh 1994) splits it in bands d[k]. Details below a threshold t, which follows the
// noise at that luma, are attenuated; what exceeds it is amplified:
//   below = clamp(d, -t, t),  above = d - below,
//   delta = sum of strength[k] * above - attenuation[k] * (below - clamp(above, -t, t)),
// so that attenuation fades out between t and 2 t. Y + delta may leave the range of Y and its four neighbours only by a
// part of that range: edges get crisp without halos. The same delta is added to R, G and B, which keeps Cb and Cr.
#pragma once

#include "isp/core/fixed.h"
#include "isp/stage/stage.h"

namespace sunny16::isp {

struct SharpenTuning {
  bool enabled = true;
  int bands = 2;
  double strength = 1;
  double denoise = 0.5;
  double threshold = 1;
  double limit = 1;
  std::array<double, 2> weights{1.0, 0.4};
};
template <>
struct Describe<SharpenTuning> {
  static constexpr auto fields =
      std::tuple{field<&SharpenTuning::enabled>("enabled", 0, 1, "", "Denoise and sharpen luma."),
                 field<&SharpenTuning::bands>("bands", 1, 2, "", "Frequency bands: the finest, or both; one is faster."),
                 field<&SharpenTuning::strength>("strength", 0, 4, "ratio",
                                                 "Factor on the amplification of details; 0 only denoises."),
                 field<&SharpenTuning::denoise>("denoise", 0, 1, "ratio",
                                                "Part of the details below the threshold that is removed."),
                 field<&SharpenTuning::threshold>("threshold", 0, 8, "ratio",
                                                  "Factor on the noise threshold that details must exceed."),
                 field<&SharpenTuning::limit>("limit", 0, 8, "ratio",
                                              "Factor on the allowed overshoot at edges, 0.12 of the local range."),
                 field<&SharpenTuning::weights>("weights", 0, 2, "ratio",
                                                "Amplification of the bands at strength 1, finest first.")};
};

struct Sharpen {
  static constexpr std::string_view name = "sharpen";
  using In = domain::DisplayRgb;
  using Out = domain::DisplayRgb;
  using Tuning = SharpenTuning;
  static constexpr Layout kLuma{1, 2, Grid::full};
  static constexpr std::int16_t kLumaWeights[3] = {6966, 23436, 2366};  ///< Rec. 709, Q15, sum 2^15
  static constexpr int kSegments = 8;                                   ///< of the threshold over luma, each 2048 wide

  struct Registers {
    std::uint16_t enabled = 0;
    std::uint16_t bands = 3;
    std::array<std::int16_t, kSegments> threshold,
        threshold_delta;                      ///< of the finest band: at the segment's start, increase over it
    std::array<Q<0, 15>, 2> threshold_ratio;  ///< of each band to the finest
    std::array<Q<0, 15>, 2> strength;         ///< half of it
    std::array<Q<0, 15>, 2> attenuation;
    Q<0, 15> overshoot;
  };

  struct Luma {
    static constexpr PassShape shape{.out = kLuma};
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  /// [1 2 1] / 4 in both directions.
  struct Smooth {
    static constexpr PassShape shape{.out = kLuma, .inputs = {InputShape{0, 1, 1}}};
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  /// Inputs: RGB, luma, and smoothed luma; the second smoothing happens here.
  struct Apply {
    static constexpr PassShape shape{
        .out = Out::layout,
        .inputs = {InputShape{kStageInput, 0, 0}, InputShape{0, 1, 1}, InputShape{1, 2, 2}},
        .input_count = 3};
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  using Passes = std::tuple<Luma, Smooth, Apply>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
