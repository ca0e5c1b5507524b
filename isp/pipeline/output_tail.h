// An output of the line: crop, scale, RGB -> YCbCr and dither, row pair by row pair, from the rows of the last node.
//
// Several outputs (a still and a preview) take their rows from the same pass over the frame. Each pair of output columns and
// of output rows belongs to the tile and the band that it starts in, so that tiles and bands never overlap in an output.
#pragma once

#include <array>
#include <cstdint>

#include "isp/core/plane.h"
#include "isp/pipeline/row_storage.h"
#include "isp/stages/dither.h"
#include "isp/stages/scaler.h"
#include "isp/stages/ycbcr.h"

namespace sunny16::isp {

/// Where a finished picture goes, as bytes: one plane of interleaved RGB, or Y and UV (NV12), or Y, U and V (I420); or three planes of
/// display RGB.
struct OutputView {
  std::array<PlaneView<std::byte>, 3> planes;
};

struct PlaneSize {
  int width = 0, height = 0;  ///< bytes of a row; rows
};
/// What a picture's planes need: 0 x 0 for those that the format has not.
std::array<PlaneSize, 3> plane_sizes(OutputFormat format, int width, int height);

inline constexpr std::size_t kMaxTails = 4;
/// Limits of scaling on each axis: an output at most 4 times as large as its crop, or 16 times as small.
inline constexpr int kMaxEnlargement = 4, kMaxReduction = 16;

struct OutputTail {
  Rect crop;                  ///< pixels of the canonical frame
  int width = 0, height = 0;  ///< of the output
  const Scaler::Registers* scaler = nullptr;  ///< null: `crop` has the output's size
  const Ycbcr::Registers* ycbcr = nullptr;    ///< null: RGB
  const Dither::Registers* dither = nullptr;  ///< null: rows of display RGB as they are, for frame stages; no scaler, no ycbcr

  int row_pairs() const { return (height + 1) / 2; }
  int column_pairs() const { return (width + 1) / 2; }

  /// Pairs that start in [first, end) of the frame's columns (rows), pixels.
  Range column_pairs_in(Range columns) const;
  Range row_pairs_in(Range rows) const;
  /// Frame columns (rows) that a range of column pairs (row pairs) reads, inside the crop.
  Range columns_read(Range column_pairs) const;
  Range rows_read(Range row_pairs) const;

  /// Most frame columns that a tile's pairs read outside the tile, on each side.
  int column_reach() const;

  /// Bytes of scratch that emit() needs for a tile of `columns` frame columns.
  std::size_t scratch_bytes(int columns) const;

  /// Makes two output rows over `column_pairs` from the frame rows in `source`, and writes just those pixels.
  void emit(int row_pair, Range column_pairs, const RowStorage& source, const OutputView& output, std::byte* scratch,
            bool reference) const;

 private:
  std::size_t scratch_stride(int columns) const;
  void copy(int row_pair, Range columns, const RowStorage& source, const OutputView& output) const;
  void scale(int row_pair, Range columns, const RowStorage& source, const std::array<std::byte*, 6>& out, std::byte* scratch,
             bool reference) const;
};

}  // namespace sunny16::isp
