#include "isp/stages/lut_3d.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/lut_3d.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/stages/display_luma-inl.h"
#include "isp/stages/skin_hue-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

/// What is found for a run of pixels before their nodes are read: the first three nodes' numbers and the parts f1, f2,
/// f3.
struct Paths {
  static constexpr int kPixels = 256;  // stays in the first-level cache
  alignas(64) std::array<std::array<std::uint16_t, kPixels + kSlack>, 3> node;
  alignas(64) std::array<std::array<std::int16_t, kPixels + kSlack>, 3> part;
};

/// What the table adds to R, G, B of such a run.
using Changes = std::array<std::array<std::int16_t, Paths::kPixels + kSlack>, 3>;

void find_paths(int size, const RowIo& io, int start, int count, Paths& paths) {
  const hn::ScalableTag<std::int16_t> d;
  const hn::ScalableTag<std::uint16_t> du;
  using Vector = hn::Vec<decltype(d)>;
  using Unsigned = hn::Vec<decltype(du)>;
  const Unsigned cells = hn::Set(du, static_cast<std::uint16_t>(size - 1));
  const Vector red = hn::Set(d, 1), green = hn::Set(d, static_cast<std::int16_t>(size)),
               blue = hn::Set(d, static_cast<std::int16_t>(size * size)), all = hn::Add(hn::Add(red, green), blue);
  for (int x = 0; x < count; x += static_cast<int>(hn::Lanes(d))) {
    Unsigned cell[3];
    Vector part[3];
    for (int c = 0; c < 3; ++c) {
      const Vector v =
          limit_display(d, hn::LoadU(d, io.in<std::int16_t>(0, c) + start + x));  // beyond the row it may be anything
      const Unsigned wide = hn::BitCast(du, hn::Or(hn::ShiftLeft<2>(v), hn::ShiftRight<12>(v)));  // 16383 becomes 65535
      cell[c] = hn::MulHigh(wide, cells);
      part[c] = hn::BitCast(d, hn::ShiftRight<1>(hn::SaturatedAdd(hn::Mul(wide, cells), cell[c])));
    }
    const Vector r = part[0], g = part[1], b = part[2];
    const Vector largest = hn::Max(hn::Max(r, g), b), least = hn::Min(hn::Min(r, g), b);
    const auto first = hn::IfThenElse(hn::Eq(r, largest), red, hn::IfThenElse(hn::Eq(g, largest), green, blue));
    const auto last = hn::IfThenElse(hn::Eq(b, least), blue, hn::IfThenElse(hn::Eq(g, least), green, red));
    const auto origin = hn::Add(hn::BitCast(d, cell[0]), hn::Add(hn::Mul(hn::BitCast(d, cell[1]), green),
                                                                 hn::Mul(hn::BitCast(d, cell[2]), blue)));
    hn::StoreU(hn::BitCast(du, origin), du, paths.node[0].data() + x);
    hn::StoreU(hn::BitCast(du, hn::Add(origin, first)), du, paths.node[1].data() + x);
    hn::StoreU(hn::BitCast(du, hn::Add(origin, hn::Sub(all, last))), du, paths.node[2].data() + x);
    hn::StoreU(largest, d, paths.part[0].data() + x);
    hn::StoreU(hn::Max(hn::Min(r, g), hn::Min(hn::Max(r, g), b)), d, paths.part[1].data() + x);
    hn::StoreU(least, d, paths.part[2].data() + x);
  }
}

using Eight = hn::FixedTag<std::int16_t, 8>;
using EightVector = hn::Vec<Eight>;

/// A part for each of the four lanes of pixels 2 pair and 2 pair + 1.
HWY_INLINE EightVector spread(EightVector parts, int pair) {
  alignas(16) static constexpr std::uint8_t kLanes[4][16] = {
      {0, 1, 0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3, 2, 3},
      {4, 5, 4, 5, 4, 5, 4, 5, 6, 7, 6, 7, 6, 7, 6, 7},
      {8, 9, 8, 9, 8, 9, 8, 9, 10, 11, 10, 11, 10, 11, 10, 11},
      {12, 13, 12, 13, 12, 13, 12, 13, 14, 15, 14, 15, 14, 15, 14, 15}};
  return hn::TableLookupBytes(parts, hn::BitCast(Eight(), hn::Load(hn::FixedTag<std::uint8_t, 16>(), kLanes[pair])));
}

void find_changes(const CubeTable& cube, const Paths& paths, int count, Changes& found) {
  const Eight d;
  const hn::FixedTag<std::int16_t, 4> half;
  const int size = static_cast<int>(cube.size), all = 1 + size + size * size;
  const std::array<std::int16_t, 4>* nodes = cube.change.data();
  for (int x = 0; x < count; x += 8) {
    const auto part = [&](std::size_t i) HWY_ATTR { return hn::LoadU(d, paths.part[i].data() + x); };
    const EightVector f1 = part(0), f2 = part(1), f3 = part(2);
    /// Changes R G B 0 of two pixels.
    const auto changes = [&](int pair) HWY_ATTR {
      const auto node = [&](std::size_t i, int further) HWY_ATTR {
        const std::uint16_t* number = paths.node[i].data() + x + 2 * pair;
        return hn::Combine(d, hn::LoadU(half, nodes[number[1] + further].data()),
                           hn::LoadU(half, nodes[number[0] + further].data()));
      };
      const EightVector n0 = node(0, 0), n1 = node(1, 0), n2 = node(2, 0), n3 = node(0, all);
      EightVector sum = hn::Add(n0, hn::MulFixedPoint15(hn::Sub(n1, n0), spread(f1, pair)));
      sum = hn::Add(sum, hn::MulFixedPoint15(hn::Sub(n2, n1), spread(f2, pair)));
      return hn::Add(sum, hn::MulFixedPoint15(hn::Sub(n3, n2), spread(f3, pair)));
    };
    const EightVector p01 = changes(0), p23 = changes(1), p45 = changes(2), p67 = changes(3);
    const auto even0 = hn::InterleaveLower(d, p01, p23), odd0 = hn::InterleaveUpper(d, p01, p23);
    const auto even1 = hn::InterleaveLower(d, p45, p67), odd1 = hn::InterleaveUpper(d, p45, p67);
    const auto rg0 = hn::InterleaveLower(d, even0, odd0), b0 = hn::InterleaveUpper(d, even0, odd0);
    const auto rg1 = hn::InterleaveLower(d, even1, odd1), b1 = hn::InterleaveUpper(d, even1, odd1);
    hn::StoreU(hn::ConcatLowerLower(d, rg1, rg0), d, found[0].data() + x);
    hn::StoreU(hn::ConcatUpperUpper(d, rg1, rg0), d, found[1].data() + x);
    hn::StoreU(hn::ConcatLowerLower(d, b1, b0), d, found[2].data() + x);
  }
}

void lut_3d_row(const Lut3d::Registers& registers, const RowIo& io, Span span) {
  if (!registers.cube) return Lut3d::reference_row(registers, io, span);
  const hn::ScalableTag<std::int16_t> d;
  const auto strength = hn::Set(d, registers.strength.raw);
  Paths paths;
  Changes changes;
  for (int start = 0; start < span.count; start += Paths::kPixels) {
    const int count = std::min(Paths::kPixels, span.count - start);
    find_paths(static_cast<int>(registers.cube->size), io, start, count, paths);
    find_changes(*registers.cube, paths, count, changes);
    for (int x = 0; x < count; x += static_cast<int>(hn::Lanes(d))) {
      const auto in = [&](int c) HWY_ATTR { return hn::LoadU(d, io.in<std::int16_t>(0, c) + start + x); };
      const auto changed = [&](auto v, std::size_t c) HWY_ATTR {
        const auto change = hn::MulFixedPoint15(hn::LoadU(d, changes[c].data() + x), strength);
        return limit_display(d, hn::SaturatedAdd(v, change));
      };
      const Colours before{in(0), in(1), in(2)},
          after{changed(before.r, 0), changed(before.g, 1), changed(before.b, 2)},
          kept = registers.spared_skin.raw > 0 ? spared(before, after, registers.spared_skin.raw) : after;
      hn::StoreU(kept.r, d, io.out<std::int16_t>(0) + start + x);
      hn::StoreU(kept.g, d, io.out<std::int16_t>(1) + start + x);
      hn::StoreU(kept.b, d, io.out<std::int16_t>(2) + start + x);
    }
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>

#include "isp/core/exact_math.h"

namespace sunny16::isp {

static_assert(RowStage<Lut3d>);
HWY_EXPORT(lut_3d_row);

void Lut3d::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(lut_3d_row)(registers, io, span);
}

namespace {

/// What the cube adds to a colour.
std::array<std::int16_t, 3> cube_change(const CubeTable& cube, const std::array<std::int16_t, 3>& v) {
  const int size = static_cast<int>(cube.size);
  const std::array<int, 3> stride{1, size, size * size};
  int origin = 0;
  std::array<std::int16_t, 3> part;
  for (std::size_t c = 0; c < 3; ++c) {
    const int wide = v[c] << 2 | v[c] >> 12, position = wide * (size - 1), cell = position >> 16;
    origin += cell * stride[c];
    part[c] = static_cast<std::int16_t>(std::min((position & 65535) + cell, 65535) >> 1);
  }
  const auto [r, g, b] = part;
  const std::int16_t largest = std::max({r, g, b}), least = std::min({r, g, b});
  const int first = r == largest ? stride[0] : g == largest ? stride[1] : stride[2];
  const int last = b == least ? stride[2] : g == least ? stride[1] : stride[0];
  const int all = stride[0] + stride[1] + stride[2];
  const std::array<int, 4> path{origin, origin + first, origin + all - last, origin + all};
  const std::array<std::int16_t, 3> parts{largest, std::max(std::min(r, g), std::min(std::max(r, g), b)), least};

  std::array<std::int16_t, 3> change;
  for (std::size_t c = 0; c < 3; ++c) {
    const auto node = [&](std::size_t i) { return cube.change[static_cast<std::size_t>(path[i])][c]; };
    int sum = node(0);  // a mean of nodes: |sum| <= 16383 + 2
    for (std::size_t i = 0; i < 3; ++i) sum += mul_q15(static_cast<std::int16_t>(node(i + 1) - node(i)), parts[i]);
    change[c] = static_cast<std::int16_t>(sum);
  }
  return change;
}

}  // namespace

void Lut3d::reference_row(const Registers& registers, const RowIo& io, Span span) {
  for (int x = 0; x < span.count; ++x) {
    skin::Colour v, change{};
    for (std::size_t c = 0; c < 3; ++c) v[c] = io.in<std::int16_t>(0, static_cast<int>(c))[x];
    if (registers.cube) change = cube_change(*registers.cube, v);
    skin::Colour changed;
    for (std::size_t c = 0; c < 3; ++c)
      changed[c] =
          static_cast<std::int16_t>(std::clamp<int>(v[c] + mul_q15(change[c], registers.strength.raw), 0, Out::max));
    const skin::Colour kept = skin::spared(v, changed, registers.spared_skin.raw);
    for (std::size_t c = 0; c < 3; ++c) io.out<std::int16_t>(static_cast<int>(c))[x] = kept[c];
  }
}

Lut3d::Registers Lut3d::derive(const Tuning& tuning, const Conditions& conditions) {
  if (!tuning.enabled || tuning.strength <= 0 || !conditions.cube) return {};
  return {.enabled = 1,
          .strength = Q<0, 15>::real(tuning.strength),
          .spared_skin = Q<0, 15>::real(conditions.skin_protection),
          .cube = conditions.cube};
}

}  // namespace sunny16::isp
#endif
