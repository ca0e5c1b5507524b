// Rows of a mesh in vectors. Included once per SIMD target; the specification is Mesh::at.
#if defined(SUNNY16_ISP_CORE_MESH_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef SUNNY16_ISP_CORE_MESH_INL_H
#undef SUNNY16_ISP_CORE_MESH_INL_H
#else
#define SUNNY16_ISP_CORE_MESH_INL_H
#endif

#include <hwy/highway.h>

#include "isp/core/mesh.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// mesh.at(x .. x + count - 1, y). `out` has room for a vector beyond `count`: a piece is stored in whole vectors, and
/// the next piece overwrites what is too much. Sums are modulo 2^32, of which the true value is always in range.
inline void mesh_row(const Mesh& mesh, int x, int y, int count, std::int16_t* out) {
  const hn::ScalableTag<std::int16_t> d;
  const hn::ScalableTag<std::uint32_t> wide;
  const int lanes = static_cast<int>(hn::Lanes(d)), end = x + count;
  const Mesh::RowPosition row = mesh.row_position(y);
  for (int cell = mesh.cell(x); x < end; ++cell) {
    const Mesh::Piece piece = mesh.piece(row, cell);
    const int piece_end = std::min(piece.end, end);
    const auto slope = static_cast<std::uint32_t>(piece.slope), half = static_cast<std::uint32_t>(lanes / 2);
    const auto value = static_cast<std::uint32_t>(piece.value) + static_cast<std::uint32_t>(x - piece.from) * slope;
    const auto stride = hn::Set(wide, 2 * half * slope);
    auto low = hn::Add(hn::Mul(hn::Iota(wide, 0), hn::Set(wide, slope)), hn::Set(wide, value));
    auto high = hn::Add(low, hn::Set(wide, half * slope));
    for (; x < piece_end; x += lanes, out += lanes) {
      hn::StoreU(hn::ConcatOdd(d, hn::BitCast(d, high), hn::BitCast(d, low)), d, out);
      low = hn::Add(low, stride), high = hn::Add(high, stride);
    }
    out -= x - piece_end;
    x = piece_end;
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
