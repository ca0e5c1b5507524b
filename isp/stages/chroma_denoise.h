// Chroma denoise: colour differences are cored in three bands, and fade where light is lost in noise; luma is kept.
//
//   Y = (R + 2 G + B) / 4,  U = R - G,  V = B - G
//   fine band    U - [1 2 1]^2 U                    at full resolution
//   two coarser  a trous, [1 2 1]^2 at steps 1, 2   at half resolution (Starck and Murtagh, 1994)
//   core(b)      = b * clamp((m - T) / 2T, 0, 1),   m = [1 2 1]^2 |b|, in the coarser bands [1 2 1] |b| along the row
//   fade         U * clamp((max(R, G, B) - black) / shadows, 0, 1)
//
// Domain: code RGB -> code RGB, after demosaicing. Coring by a neighbourhood's magnitude keeps an edge whole and takes
// a lone excess of one pixel away, so that the demosaic's false colours go with the noise. The half-resolution bands
// give a *correction*, which is interpolated and added: chroma itself is never decimated. Magnitudes along the row
// alone save two rows of border, and lose 0.01 dB (500 electrons at white, twelve Kodak pictures). What is left below
// the coarsest band, and the black level's last tenth of a DN, would tint shadows that are lifted: hence the fade.
#pragma once

#include "isp/stage/stage.h"

namespace sunny16::isp {

struct ChromaDenoiseTuning {
  bool enabled = true;
  double strength = 1;
  std::array<double, 3> threshold{2, 0.5, 0.5};
  double shadows = 6;
};
template <>
struct Describe<ChromaDenoiseTuning> {
  static constexpr auto fields = std::tuple{
      field<&ChromaDenoiseTuning::enabled>("enabled", 0, 1, "", "Core the colour differences after demosaicing."),
      field<&ChromaDenoiseTuning::strength>("strength", 0, 4, "ratio",
                                            "Factor on the noise that the noise profile predicts."),
      field<&ChromaDenoiseTuning::threshold>(
          "threshold", 0, 8, "ratio",
          "Fine to coarse bands: magnitude in deviations of the band's noise that is removed whole."),
      field<&ChromaDenoiseTuning::shadows>(
          "shadows", 0, 64, "ratio",
          "Light above black, in deviations of noise, below which colours fade; 0: nowhere.")};
};

struct ChromaDenoise {
  static constexpr std::string_view name = "chroma_denoise";
  using In = domain::CodeRgb;
  using Out = domain::CodeRgb;
  using Tuning = ChromaDenoiseTuning;

  static constexpr int kNeutral = 16384;  ///< colour differences are stored with this bias, 1..32767

  /// Gain of a band: min(max(m - threshold, 0), 2 threshold) * slope, Q15.
  struct Coring {
    std::uint16_t threshold = 0, slope = 0;
  };
  struct Registers {
    std::uint16_t enabled = 0;
    std::array<std::array<Coring, 2>, 3> coring{};  ///< band, fine to coarse; U, V
    /// Share of the colours that is kept: min(max(largest colour - black, 0), range) * slope, at most 32767, Q15.
    std::int16_t black = -1, range = 1, slope = 32767;
  };

  // The passes in order. Their planes: U, V; of the three that make a band then |band of U|, |band of V|.
  enum Source { kDifferences, kFine, kHalf, kMiddle, kCoarse, kCorrection };
  static constexpr Layout kFull{2, 2, Grid::full}, kHalves{2, 2, Grid::half};

  /// U and V.
  struct Differences {
    static constexpr PassShape shape = neighbourhood(kFull, 0, 0);
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  /// Smoothed, and the magnitude of what that took away. Each band has its source, step and grid.
  template <int source, int step, Grid grid>
  struct Smooth {
    static constexpr PassShape shape{.out = {4, 2, grid}, .inputs = {InputShape{source, step, step}}, .input_count = 1};
    static void reference_row(const Registers&, const RowIo& io, Span span) { smooth_reference_row(io, span, step); }
    static void fast_row(const Registers&, const RowIo& io, Span span) { smooth_fast_row(io, span, step); }
  };
  /// Means of 2x2 of the smoothed differences.
  struct Halve {
    static constexpr PassShape shape{.out = kHalves, .inputs = {InputShape{kFine, 0, 0}}, .input_count = 1};
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  /// What coring changes in the two coarser bands.
  struct Correction {
    static constexpr PassShape shape{
        .out = kHalves,
        .inputs = {InputShape{kHalf, 0, 0}, InputShape{kMiddle, 1, 0}, InputShape{kCoarse, 1, 0}},
        .input_count = 3};
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  /// The cored fine band, the interpolated correction, the fade, and back to RGB.
  struct Combine {
    static constexpr PassShape shape{
        .out = Out::layout,
        .inputs = {InputShape{kStageInput, 0, 0}, InputShape{kFine, 1, 1}, InputShape{kCorrection, 1, 1}},
        .input_count = 3};
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  using Passes = std::tuple<Differences, Smooth<kDifferences, 1, Grid::full>, Halve, Smooth<kHalf, 1, Grid::half>,
                            Smooth<kMiddle, 2, Grid::half>, Correction, Combine>;

  static Registers derive(const Tuning&, const Conditions&);

 private:
  static void smooth_reference_row(const RowIo&, Span, int step);
  static void smooth_fast_row(const RowIo&, Span, int step);
};

}  // namespace sunny16::isp
