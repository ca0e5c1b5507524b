#include "isp/stages/lateral_ca.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/lateral_ca.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/core/mesh-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

using Tag = hn::ScalableTag<std::int16_t>;
using Vector = hn::Vec<Tag>;

/// Catmull-Rom at distance `shift` from the centre, Q0.15: see CatmullRom below, the specification.
class CatmullRomVector {
 public:
  HWY_INLINE explicit CatmullRomVector(Vector shift) : backward_(hn::Lt(shift, hn::Zero(Tag()))) {
    const Tag d;
    const auto one = hn::Set(d, 32767), f = hn::Abs(shift), rest = hn::Sub(one, f);
    const auto a = hn::MulFixedPoint15(f, hn::Sub(one, hn::MulFixedPoint15(f, hn::Set(d, 24576))));
    near_ = hn::SaturatedAdd(hn::MulFixedPoint15(f, hn::Add(a, hn::Set(d, 16384))), hn::MulFixedPoint15(f, a));
    const auto half = hn::ShiftRight<1>(hn::MulFixedPoint15(f, rest));
    far_ = hn::MulFixedPoint15(half, f);
    opposite_ = hn::MulFixedPoint15(half, rest);
  }
  HWY_INLINE Vector operator()(const Vector (&v)[5]) const {
    const auto term = [&](Vector sample, Vector weight)
                          HWY_ATTR { return hn::MulFixedPoint15(hn::SaturatedSub(sample, v[2]), weight); };
    const auto near = term(hn::IfThenElse(backward_, v[1], v[3]), near_);
    const auto far = term(hn::IfThenElse(backward_, v[0], v[4]), far_);
    const auto opposite = term(hn::IfThenElse(backward_, v[3], v[1]), opposite_);
    return hn::SaturatedSub(hn::SaturatedSub(hn::SaturatedAdd(v[2], near), far), opposite);
  }

 private:
  hn::Mask<Tag> backward_;
  Vector near_, far_, opposite_;
};

void lateral_ca_plane(const LateralCa::Shift& shift, const RowIo& io, Quad plane, Span span) {
  const Tag d;
  const auto offset = hn::Set(d, -32768);  // u16 to i16 and back
  constexpr int kChunk = 256;
  alignas(64) std::array<std::int16_t, kChunk + kSlack> shift_x, shift_y;
  for (int start = 0; start < span.count; start += kChunk) {
    const int count = std::min(kChunk, span.count - start);
    mesh_row(shift.x, span.x + start, span.y, count, shift_x.data());
    mesh_row(shift.y, span.x + start, span.y, count, shift_y.data());
    for (int i = 0; i < count; i += static_cast<int>(hn::Lanes(d))) {
      const CatmullRomVector across(hn::LoadU(d, shift_x.data() + i)), down(hn::LoadU(d, shift_y.data() + i));
      Vector column[5];
      for (int dy = -2; dy <= 2; ++dy) {
        Vector row[5];
        for (int dx = -2; dx <= 2; ++dx)
          row[dx + 2] = hn::Xor(hn::LoadU(d, io.in<std::int16_t>(0, plane, dy) + start + i + dx), offset);
        column[dy + 2] = across(row);
      }
      hn::StoreU(hn::Xor(down(column), offset), d, io.out<std::int16_t>(plane) + start + i);
    }
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "isp/core/exact_math.h"
#include "isp/stages/int16.h"
#include "isp/stages/unpack.h"

namespace sunny16::isp {

static_assert(RowStage<LateralCa>);
HWY_EXPORT(lateral_ca_plane);

namespace {

/// Catmull-Rom interpolation at distance `shift` (Q0.15, within +-1) from the centre of five samples. With f = |shift|,
/// the weights of the neighbour on that side, the one behind it and the one on the other side are
///   near = f (1/2 + 2 a) with a = f (1 - 3/4 f),   far = -f^2 (1 - f) / 2,   opposite = -f (1 - f)^2 / 2.
/// Differences saturate at 32767, two times white; the sum saturates in this order.
class CatmullRom {
 public:
  explicit CatmullRom(std::int16_t shift) : backward_(shift < 0) {
    const std::int16_t f = saturate16(std::abs(shift)), rest = saturate16(32767 - f);
    const std::int16_t a = mul_q15(f, saturate16(32767 - mul_q15(f, 24576)));  // at most a third
    near_ = add_saturated(mul_q15(f, saturate16(a + 16384)), mul_q15(f, a));
    const auto half = static_cast<std::int16_t>(mul_q15(f, rest) >> 1);
    far_ = mul_q15(half, f);
    opposite_ = mul_q15(half, rest);
  }
  std::int16_t operator()(const std::array<std::int16_t, 5>& v) const {
    const auto term = [&](std::int16_t sample, std::int16_t weight) {
      return mul_q15(subtract_saturated(sample, v[2]), weight);
    };
    const std::int16_t sum = add_saturated(v[2], term(backward_ ? v[1] : v[3], near_));
    return subtract_saturated(subtract_saturated(sum, term(backward_ ? v[0] : v[4], far_)),
                              term(backward_ ? v[3] : v[1], opposite_));
  }

 private:
  bool backward_;
  std::int16_t near_, far_, opposite_;
};

void copy_greens(const RowIo& io, Span span) {
  for (const Quad plane : {kGr, kGb})
    std::copy_n(io.in<std::uint16_t>(0, plane), span.count, io.out<std::uint16_t>(plane));
}

}  // namespace

void LateralCa::fast_row(const Registers& registers, const RowIo& io, Span span) {
  copy_greens(io, span);
  HWY_DYNAMIC_DISPATCH(lateral_ca_plane)(registers.shifts[0], io, kR, span);
  HWY_DYNAMIC_DISPATCH(lateral_ca_plane)(registers.shifts[1], io, kB, span);
}

void LateralCa::reference_row(const Registers& registers, const RowIo& io, Span span) {
  copy_greens(io, span);
  for (const Quad plane : {kR, kB})
    for (int i = 0; i < span.count; ++i) {
      const Shift& shift = registers.shifts[plane == kB];
      const CatmullRom across(shift.x.at(span.x + i, span.y)), down(shift.y.at(span.x + i, span.y));
      std::array<std::int16_t, 5> column, row;
      for (int dy = -2; dy <= 2; ++dy) {
        for (int dx = -2; dx <= 2; ++dx)
          row[static_cast<std::size_t>(dx + 2)] =
              static_cast<std::int16_t>(io.in<std::uint16_t>(0, plane, dy)[i + dx] - 32768);
        column[static_cast<std::size_t>(dy + 2)] = across(row);
      }
      io.out<std::uint16_t>(plane)[i] = static_cast<std::uint16_t>(down(column) + 32768);
    }
}

namespace {

/// A square table of nodes, or none if the number of its values is no square.
class Table {
 public:
  explicit Table(const std::vector<double>& values) : values_(values) {
    while (side_ * side_ < values.size()) ++side_;
    if (side_ * side_ != values.size()) side_ = 0;
  }
  /// Bilinear interpolation; u, v are 0..1 over the frame.
  double at(double u, double v) const {
    if (side_ < 2) return 0;
    const double x = u * static_cast<double>(side_ - 1), y = v * static_cast<double>(side_ - 1);
    const std::size_t c = std::min(static_cast<std::size_t>(x), side_ - 2),
                      r = std::min(static_cast<std::size_t>(y), side_ - 2);
    const double fx = x - static_cast<double>(c), fy = y - static_cast<double>(r);
    const double* above = &values_[r * side_ + c];
    const double* below = above + side_;
    return (1 - fy) * (above[0] + (above[1] - above[0]) * fx) + fy * (below[0] + (below[1] - below[0]) * fx);
  }

 private:
  const std::vector<double>& values_;
  std::size_t side_ = 0;
};

}  // namespace

LateralCa::Registers LateralCa::derive(const Tuning& tuning, const Conditions& conditions) {
  const FrameGeometry frame = binned(conditions.frame, conditions.binning);
  const double half_x = (frame.active.width - 1) / 2.0, half_y = (frame.active.height - 1) / 2.0;
  const double corner = exact::sqrt(half_x * half_x + half_y * half_y);
  // Samples are read at p - shift, in quads of two pixels, or of four where unpacking bins.
  const double scale = -32768.0 / (2 * conditions.binning);
  constexpr int kNodes = Mesh::kMaxNodes;
  bool moves = false;

  const auto shift = [&](const std::array<double, 3>& c, const std::vector<double>& table_x,
                         const std::vector<double>& table_y, Quad plane) {
    const Table x(table_x), y(table_y);
    std::vector<double> nodes_x, nodes_y;
    for (int row = 0; row < kNodes; ++row)
      for (int column = 0; column < kNodes; ++column) {
        const double u = column / (kNodes - 1.0), v = row / (kNodes - 1.0);
        const double dx = (2 * u - 1) * half_x / corner, dy = (2 * v - 1) * half_y / corner, r2 = dx * dx + dy * dy;
        const double radial = c[0] + r2 * (c[1] + r2 * c[2]);
        nodes_x.push_back(radial * dx + tuning.table_strength * x.at(u, v));
        nodes_y.push_back(radial * dy + tuning.table_strength * y.at(u, v));
        moves |= nodes_x.back() != 0 || nodes_y.back() != 0;
      }
    return Shift{quantised_mesh(nodes_x, kNodes, kNodes, frame, plane, scale),
                 quantised_mesh(nodes_y, kNodes, kNodes, frame, plane, scale)};
  };

  Registers registers{.shifts = {shift(tuning.red_radial, tuning.red_x, tuning.red_y, kR),
                                 shift(tuning.blue_radial, tuning.blue_x, tuning.blue_y, kB)}};
  registers.enabled = tuning.enabled && moves;
  return registers;
}

}  // namespace sunny16::isp
#endif
