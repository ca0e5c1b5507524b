#include "isp/stages/distortion.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/distortion.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/stages/catmull_rom-inl.h"
#include "isp/stages/distortion_sources.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

/// One block, three planes. Lanes that are read one sample further take it from the neighbouring vector.
void resample_compact(const BlockSources& sources, const CompactBlock& block,
                      const ConstFrameView<domain::DisplayRgb>& in, const FrameView<domain::DisplayRgb>& out, int x,
                      int y) {
  const hn::FixedTag<std::int16_t, Distortion::kBlock> d;
  using V = hn::Vec<decltype(d)>;
  const CatmullRomVector across(d, hn::LoadU(d, sources.x.distance.data()));
  const CatmullRomVector down(d, hn::LoadU(d, sources.y.distance.data()));
  const auto right = hn::MaskFromVec(hn::LoadU(d, block.right.data()));
  const auto below = hn::MaskFromVec(hn::LoadU(d, block.below.data()));
  for (std::size_t plane = 0; plane < in.size(); ++plane) {
    const auto row_at = [&](int dy) HWY_ATTR {
      const std::int16_t* row = in[plane].row(block.y + dy) + block.x;
      const auto at = [&](int dx) HWY_ATTR {
        return hn::IfThenElse(right, hn::LoadU(d, row + dx + 1), hn::LoadU(d, row + dx));
      };
      return across(at(-1), at(0), at(1), at(2));
    };
    const V first = row_at(-1), second = row_at(0), third = row_at(1), fourth = row_at(2), fifth = row_at(3);
    const V sum = down(hn::IfThenElse(below, second, first), hn::IfThenElse(below, third, second),
                       hn::IfThenElse(below, fourth, third), hn::IfThenElse(below, fifth, fourth));
    const V pixel = hn::Max(sum, hn::Zero(d));
    hn::StoreU(hn::Min(pixel, hn::Set(d, domain::DisplayRgb::max)), d, out[plane].row(y) + x);
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"
#include "isp/stages/catmull_rom.h"
#include "isp/stages/unpack.h"

namespace sunny16::isp {

static_assert(FrameStage<Distortion>);
HWY_EXPORT(resample_compact);

namespace {

/// One pixel of a plane whose edge pixels repeat: along four rows, then down.
std::int16_t resample(const BlockSources& sources, std::size_t i, PlaneView<const std::int16_t> plane) {
  const CatmullRom across(sources.x.distance[i]), down(sources.y.distance[i]);
  const auto row_at = [&](int dy) {
    const std::int16_t* row = plane.row(std::clamp(sources.y.sample[i] + dy, 0, plane.height - 1));
    const auto at = [&](int dx) { return row[std::clamp(sources.x.sample[i] + dx, 0, plane.width - 1)]; };
    return across(at(-1), at(0), at(1), at(2));
  };
  return std::clamp<std::int16_t>(down(row_at(-1), row_at(0), row_at(1), row_at(2)), 0, domain::DisplayRgb::max);
}

void resample_block(const BlockSources& sources, const ConstFrameView<domain::DisplayRgb>& in,
                    const FrameView<domain::DisplayRgb>& out, int x, int y) {
  const int count = std::min(Distortion::kBlock, out[0].width - x);
  for (std::size_t plane = 0; plane < out.size(); ++plane)
    for (int i = 0; i < count; ++i)
      out[plane].row(y)[x + i] = resample(sources, static_cast<std::size_t>(i), in[plane]);
}

}  // namespace

void Distortion::reference_rows(const Registers& registers, const ConstFrameView<In>& in, const FrameView<Out>& out,
                                int first, int end) {
  const int width = in[0].width, height = in[0].height;
  for (int y = first; y < end; ++y) {
    const RowShift row(registers, y);
    for (int x = 0; x < width; x += kBlock) {
      const int block = x / kBlock;
      resample_block({row.at_block(block), row.at_block(block + 1), x, y, width, height}, in, out, x, y);
    }
  }
}

/// Tile by tile: the source rows under a tile of 256 x 64 pixels stay in the second-level cache.
void Distortion::fast_rows(const Registers& registers, const ConstFrameView<In>& in, const FrameView<Out>& out,
                           int first, int end) {
  constexpr int kTileColumns = 256, kTileRows = 64;
  static_assert(kTileColumns % kBlock == 0);
  const int width = in[0].width, height = in[0].height;
  for (int top = first; top < end; top += kTileRows)
    for (int left = 0; left < width; left += kTileColumns)
      for (int y = top; y < std::min(top + kTileRows, end); ++y) {
        const RowShift row(registers, y);
        RowShift::Shift shift = row.at_block(left / kBlock);
        for (int x = left; x < std::min(left + kTileColumns, width); x += kBlock) {
          const RowShift::Shift next = row.at_block(x / kBlock + 1);
          const BlockSources sources(shift, next, x, y, width, height);
          const CompactBlock block(sources, width, height);
          if (block.valid && x + kBlock <= width)
            HWY_DYNAMIC_DISPATCH(resample_compact)(sources, block, in, out, x, y);
          else
            resample_block(sources, in, out, x, y);
          shift = next;
        }
      }
}

namespace {

/// Catmull-Rom through `count` evenly spaced values, linear beyond them; `u` in values, `at(i)` gives them.
template <class At>
double along(At&& at, int count, double u) {
  const int cell = static_cast<int>(exact::clamp(exact::floor(u), 0, count - 2));
  const double t = u - cell, p1 = at(cell), p2 = at(cell + 1);
  if (t < 0 || t > 1) return p1 + (p2 - p1) * t;
  const double p0 = cell > 0 ? at(cell - 1) : 2 * p1 - p2, p3 = cell + 2 < count ? at(cell + 2) : 2 * p2 - p1;
  return p1 + t / 2 * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)));
}

/// A calibrated mesh at (u, v), 0..1 over the picture; 0 if there is none.
double mesh_at(const std::vector<double>& values, int columns, int rows, double u, double v) {
  if (columns < 2 || rows < 2 || values.size() != static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows))
    return 0;
  const auto row_at = [&](int row) {
    const double* first = &values[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns)];
    return along([&](int column) { return first[column]; }, columns, u * (columns - 1));
  };
  return along(row_at, rows, v * (rows - 1));
}

}  // namespace

Distortion::Registers Distortion::derive(const Tuning& tuning, const Conditions& conditions) {
  const FrameGeometry frame = binned(conditions.frame, conditions.binning);
  const Rect& active = frame.active;
  const int blocks = std::max(1, (frame.width + kBlock - 2) / kBlock), last_row = std::max(1, frame.height - 1);
  const auto cells = [](int steps) { return round_half_up(kCells * 4294967296.0 / steps); };
  Registers registers{.block_step = cells(blocks), .row_step = cells(last_row)};

  const double last_x = std::max(active.width - 1, 1), last_y = std::max(active.height - 1, 1);
  const double centre_x = tuning.centre[0] * last_x, centre_y = tuning.centre[1] * last_y;
  const double far_x = exact::max(centre_x, last_x - centre_x), far_y = exact::max(centre_y, last_y - centre_y);
  const double corner2 = far_x * far_x + far_y * far_y;
  const auto& [k1, k2, k3] = tuning.radial;
  bool moves = false;
  for (int row = 0; row < kNodes; ++row)
    for (int column = 0; column < kNodes; ++column) {
      // The node's pixel, relative to the picture.
      const double x = (column - 1.0) * blocks * kBlock / kCells - active.x,
                   y = (row - 1.0) * last_row / kCells - active.y;
      const double dx = (x - centre_x) / tuning.zoom, dy = (y - centre_y) / tuning.zoom;
      const double r2 = (dx * dx + dy * dy) / corner2, factor = 1 + r2 * (k1 + r2 * (k2 + r2 * k3));
      const auto quantised = [&](double shift, const std::vector<double>& mesh) {
        // A mesh is in pixels of the sensor; 2^14 pixels is the largest frame.
        shift += mesh_at(mesh, tuning.mesh_columns, tuning.mesh_rows, x / last_x, y / last_y) / conditions.binning;
        const auto q16 = static_cast<std::int32_t>(round_half_up(exact::clamp(shift, -16384, 16384) * 65536));
        moves |= q16 != 0;
        return q16;
      };
      registers.x[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] =
          quantised(centre_x + dx * factor - x, tuning.mesh_x);
      registers.y[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] =
          quantised(centre_y + dy * factor - y, tuning.mesh_y);
    }
  registers.enabled = tuning.enabled && moves;
  return registers;
}

}  // namespace sunny16::isp
#endif
