#include "isp/stages/lateral_ca.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/lateral_ca.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/core/mesh-inl.h"
#include "isp/stages/catmull_rom-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

using Tag = hn::ScalableTag<std::int16_t>;
using Vector = hn::Vec<Tag>;

/// Interpolation at signed distances, Q0.15, from the centre; at(-2 .. 2) gives samples.
class Resampler {
 public:
  HWY_INLINE explicit Resampler(Vector shift)
      : backward_(hn::Lt(shift, hn::Zero(Tag()))), catmull_rom_(Tag(), hn::Abs(shift)) {}
  template <class At>
  HWY_INLINE Vector operator()(At&& at) const {
    const Vector left = at(-1), right = at(1);
    return catmull_rom_(hn::IfThenElse(backward_, right, left), at(0), hn::IfThenElse(backward_, left, right),
                        hn::IfThenElse(backward_, at(-2), at(2)));
  }

 private:
  hn::Mask<Tag> backward_;
  CatmullRomVector<Tag> catmull_rom_;
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
      const Resampler across(hn::LoadU(d, shift_x.data() + i)), down(hn::LoadU(d, shift_y.data() + i));
      const auto row_at = [&](int dy) HWY_ATTR {
        const auto* row = io.in<std::int16_t>(0, plane, dy) + start + i;
        return across([&](int dx) HWY_ATTR { return hn::Xor(hn::LoadU(d, row + dx), offset); });
      };
      hn::StoreU(hn::Xor(down(row_at), offset), d, io.out<std::int16_t>(plane) + start + i);
    }
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "isp/core/exact_math.h"
#include "isp/stages/catmull_rom.h"
#include "isp/stages/unpack.h"

namespace sunny16::isp {

static_assert(RowStage<LateralCa>);
HWY_EXPORT(lateral_ca_plane);

namespace {

std::int16_t resample(std::int16_t shift, const std::array<std::int16_t, 5>& v) {
  const CatmullRom catmull_rom(saturate16(std::abs(shift)));
  return shift < 0 ? catmull_rom(v[3], v[2], v[1], v[0]) : catmull_rom(v[1], v[2], v[3], v[4]);
}

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
      const std::int16_t across = shift.x.at(span.x + i, span.y), down = shift.y.at(span.x + i, span.y);
      std::array<std::int16_t, 5> column, row;
      for (int dy = -2; dy <= 2; ++dy) {
        for (int dx = -2; dx <= 2; ++dx)
          row[static_cast<std::size_t>(dx + 2)] =
              static_cast<std::int16_t>(io.in<std::uint16_t>(0, plane, dy)[i + dx] - 32768);
        column[static_cast<std::size_t>(dy + 2)] = resample(across, row);
      }
      io.out<std::uint16_t>(plane)[i] = static_cast<std::uint16_t>(resample(down, column) + 32768);
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
