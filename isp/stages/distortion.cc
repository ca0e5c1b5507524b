#include "isp/stages/distortion.h"

#include <algorithm>

#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"
#include "isp/stages/unpack.h"

namespace sunny16::isp {

static_assert(FrameStage<Distortion>);

namespace {

constexpr int kPhases = 64, kTapBits = 14;

/// Catmull-Rom taps at k/64 from the second sample, Q14, rounded to sum to one: with f = k/64,
///   (-f + 2 f^2 - f^3) / 2,  1 - ...,  (f + 4 f^2 - 3 f^3) / 2,  (f^3 - f^2) / 2.
constexpr auto kTaps = [] {
  std::array<std::array<std::int16_t, 4>, kPhases> taps{};
  for (int k = 0; k < kPhases; ++k) {
    const int k2 = k * k, k3 = k2 * k;
    const int first = (-4096 * k + 128 * k2 - k3 + 16) >> 5, third = (4096 * k + 256 * k2 - 3 * k3 + 16) >> 5;
    const int fourth = (k3 - 64 * k2 + 16) >> 5, second = (1 << kTapBits) - first - third - fourth;
    taps[static_cast<std::size_t>(k)] = {static_cast<std::int16_t>(first), static_cast<std::int16_t>(second),
                                         static_cast<std::int16_t>(third), static_cast<std::int16_t>(fourth)};
  }
  return taps;
}();

/// Catmull-Rom between the second and third of four nodes; t is 0..32768. The weights sum to 2^16 exactly.
/// Bound: |weight| <= 2^17, |node| < 2^31.
std::int32_t between_nodes(const std::int32_t* node, std::size_t stride, std::int64_t t) {
  const std::int64_t t2 = (t * t) >> 15, t3 = (t2 * t) >> 15;
  const std::int64_t sum = (-t + 2 * t2 - t3) * node[0] + (65536 - 5 * t2 + 3 * t3) * node[stride] +
                           (t + 4 * t2 - 3 * t3) * node[2 * stride] + (t3 - t2) * node[3 * stride];
  return static_cast<std::int32_t>((sum + 32768) >> 16);
}

/// A coordinate in cells, 32 fraction bits, as a cell and t.
struct CellPosition {
  std::size_t cell;
  std::int64_t t;
  explicit CellPosition(std::int64_t at)
      : cell(static_cast<std::size_t>(std::min<std::int64_t>(at >> 32, Distortion::kCells - 1))),
        t((at - (static_cast<std::int64_t>(cell) << 32)) >> 17) {}
};

struct Point {
  std::int32_t x, y;  ///< pixels, 16 fraction bits
};

/// The shifts of one row of pixels.
class RowShift {
 public:
  RowShift(const Distortion::Registers& registers, int y) : step_(registers.block_step) {
    const CellPosition at(y * registers.row_step);
    for (std::size_t c = 0; c < Distortion::kNodes; ++c) {
      x_[c] = between_nodes(&registers.x[at.cell][c], Distortion::kNodes, at.t);
      y_[c] = between_nodes(&registers.y[at.cell][c], Distortion::kNodes, at.t);
    }
  }
  Point at_block(int block) const {
    const CellPosition at(block * step_);
    return {between_nodes(&x_[at.cell], 1, at.t), between_nodes(&y_[at.cell], 1, at.t)};
  }

 private:
  std::int64_t step_;
  std::array<std::int32_t, Distortion::kNodes> x_, y_;
};

/// Where a pixel is read: sample and phase on one axis.
struct Source {
  int sample;
  const std::array<std::int16_t, 4>& taps;

  /// Pixel `at` of `count`, shifted by the mean of the block's ends `a` and `b`, weighted by the place `i` in the
  /// block.
  static Source from(int at, std::int32_t a, std::int32_t b, int i, int count) {
    constexpr int kBlock = Distortion::kBlock;
    const std::int64_t sum = std::int64_t{a} * (kBlock - i) + std::int64_t{b} * i;
    const std::int64_t shift = (sum + kBlock / 2) >> Distortion::kBlockBits;
    const std::int64_t position = (std::int64_t{at} << 16) + shift;
    const auto phases = static_cast<int>(std::clamp<std::int64_t>((position + 512) >> 10, 0, (count - 1) * kPhases));
    return {phases / kPhases, kTaps[static_cast<std::size_t>(phases % kPhases)]};
  }
};

/// Rows first, then columns, each sum rounded and the first one saturated to 16 bits. Bound: taps' magnitudes sum to at
/// most 1.25 * 2^14, so sums stay below 1.25 * 2^29 + 2^13. at(dx, dy) gives samples, -1..2.
template <class At>
std::int16_t interpolate(const Source& x, const Source& y, At&& at) {
  constexpr int kHalf = 1 << (kTapBits - 1);
  int sum = kHalf;
  for (int dx = 0; dx < 4; ++dx) {
    int column = kHalf;
    for (int dy = 0; dy < 4; ++dy) column += y.taps[static_cast<std::size_t>(dy)] * at(dx - 1, dy - 1);
    sum += x.taps[static_cast<std::size_t>(dx)] * std::clamp(column >> kTapBits, -32768, 32767);
  }
  return static_cast<std::int16_t>(std::clamp(sum >> kTapBits, 0, domain::DisplayRgb::max));
}

/// The same anywhere in the frame, whose edge pixels repeat.
std::int16_t interpolate_clamped(const Source& x, const Source& y, PlaneView<const std::int16_t> plane) {
  return interpolate(x, y, [&](int dx, int dy) {
    return plane.row(std::clamp(y.sample + dy, 0, plane.height - 1))[std::clamp(x.sample + dx, 0, plane.width - 1)];
  });
}

}  // namespace

void Distortion::reference_rows(const Registers& registers, const ConstFrameView<In>& in, const FrameView<Out>& out,
                                int first, int end) {
  for (int y = first; y < end; ++y) {
    const RowShift row(registers, y);
    for (int x = 0; x < out[0].width; ++x) {
      const Point a = row.at_block(x / kBlock), b = row.at_block(x / kBlock + 1);
      const Source source_x = Source::from(x, a.x, b.x, x % kBlock, in[0].width);
      const Source source_y = Source::from(y, a.y, b.y, x % kBlock, in[0].height);
      for (std::size_t plane = 0; plane < out.size(); ++plane)
        out[plane].row(y)[x] = interpolate_clamped(source_x, source_y, in[plane]);
    }
  }
}

/// Tile by tile: the source rows under a tile of 256 x 64 pixels stay in the second-level cache.
void Distortion::fast_rows(const Registers& registers, const ConstFrameView<In>& in, const FrameView<Out>& out,
                           int first, int end) {
  constexpr int kTileColumns = 256, kTileRows = 64;
  static_assert(kTileColumns % kBlock == 0);
  const int width = in[0].width, height = in[0].height;

  const auto warp_block = [&](const RowShift& row, int block, int y) {
    const Point a = row.at_block(block), b = row.at_block(block + 1);
    const int start = block * kBlock, count = std::min(kBlock, out[0].width - start);
    for (int i = 0; i < count; ++i) {
      const int x = start + i;
      const Source source_x = Source::from(x, a.x, b.x, i, width), source_y = Source::from(y, a.y, b.y, i, height);
      const bool inside =
          source_x.sample >= 1 && source_x.sample < width - 2 && source_y.sample >= 1 && source_y.sample < height - 2;
      for (std::size_t plane = 0; plane < out.size(); ++plane) {
        if (inside) {
          const std::int16_t* centre = in[plane].row(source_y.sample) + source_x.sample;
          const std::ptrdiff_t stride = in[plane].stride;
          out[plane].row(y)[x] =
              interpolate(source_x, source_y, [&](int dx, int dy) { return centre[dy * stride + dx]; });
        } else {
          out[plane].row(y)[x] = interpolate_clamped(source_x, source_y, in[plane]);
        }
      }
    }
  };

  for (int top = first; top < end; top += kTileRows)
    for (int left = 0; left < out[0].width; left += kTileColumns)
      for (int y = top; y < std::min(top + kTileRows, end); ++y) {
        const RowShift row(registers, y);
        const int right = std::min(left + kTileColumns, out[0].width);
        for (int block = left / kBlock; block * kBlock < right; ++block) warp_block(row, block, y);
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
