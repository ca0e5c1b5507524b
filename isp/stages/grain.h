// Film grain: noise of absolute coordinates, softened to the size of a grain, strongest in mid-tones.
//
// Domain: display RGB -> display RGB, after sharpening. The noise of a pixel is a hash of its column and of its row's
// seed, spread as a triangle; a binomial of five taps in both directions, whose squares sum to one, makes grains of 1
// to 3 pixels without changing the deviation; Y (1 - Y) weights it. All channels get the same, which keeps colours. The
// pattern stands still from frame to frame unless its number changes: as in a print, not as in a film. A moving one
// would cost a stream most of its bits.
#pragma once

#include "isp/core/fixed.h"
#include "isp/stage/stage.h"

namespace sunny16::isp {

struct GrainTuning {
  bool enabled = true;
  double strength = 0;
  double size = 1.5;
  int pattern = 0;
};
template <>
struct Describe<GrainTuning> {
  static constexpr auto fields =
      std::tuple{field<&GrainTuning::enabled>("enabled", 0, 1, "", "Add grain, where strength is not 0."),
                 field<&GrainTuning::strength>("strength", 0, 1, "ratio",
                                               "Deviation of mid-tones: 1 is 6 % of the display's range; 0 is none."),
                 field<&GrainTuning::size>("size", 1, 3, "px", "Diameter of grains."),
                 field<&GrainTuning::pattern>("pattern", 0, 65535, "",
                                              "Number of the pattern; the same number gives the same grain.")};
};

struct Grain {
  static constexpr std::string_view name = "grain";
  using In = domain::DisplayRgb;
  using Out = domain::DisplayRgb;
  using Tuning = GrainTuning;
  static constexpr Layout kNoise{1, 2, Grid::full};

  struct Registers {
    std::uint16_t enabled = 0;
    std::uint16_t pattern = 0;
    std::array<Q<0, 15>, 3> taps;  ///< at 0, 1 and 2 pixels
    Q<0, 15> strength;             ///< of noise * Y (1 - Y) to display values, halved
  };

  /// Within +-8160, with deviation kDeviation.
  struct Noise {
    static constexpr PassShape shape{.out = kNoise, .inputs = {}, .input_count = 0};
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  static constexpr double kDeviation = 3344;
  /// Softened along columns.
  struct Soften {
    static constexpr PassShape shape{.out = kNoise, .inputs = {InputShape{0, 0, 2}}, .input_count = 1};
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  /// Softened along the row, weighted and added.
  struct Apply {
    static constexpr PassShape shape{
        .out = Out::layout, .inputs = {InputShape{kStageInput, 0, 0}, InputShape{1, 2, 0}}, .input_count = 2};
    static void reference_row(const Registers&, const RowIo&, Span);
    static void fast_row(const Registers&, const RowIo&, Span);
  };
  using Passes = std::tuple<Noise, Soften, Apply>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
