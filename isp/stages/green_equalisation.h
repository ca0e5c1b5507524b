// Green equalisation: removes the difference between Gr and Gb that crosstalk from R and B neighbours leaves, which
// demosaicing would turn into mazes. Only greens move.
//
//   d = mean of a green's own kind - mean of the other kind, both centred on it
//       ([1 2 1]^2 / 16 of its own against the four adjacent others)
//   out = v - sign(d) * strength * min(|d|, 2t - |d|) / 2, and v from |d| = 2t on
//   t = offset + slope * (level - black) + sigmas * sigma(d)
//
// Domain: linear raw -> linear raw; one quad around. Means leave detail finer than their window alone, and t separates
// imbalance, which is small and grows with the level, from picture: edges and the finest rows of detail differ by more
// than 2t and pass. Averaging greens where they differ little is as in RawTherapee (Martinec's green equilibration);
// offset and slope are those of the Raspberry Pi ISP's GEQ. Sigma(d) follows from the noise profile, so that imbalance
// is found in noise, too; a balanced frame changes by a fraction of its own noise.
#pragma once

#include "isp/stage/stage.h"
#include "isp/stages/noise_line.h"

namespace sunny16::isp {

struct GreenEqualisationTuning {
  bool enabled = true;
  double offset = 64;
  double slope = 0.01;
  double sigmas = 1;
  double strength = 1;
};
template <>
struct Describe<GreenEqualisationTuning> {
  static constexpr auto fields = std::tuple{
      field<&GreenEqualisationTuning::enabled>("enabled", 0, 1, "", "Equalise the two greens."),
      field<&GreenEqualisationTuning::offset>(
          "offset", 0, 65535, "DN", "Largest difference taken for imbalance at black, of 65536 from black to white."),
      field<&GreenEqualisationTuning::slope>("slope", 0, 1, "ratio", "Its growth with the level."),
      field<&GreenEqualisationTuning::sigmas>("sigmas", 0, 10, "ratio",
                                              "Deviations of the difference's own noise added to both."),
      field<&GreenEqualisationTuning::strength>("strength", 0, 1, "ratio", "Share of the imbalance that is removed.")};
};

struct GreenEqualisation {
  static constexpr std::string_view name = "green_equalisation";
  using In = domain::LinearRaw;
  using Out = domain::LinearRaw;
  using Tuning = GreenEqualisationTuning;
  struct Registers {
    std::uint16_t enabled = 0;
    NoiseLine limit;          ///< t
    UQ<0, 16> half_strength;  ///< the two greens meet half way
  };

  static constexpr PassShape shape = neighbourhood(Out::layout, 1, 1);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<GreenEqualisation>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
