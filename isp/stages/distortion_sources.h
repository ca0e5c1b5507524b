// Where the pixels of a distorted picture are read: shifts interpolated between the nodes, block by block.
#pragma once

#include <algorithm>

#include "isp/stages/distortion.h"

namespace sunny16::isp {

/// Catmull-Rom between the second and third of four nodes; t is 0..32768. The weights sum to 2^16 exactly.
/// Bound: |weight| <= 2^17, |node| <= 2^30, and the result is at most 1.25 of the largest node.
inline std::int32_t between_nodes(const std::int32_t* node, std::size_t stride, std::int64_t t) {
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

/// The shifts of one row of pixels, 16 fraction bits.
class RowShift {
 public:
  struct Shift {
    std::int32_t x, y;
  };

  RowShift(const Distortion::Registers& registers, int y) : step_(registers.block_step) {
    const CellPosition at(y * registers.row_step);
    for (std::size_t c = 0; c < Distortion::kNodes; ++c) {
      x_[c] = between_nodes(&registers.x[at.cell][c], Distortion::kNodes, at.t);
      y_[c] = between_nodes(&registers.y[at.cell][c], Distortion::kNodes, at.t);
    }
  }
  Shift at_block(int block) const {
    const CellPosition at(block * step_);
    return {between_nodes(&x_[at.cell], 1, at.t), between_nodes(&y_[at.cell], 1, at.t)};
  }

 private:
  std::int64_t step_;
  std::array<std::int32_t, Distortion::kNodes> x_, y_;
};

/// Where the pixels of a block are read on one axis: between `sample` and the next one, at `distance`, Q15.
struct AxisSources {
  std::array<std::int32_t, Distortion::kBlock> sample;
  std::array<std::int16_t, Distortion::kBlock> distance;

  /// Pixels first, first + step, ... of `count`; beyond them the nearest. `a` and `b` are the shifts at the block's
  /// ends.
  AxisSources(int first, int step, std::int32_t a, std::int32_t b, int count) {
    constexpr int kBits = Distortion::kBlockBits;
    const std::int64_t last = std::int64_t{count - 1} << 16, slope = std::int64_t{b} - a;
    for (int i = 0; i < Distortion::kBlock; ++i) {
      const std::int64_t shift = a + ((slope * i + (1 << (kBits - 1))) >> kBits);
      const std::int64_t at = std::clamp<std::int64_t>((std::int64_t{first + i * step} << 16) + shift, 0, last);
      sample[static_cast<std::size_t>(i)] = static_cast<std::int32_t>(at >> 16);
      distance[static_cast<std::size_t>(i)] = static_cast<std::int16_t>((at >> 1) & 32767);
    }
  }
};

struct BlockSources {
  AxisSources x, y;

  BlockSources(RowShift::Shift a, RowShift::Shift b, int first_x, int row, int width, int height)
      : x(first_x, 1, a.x, b.x, width), y(row, 0, a.y, b.y, height) {}
};

/// A block that vectors can read: each pixel i is read at column x + i, or one to the right, and at row y, or one
/// below.
struct CompactBlock {
  int x, y;
  std::array<std::int16_t, Distortion::kBlock> right, below;  ///< lane masks: -1 where it is the second one
  /// False if the picture is stretched too much for that, or something that the vectors load lies outside the frame:
  /// one sample before, three behind the block.
  bool valid;

  CompactBlock(const BlockSources& sources, int width, int height) : x(sources.x.sample[0]), y(sources.y.sample[0]) {
    constexpr int kBlock = Distortion::kBlock;
    for (int i = 1; i < kBlock; ++i) {
      x = std::min(x, sources.x.sample[static_cast<std::size_t>(i)] - i);
      y = std::min(y, sources.y.sample[static_cast<std::size_t>(i)]);
    }
    valid = x >= 1 && x + kBlock + 3 <= width && y >= 1 && y + 4 <= height;
    for (std::size_t i = 0; i < kBlock; ++i) {
      const int dx = sources.x.sample[i] - static_cast<int>(i) - x, dy = sources.y.sample[i] - y;
      valid &= dx <= 1 && dy <= 1;
      right[i] = static_cast<std::int16_t>(-dx), below[i] = static_cast<std::int16_t>(-dy);
    }
  }
};

}  // namespace sunny16::isp
