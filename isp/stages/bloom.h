// Bloom: light that exceeds a threshold spreads softly over its surroundings, as in a lens with a diffusion filter.
//
//   out = in + strength * blur(max(light - threshold, 0))
//
// Domain: linear sRGB -> linear sRGB, point-wise. The blurred light is made at the thumbnail's scale, on a grid of
// nodes over the frame, and interpolated bilinearly; so a lamp smaller than one of the thumbnail's cells glows as what
// it makes of the cell's mean.
#pragma once

#include "isp/core/node_grid.h"
#include "isp/core/shared_table.h"
#include "isp/stage/stage.h"
#include "isp/stages/int16.h"

namespace sunny16::isp {

struct BloomTuning {
  bool enabled = true;
  double strength = 0;
  double threshold = 0.8;
  double radius = 0.06;
};
template <>
struct Describe<BloomTuning> {
  static constexpr auto fields = std::tuple{
      field<&BloomTuning::enabled>("enabled", 0, 1, "", "Let highlights glow, where strength is not 0."),
      field<&BloomTuning::strength>("strength", 0, 1, "ratio", "Part of the light above the threshold that is added."),
      field<&BloomTuning::threshold>("threshold", 0, 4, "ratio",
                                     "Linear light, relative to white, that does not glow."),
      field<&BloomTuning::radius>("radius", 0.02, 0.25, "ratio",
                                  "Deviation of the blur, as a part of the frame's longer side.")};
};

/// Light to add at the nodes, raw values of linear RGB, 0 or more.
struct GlowGrid {
  std::array<std::array<std::array<std::int16_t, NodeGrid::kMaxNodes>, NodeGrid::kMaxNodes>, 3> nodes{};
};

struct Bloom {
  static constexpr std::string_view name = "bloom";
  using In = domain::LinearRgb;
  using Out = domain::LinearRgb;
  using Tuning = BloomTuning;
  struct Registers {
    std::uint16_t enabled = 0;
    NodeGrid grid;
    SharedTable<GlowGrid> glow;

    /// The glow of row y in a column of nodes.
    std::int16_t at_node(int plane, int column, int y) const {
      const auto& rows = glow->nodes[static_cast<std::size_t>(plane)];
      const auto row = static_cast<std::size_t>(y >> grid.shift), c = static_cast<std::size_t>(column);
      const std::int16_t above = rows[row][c], below = rows[row + 1][c];
      return static_cast<std::int16_t>(above + mul_q15(static_cast<std::int16_t>(below - above), grid.weight(y)));
    }
    std::uint64_t hash(std::uint64_t seed) const { return glow.hash(hash_object(grid, hash_object(enabled, seed))); }
  };

  static constexpr PassShape shape = pointwise(Out::layout);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<Bloom>;

  /// Whether the tuning does anything, given a thumbnail.
  static bool wanted(const Tuning& tuning) { return tuning.enabled && tuning.strength > 0; }
  /// Off where there is no thumbnail.
  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
