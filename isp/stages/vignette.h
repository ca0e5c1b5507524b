// Vignette: a look's darkening towards the corners, v - v * loss(r^2).
//
// Domain: linear RGB -> linear RGB, point-wise, before the tone curve, as a lens does it: a darkened highlight keeps
// its colour, and the curve rolls it off. The loss follows the natural fall-off of a lens, (1 + t r^2)^-2 (the cosine's
// fourth power), with r = 0 at the centre of the sensor's picture and 1 in its corners; midpoint moves where half of it
// is reached. Sixteen straight pieces over r^2, which every pixel computes from its absolute coordinates: crops and
// tiles agree.
#pragma once

#include "isp/stage/stage.h"
#include "isp/stages/pieces16.h"

namespace sunny16::isp {

struct VignetteTuning {
  bool enabled = true;
  double strength = 0;
  double midpoint = 0.68;
  double roundness = 0;
};
template <>
struct Describe<VignetteTuning> {
  static constexpr auto fields = std::tuple{
      field<&VignetteTuning::enabled>("enabled", 0, 1, "", "Darken the corners, where strength is not 0."),
      field<&VignetteTuning::strength>("strength", 0, 3, "EV", "Darkening of the corners; 0 is none."),
      field<&VignetteTuning::midpoint>("midpoint", 0.5, 0.85, "ratio",
                                       "Distance from the centre, corners at 1, at which half of the darkening is "
                                       "reached; 0.68 is a lens's own."),
      field<&VignetteTuning::roundness>("roundness", 0, 1, "ratio", "0 follows the picture's shape, 1 is a circle.")};
};

struct Vignette {
  static constexpr std::string_view name = "vignette";
  using In = domain::LinearRgb;
  using Out = domain::LinearRgb;
  using Tuning = VignetteTuning;

  /// An axis's part of r^2 is weight * u^2, with u = (2 x - centre) << shift within +-32767. In quarters, Q15: the
  /// weight is 1/8..4.
  struct Axis {
    std::int16_t centre = 0, shift = 0, weight = 0;
    std::int16_t quarter(int at) const;
  };
  static constexpr std::int16_t kCorner = 8191;  ///< the largest r^2
  struct Registers {
    std::uint16_t enabled = 0;
    Axis x, y;
    Pieces16<13> loss;  ///< Q15, of r^2
  };

  static constexpr PassShape shape = pointwise(Out::layout);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<Vignette>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
