// Local tone mapping: each pixel is multiplied by a gain that depends on its place and its own light, so that a dark
// room and the view from its window both come within reach of the display, and the contrasts in each stay.
//
// Domain: linear sRGB -> linear sRGB, point-wise. One gain for R, G and B keeps the hue; what exceeds white is kept for
// the tone curve's shoulder. The gains stand in a grid over the frame and the light (a bilateral grid: Chen, Paris,
// Durand 2007), which tone_grid.h builds from the thumbnail; a pixel's gain is interpolated between eight nodes.
// The light of a pixel, L = ((R + B) / 2 + G) / 2 of what is not negative, has nodes at 0 and at each stop:
//
//   node      0    1    2    3   ...   10    11    12
//   L         0   16   32   64   ...  8192 16384 32768     (8192 is white)
//
// The map of L to a position with 4096 steps between nodes is concave: the minimum of eleven straight lines.
#pragma once

#include "isp/core/fixed.h"
#include "isp/core/node_grid.h"
#include "isp/core/shared_table.h"
#include "isp/stage/stage.h"

namespace sunny16::isp {

struct LocalToneTuning {
  bool enabled = true;
  double strength = 0;
  double detail = 1;
  double max_lift = 3;
  double max_cut = 2;
  double noise = 0.02;
};
template <>
struct Describe<LocalToneTuning> {
  static constexpr auto fields = std::tuple{
      field<&LocalToneTuning::enabled>(
          "enabled", 0, 1, "", "Lift dark regions and hold bright ones, where strength is not 0 or detail not 1."),
      field<&LocalToneTuning::strength>(
          "strength", 0, 1, "ratio", "Share of a region's distance from the mid-tones that is taken away; 0 is none."),
      field<&LocalToneTuning::detail>("detail", 0.5, 2, "ratio",
                                      "Contrast within regions: 1 keeps it, more makes pictures crisper, less softer."),
      field<&LocalToneTuning::max_lift>("max_lift", 0, 3.9, "EV", "Most that a region is lifted."),
      field<&LocalToneTuning::max_cut>("max_cut", 0, 4, "EV", "Most that a region is darkened."),
      field<&LocalToneTuning::noise>("noise", 0, 1, "ratio",
                                     "Deviation, as a part of white, that lifting may give the noise of a region.")};
};

/// Gains at the nodes; light's nodes of a place are neighbours in memory.
struct ToneGrid {
  static constexpr int kLights = 13;
  using Gain = Q<4, 11>;
  using Node = std::array<std::int16_t, 16>;  ///< gains, at least 1 raw; three unused entries, for whole vectors

  std::array<std::array<Node, NodeGrid::kMaxNodes>, NodeGrid::kMaxNodes> nodes{};  ///< rows of columns
};

struct LocalTone {
  static constexpr std::string_view name = "local_tone";
  using In = domain::LinearRgb;
  using Out = domain::LinearRgb;
  using Tuning = LocalToneTuning;
  struct Registers {
    std::uint16_t enabled = 0;
    NodeGrid grid;
    SharedTable<ToneGrid> gains;

    std::uint64_t hash(std::uint64_t seed) const { return gains.hash(hash_object(grid, hash_object(enabled, seed))); }
  };

  static constexpr PassShape shape = pointwise(Out::layout);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<LocalTone>;

  /// Whether the tuning does anything, given a thumbnail.
  static bool wanted(const Tuning& tuning) { return tuning.enabled && (tuning.strength > 0 || tuning.detail != 1); }
  /// What is left of clipped highlights, 0..1.
  static double highlight_gain(const Tuning&, const Conditions&);
  /// Off where there is no thumbnail.
  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
