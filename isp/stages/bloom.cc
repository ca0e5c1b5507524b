#include "isp/stages/bloom.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/bloom.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// `count` pixels that start `weight` behind a node, of the line from `left` to `right`.
void glow_between(std::int16_t left, std::int16_t right, int weight, int shift, int count, std::int16_t* out) {
  const hn::ScalableTag<std::int16_t> d;
  const hn::ScalableTag<std::uint16_t> du;
  const int lanes = static_cast<int>(hn::Lanes(d)), step = 0x8000 >> shift;
  const auto start = hn::Set(d, left), difference = hn::Set(d, static_cast<std::int16_t>(right - left));
  const auto ramp = hn::Mul(hn::Iota(du, 0), hn::Set(du, static_cast<std::uint16_t>(step)));
  for (int i = 0; i < count; i += lanes) {
    const auto w = hn::Add(ramp, hn::Set(du, static_cast<std::uint16_t>(weight + i * step)));
    const auto part = hn::BitCast(d, hn::And(w, hn::Set(du, 0x7FFF)));
    hn::StoreU(hn::Add(start, hn::MulFixedPoint15(difference, part)), d, out + i);
  }
}

void bloom_row(const Bloom::Registers& registers, const RowIo& io, Span span) {
  const hn::ScalableTag<std::int16_t> d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  constexpr int kChunk = 256;  // the glow stays in the first-level cache
  alignas(64) std::array<std::int16_t, kChunk + kSlack> glow;
  const NodeGrid& grid = registers.grid;
  for (int plane = 0; plane < 3; ++plane) {
    const auto* in = io.in<std::int16_t>(0, plane);
    auto* out = io.out<std::int16_t>(plane);
    for (int start = std::max(-span.x, 0); start < span.count; start += kChunk) {  // columns before the frame: nobody's
      const int count = std::min(kChunk, span.count - start), x = span.x + start;
      grid.split(x, count, [&](int cell, int first, int part) {
        glow_between(registers.at_node(plane, cell, span.y), registers.at_node(plane, cell + 1, span.y),
                     grid.weight(x + first), grid.shift, part, glow.data() + first);
      });
      for (int i = 0; i < count; i += lanes)
        hn::StoreU(hn::SaturatedAdd(hn::LoadU(d, in + start + i), hn::Load(d, glow.data() + i)), d, out + start + i);
    }
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"
#include "isp/core/node_field.h"
#include "isp/core/thumbnail.h"
#include "isp/stages/unpack.h"

namespace sunny16::isp {

static_assert(RowStage<Bloom>);
HWY_EXPORT(bloom_row);

void Bloom::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(bloom_row)(registers, io, span);
}

void Bloom::reference_row(const Registers& registers, const RowIo& io, Span span) {
  const NodeGrid& grid = registers.grid;
  for (int plane = 0; plane < 3; ++plane)
    for (int i = std::max(-span.x, 0); i < span.count; ++i) {
      const int x = span.x + i, cell = std::min(x >> grid.shift, grid.columns - 2);
      const int left = registers.at_node(plane, cell, span.y), right = registers.at_node(plane, cell + 1, span.y);
      const int glow = left + mul_q15(static_cast<std::int16_t>(right - left), grid.weight(x));
      io.out<std::int16_t>(plane)[i] = add_saturated(io.in<std::int16_t>(0, plane)[i], glow);
    }
}

Bloom::Registers Bloom::derive(const Tuning& tuning, const Conditions& conditions) {
  if (!wanted(tuning) || !conditions.thumbnail) return {};
  const FrameGeometry frame = binned(conditions.frame, conditions.binning);
  const NodeGrid grid = NodeGrid::over(frame);
  NodeField field(grid, 4);  // red, green, blue, and the weight of the cells
  field.spread(
      frame.active,
      [&](std::size_t index) {
        const Thumbnail::Cell& cell = conditions.thumbnail->cells[index];
        return cell.empty ? std::nullopt : std::optional(linear_rgb(cell, conditions));
      },
      [&](const std::array<double, 3>& rgb, double weight, std::span<double> node) {
        for (std::size_t c = 0; c < 3; ++c) node[c] += weight * exact::max(rgb[c] - tuning.threshold, 0);
        node[3] += weight;
      });
  field.blur(tuning.radius * std::max(frame.active.width, frame.active.height) / (1 << grid.shift));

  GlowGrid glow;
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) {
      const auto node = field.at(column, row);
      for (std::size_t c = 0; c < 3; ++c) {
        const double light = tuning.strength * node[c] / exact::max(node[3], 1e-9);
        glow.nodes[c][static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] =
            static_cast<std::int16_t>(round_half_up(exact::clamp(light * In::white, 0, 32767)));
      }
    }
  return {.enabled = 1, .grid = grid, .glow = SharedTable(std::make_shared<const GlowGrid>(glow))};
}

}  // namespace sunny16::isp
#endif
