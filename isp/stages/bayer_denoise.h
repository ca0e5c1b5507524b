// Bayer denoise: non-local means (Buades, Coll and Morel, CVPR 2005) whose samples are 2x2 Bayer quads.
//
//   D[o](q) = sum over R Gr Gb B of |p(q) - p(q + o)| in deviations of each channel's noise
//   w[o](q) = clamp(threshold - [1 2 1]^2 D[o], 0, largest)
//   p'(q)   = p(q) + (1 - texture) * sum w[o] (p(q + o) - p(q)) / (largest + sum w[o])
//
// Domain: code raw -> code raw. One weight serves the four colours of a quad: four samples are compared at the price of
// one, and colours stay registered. Twelve neighbours, six pairs: a weight is the same seen from both ends. In the
// stabilised code the noise has one deviation, times the root of the channel's gain and of the lens shading gain. What
// the mean would take away is returned in part, so that fine texture does not turn waxy.
#pragma once

#include "isp/core/mesh.h"
#include "isp/stage/stage.h"

namespace sunny16::isp {

struct BayerDenoiseTuning {
  bool enabled = true;
  double strength = 1;
  double texture = 0.125;
};
template <>
struct Describe<BayerDenoiseTuning> {
  static constexpr auto fields = std::tuple{
      field<&BayerDenoiseTuning::enabled>("enabled", 0, 1, "", "Average similar neighbourhoods of the raw picture."),
      field<&BayerDenoiseTuning::strength>("strength", 0, 2, "ratio",
                                           "Factor on the noise that the noise profile predicts."),
      field<&BayerDenoiseTuning::texture>("texture", 0, 1, "ratio", "Part of what was removed that is put back.")};
};

struct BayerDenoise {
  static constexpr std::string_view name = "bayer_denoise";
  using In = domain::CodeRaw;
  using Out = domain::CodeRaw;
  using Tuning = BayerDenoiseTuning;

  /// Two quads that are compared, relative to the quad their weight is stored at. That lies between them, so that each
  /// pass reads one quad around it.
  struct Pair {
    int ax, ay, bx, by;
  };
  static constexpr std::array<Pair, 6> kPairs{
      {{0, 0, 1, 0}, {-1, 0, 1, 0}, {0, 0, -1, 1}, {0, 0, 0, 1}, {0, 0, 1, 1}, {0, -1, 0, 1}}};
  static constexpr int kDeviation = 8;  ///< distance of one deviation of noise in one colour
  /// Distance without weight: what one saturated distance alone leaves of its 255. Noise alone gives 36 on average.
  static constexpr int kThreshold = 64;
  static constexpr int kLargestWeight = 39;  ///< the weight of a quad itself; 13 of them stay below 512

  struct Registers {
    std::uint64_t enabled = 0;
    Mesh noise;                                ///< lens shading gain ^ -1/2, Q15
    std::array<std::int16_t, 4> similarity{};  ///< R Gr Gb B: distance of one code unit where there is no shading, Q15
    /// (1 - texture) 2^20 / weight in parts of 32: base - fraction * slope, as planes of bytes. Index: weight >> 5.
    std::array<std::uint8_t, 16> base_low{}, base_high{}, slope_low{}, slope_high{};
  };

  static constexpr Layout kPairLayout{static_cast<std::uint8_t>(kPairs.size()), 1, Grid::quad};
  /// D of each pair.
  struct Distances {
    static constexpr PassShape shape = neighbourhood(kPairLayout, 1, 1);
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  /// w of each pair.
  struct Weights {
    static constexpr PassShape shape{.out = kPairLayout, .inputs = {InputShape{0, 1, 1}}, .input_count = 1};
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  /// p'.
  struct Mean {
    static constexpr PassShape shape{
        .out = Out::layout, .inputs = {InputShape{kStageInput, 2, 2}, InputShape{1, 1, 1}}, .input_count = 2};
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  using Passes = std::tuple<Distances, Weights, Mean>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
