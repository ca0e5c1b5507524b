// Black level: sensor DN to linear raw, out = 4096 + (v - black) * 15360 / (white - black), channel by channel.
//
// Domain: sensor DN -> linear raw. Values below black are kept: clipping noise there would lift the mean of dark areas,
// which tints shadows and biases merges. Black may have a fraction (12.5 of 255), and white be anything from an 8-bit
// sensor's 255 to the 65535 of MSB-aligned data.
//
// The result is within one unit of the real number from black to white. DN above twice the white level may clip earlier
// than linear raw does. "enabled = false" takes black as 0; the domains differ, so the stage is never left out.
#pragma once

#include "isp/stage/stage.h"

namespace sunny16::isp {

struct BlackLevelTuning {
  bool enabled = true;
  std::array<double, 4> trim{};
};
template <>
struct Describe<BlackLevelTuning> {
  static constexpr auto fields = std::tuple{
      field<&BlackLevelTuning::enabled>("enabled", 0, 1, "", "Subtract the sensor's black level; off takes it as 0."),
      field<&BlackLevelTuning::trim>("trim", -1024, 1024, "DN",
                                     "Added to the sensor's black level of the R, Gr, Gb and B channel.")};
};

struct BlackLevel {
  static constexpr std::string_view name = "black_level";
  using In = domain::Sensor;
  using Out = domain::LinearRaw;
  using Tuning = BlackLevelTuning;
  /// out = (min(v - floor, 65535 >> shift) << shift) * scale / 65536 + offset for v >= floor, else 0.
  struct Channel {
    std::uint16_t floor = 0;   ///< the least DN whose output is not negative; 0 unless black is above 4/15 of the range
    std::uint16_t shift = 0;   ///< 0..14
    std::uint16_t scale = 0;   ///< UQ0.16; from 32768 on if shift > 0
    std::uint16_t offset = 0;  ///< output at `floor`, whole part ...
    std::uint16_t fraction = 0;  ///< ... and 65536ths, half of the last place for rounding included
    friend constexpr bool operator==(const Channel&, const Channel&) = default;
  };
  struct Registers {
    std::uint16_t enabled = 1;
    std::array<Channel, 4> channel;  ///< R Gr Gb B
  };

  static constexpr PassShape shape = pointwise(Out::layout);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<BlackLevel>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
