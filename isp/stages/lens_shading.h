// Lens shading: out = black + (v - black) * gain(x, y, channel).
//
// Domain: linear raw -> linear raw. Undoes vignetting (luminance) and the colour shading of the infrared filter and the
// pixels' microlenses, with a gain mesh for each channel that calibration measured at this colour temperature,
// interpolated linearly between its nodes (as DNG's GainMap opcode does). Vignetting may be left in part: full
// correction amplifies the corners' noise.
#pragma once

#include "isp/core/mesh.h"
#include "isp/stage/stage.h"

namespace sunny16::isp {

struct LensShadingTuning {
  bool enabled = true;
  double luminance_strength = 0.8;
  double max_gain = 6;
};
template <>
struct Describe<LensShadingTuning> {
  static constexpr auto fields =
      std::tuple{field<&LensShadingTuning::enabled>("enabled", 0, 1, "",
                                                    "Correct lens shading where the module has a calibration."),
                 field<&LensShadingTuning::luminance_strength>(
                     "luminance_strength", 0, 1, "ratio",
                     "How much of the vignetting is corrected. Colour shading is always corrected in full."),
                 field<&LensShadingTuning::max_gain>(
                     "max_gain", 1, 7.9, "ratio",
                     "Limit of the gains. Where a channel needs more, all channels are lowered, so "
                     "that greys stay grey.")};
};

struct LensShading {
  static constexpr std::string_view name = "lens_shading";
  using In = domain::LinearRaw;
  using Out = domain::LinearRaw;
  using Tuning = LensShadingTuning;
  struct Registers {
    std::uint64_t enabled = 0;
    std::array<Mesh, 4> gain;  ///< R Gr Gb B, Q3.12
  };

  static constexpr PassShape shape = pointwise(Out::layout);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<LensShading>;

  static Registers derive(const Tuning&, const Conditions&);
  /// The gains that this tuning makes of a calibration: what noise and highlight stages after this one must know.
  static GainMesh applied(const Tuning&, const GainMesh& calibration);
};

}  // namespace sunny16::isp
