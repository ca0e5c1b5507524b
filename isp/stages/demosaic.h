// Demosaic: stabilised raw -> RGB, slope-adaptive and directional, on the four quarter planes R, Gr, Gb, B.
//
// Green at red and blue sites comes from two estimates of the difference e = G - C, one along rows and one along columns, each
// corrected by the second difference of the known colour where both colours rise and fall together. The estimates are blended
// by how much each varies along its own line (directional demosaicing with a posteriori decision: Menon, Andriani, Calvagno, IEEE
// Trans. Image Processing 16(1), 2007; Kiku et al., residual interpolation, ICIP 2013 for the difference domain). Red and
// blue follow green with a slope of 0, 1/2 or 1, chosen by the local regression of colour on green over 3x3 quads.
//
// Every colour-difference comparison assumes a domain in which noise and contrast are alike in all channels: the code of
// the stabilise stage. Work per quad row, seven passes with a ring each:
//
//   scores_h, scores_v -> estimates -> gradients -> green -> slopes -> diagonals -> output
//
// Samples are 0..16383. Reach: 6 quads (12 pixels) on each side.
#pragma once

#include "isp/stage/stage.h"

namespace sunny16::isp {

struct DemosaicTuning {
  bool enabled = true;
};
template <>
struct Describe<DemosaicTuning> {
  static constexpr auto fields = std::tuple{
      field<&DemosaicTuning::enabled>("enabled", 0, 1, "", "Edge-directed demosaicing; off, the lite demosaic takes its place.")};
};

/// Working rows of a demosaic pass: `count` planes at quad resolution.
constexpr Layout quad_planes(int count) { return {static_cast<std::uint8_t>(count), 2, Grid::quad}; }

struct Demosaic {
  static constexpr std::string_view name = "demosaic";
  using In = domain::CodeRaw;
  using Out = domain::CodeRgb;
  using Tuning = DemosaicTuning;
  struct Registers {
    std::uint16_t enabled = 0;
  };
  static Registers derive(const Tuning& tuning, const Conditions&) { return {.enabled = tuning.enabled}; }

  /// Do green and colour change together along a row? Planes: tC, tG at Gr sites, tC, tG at Gb sites. With g half the difference
  /// of the green neighbours and c the difference of the colour neighbours, n = (|g + c| - |g - c|) / 2 = min(|g|, |c|) signed,
  /// t = (n - 3/4 |.|) / 2 is positive where the correction by that colour's second difference helps.
  struct ScoresH {
    static constexpr PassShape shape = neighbourhood(quad_planes(4), 1, 0);
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  /// The same along columns: tC, tG at Gb sites (between reds), tC, tG at Gr sites (between blues).
  struct ScoresV {
    static constexpr PassShape shape = neighbourhood(quad_planes(4), 0, 1);
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  /// e = G - C + 32768 (u16) at every site, for both directions. A score counts as the sum of three across its line.
  struct Estimates {
    enum Plane { cH0, gH0, cH1, gH1, cV0, gV0, cV1, gV1 };
    static constexpr PassShape shape{.out = quad_planes(8),
                                     .inputs = {InputShape{kStageInput, 1, 1}, InputShape{0, 0, 1}, InputShape{1, 1, 0}},
                                     .input_count = 3};
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  /// How much the estimates vary along their own line: mean of four differences / 4, at most 10922. Planes: h, v.
  struct Gradients {
    static constexpr PassShape shape{.out = quad_planes(2), .inputs = {InputShape{2, 1, 1}}, .input_count = 1};
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  /// Green at R and at B sites: estimates smoothed along their line and blended in five steps.
  struct Green {
    static constexpr PassShape shape{.out = quad_planes(2),
                                     .inputs = {InputShape{kStageInput, 0, 0}, InputShape{2, 1, 1}, InputShape{3, 1, 1}},
                                     .input_count = 3};
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  /// Regression sums of colour on green: numerator and denominator for red (towards the next quads), for blue (previous quads).
  struct Slopes {
    static constexpr PassShape shape{.out = quad_planes(4),
                                     .inputs = {InputShape{kStageInput, 1, 1}, InputShape{4, 1, 1}},
                                     .input_count = 2};
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  /// Red at B sites, blue at R sites, and the slope masks (each -1 or 0): half a slope for each mask set.
  struct Diagonals {
    enum Plane { red, blue, red1, red2, blue1, blue2 };
    static constexpr PassShape shape{.out = quad_planes(6),
                                     .inputs = {InputShape{kStageInput, 1, 1}, InputShape{4, 1, 1}, InputShape{5, 1, 1}},
                                     .input_count = 3};
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  /// Red and blue at the green sites; everything interleaved into two rows of RGB.
  struct Output {
    static constexpr PassShape shape{.out = Out::layout,
                                     .inputs = {InputShape{kStageInput, 1, 1}, InputShape{4, 1, 1}, InputShape{6, 1, 1}},
                                     .input_count = 3,
                                     .pair = true};
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  using Passes = std::tuple<ScoresH, ScoresV, Estimates, Gradients, Green, Slopes, Diagonals, Output>;
};

}  // namespace sunny16::isp
