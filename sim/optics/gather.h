// The weighted sum that turns cells into samples: where image formation spends its time.
#pragma once

#include <span>

#include "sim/optics/fine_tile.h"

namespace sunny16::sim {

/// Sets `count` sums to the sum over a square kernel (`side` x `side` weights, row by row) of weight times cell, for
/// samples whose cells lie the tile's phases apart; up to kGatherSlack more may be written. The kernel's first cell is
/// at `cell_x`, `cell_y`. Same bits on every instruction set: each sum is added up in the kernel's order, without fused
/// multiplication.
void gather(const FineTile& tile, int channel, std::span<const float> kernel, int side, int cell_x, int cell_y,
            std::size_t count, float* sums);

}  // namespace sunny16::sim
