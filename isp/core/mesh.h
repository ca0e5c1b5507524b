// A coarse grid of values over the frame (lens shading gains, displacements) as it stands in Registers, and its
// bilinear interpolation in integers: the specification of mesh-inl.h.
//
// A mesh is sampled at the pixels of one plane of a quad domain. Along a row its value is piecewise linear, and cells
// are many quads wide; so each piece is a start value and a slope with 16 fraction bits, and the fast row adds the
// slope again and again (a digital differential analyser) instead of multiplying. All values are functions of absolute
// coordinates: results do not depend on tiles.
//
// Error against real bilinear interpolation: 1/2 of a raw unit from the node's quantisation and 1/2 from the result's
// rounding; the slope's truncation adds at most 2^-16 a quad of a cell's width (1/8 in one cell of 8192 quads).
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "isp/core/cfa.h"
#include "isp/core/conditions.h"
#include "isp/core/fixed.h"

namespace sunny16::isp {

/// Where nodes lie along a row or column: quad q has node coordinate (start + q * step) / 2^30.
struct MeshAxis {
  static constexpr int kFractionBits = 30;
  static constexpr std::int64_t kOne = std::int64_t{1} << kFractionBits;
  std::int64_t start = 0, step = 0;  ///< 0 <= step <= kOne: no cell is narrower than a quad

  constexpr std::int64_t at(int quad) const { return start + quad * step; }
};

struct Mesh {
  static constexpr int kMaxNodes = 33;
  /// Part of a row that is linear: (value + (quad - from) * slope) >> 16 for from <= quad < end.
  struct Piece {
    std::int32_t value = 0, slope = 0;
    int from = 0, end = 0;
  };
  /// Two rows of nodes and the weight of the second, 0..65536.
  struct RowPosition {
    const std::int16_t *above, *below;
    std::int64_t weight;
  };

  std::uint32_t columns = 2, rows = 2;  ///< nodes used, 2..kMaxNodes
  MeshAxis x, y;
  std::array<std::int32_t, kMaxNodes + 1> first{};  ///< first quad at or right of a node; beyond the last node: never
  std::array<std::array<std::int16_t, kMaxNodes + 3>, kMaxNodes> nodes{};  ///< within +-32767

  /// Cell that holds the quad: -1 left of the first node, columns - 1 right of the last.
  constexpr int cell(int quad) const {
    return static_cast<int>(std::clamp<std::int64_t>(x.at(quad) >> MeshAxis::kFractionBits, -1, columns - 1));
  }

  constexpr RowPosition row_position(int quad_row) const {
    const std::int64_t last = rows - 1, at = std::clamp<std::int64_t>(y.at(quad_row), 0, last * MeshAxis::kOne);
    const std::int64_t row = std::min(at >> MeshAxis::kFractionBits, last - 1);
    return {nodes[static_cast<std::size_t>(row)].data(), nodes[static_cast<std::size_t>(row + 1)].data(),
            (at - row * MeshAxis::kOne) >> (MeshAxis::kFractionBits - 16)};
  }

  /// The piece of a cell. Bounds: a, b < 2^31, so |b - a| < 2^32 and its products with step and fraction < 2^62. Values
  /// of the piece lie between a and b, so that they and the rounding constant fit 32 bits. Outside the nodes a == b.
  constexpr Piece piece(const RowPosition& row, int cell) const {
    const int left = std::max(cell, 0), right = std::min(cell + 1, static_cast<int>(columns) - 1);
    const auto value = [&](int column) {
      return row.above[column] * std::int64_t{65536} + (row.below[column] - row.above[column]) * row.weight;
    };
    const std::int64_t a = value(left), difference = value(right) - a;
    const int from = first[static_cast<std::size_t>(left)];
    const std::int64_t fraction = x.at(from) - left * MeshAxis::kOne;
    return {static_cast<std::int32_t>(a + ((difference * fraction) >> MeshAxis::kFractionBits) + 32768),
            static_cast<std::int32_t>((difference * x.step) >> MeshAxis::kFractionBits), from,
            first[static_cast<std::size_t>(cell + 1)]};
  }

  /// The mesh's value at a quad; constant beyond the outermost nodes.
  constexpr std::int16_t at(int quad, int quad_row) const {
    const Piece p = piece(row_position(quad_row), cell(quad));
    return static_cast<std::int16_t>((p.value + std::int64_t{quad - p.from} * p.slope) >> 16);
  }
};

/// Quantises `columns` x `rows` nodes, laid out as in GainMesh, for the pixels of one plane: value * scale, rounded,
/// saturated at +-32767. A grid finer than kMaxNodes, or than the frame's quads, is resampled.
Mesh quantised_mesh(std::span<const double> values, int columns, int rows, const FrameGeometry& frame, Quad plane,
                    double scale);

/// Gains as Q3.12: below 8.
using MeshGain = Q<3, 12>;

/// One channel of a gain mesh.
inline Mesh quantised_gains(const GainMesh& mesh, Quad plane, const FrameGeometry& frame) {
  return quantised_mesh(mesh.gains[plane], mesh.columns, mesh.rows, frame, plane, MeshGain::one);
}

/// The mean of the four channels, for stages that need to know how much noise or headroom the gains made; a null or
/// empty mesh is 1 everywhere.
Mesh quantised_mean_gain(const GainMesh* mesh, const FrameGeometry& frame);

}  // namespace sunny16::isp
