// How a graph streams: column tiles, bands of rows, and a ring of rows for each node, sized by a dry run.
//
// The executor pulls: to make a row of a node it first makes the rows that row reads. The plan runs the same schedule
// without pixels and notes how many rows of each ring are alive at once, so that nothing is allocated while streaming.
#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <vector>

#include "isp/pipeline/graph.h"
#include "isp/pipeline/output_tail.h"

namespace sunny16::isp {

/// The order in which rows are made. Rings are named by the node that owns them; rows are quad rows.
class Schedule {
 public:
  Schedule(const Graph& graph, const std::vector<int>& owners, const std::vector<Reach>& extensions);

  /// Forgets all rows; the next ones made are those that picture row `first_row` of the last node needs.
  void start(int first_row);

  /// Makes the rows of `owner` up to and including `quad_row`: calls step(owner, row) for each, inputs first.
  template <class Step>
  void require(int owner, int quad_row, Step&& step) {
    const auto o = static_cast<std::size_t>(owner);
    for (const int last = std::min(quad_row, last_[o]); next_[o] <= last; ++next_[o]) {
      for (const Read& read : reads_[o]) require(read.owner, newest(read, next_[o]), step);
      step(owner, next_[o]);
    }
  }

  /// Makes everything that `tails` and taps need of a band of picture rows: rows by `step`, and output row pairs, as soon as
  /// the rows they read are there, by emit(tail, row_pair).
  template <class Step, class Emit>
  void run(const Graph& graph, std::span<const OutputTail> tails, Range band, Step&& step, Emit&& emit) {
    int first = graph.taps.empty() ? std::numeric_limits<int>::max() : band.first;
    std::array<Range, kMaxTails> pairs;
    for (std::size_t t = 0; t < tails.size(); ++t) {
      pairs[t] = tails[t].row_pairs_in(band);
      if (pairs[t].first < pairs[t].end) first = std::min(first, tails[t].rows_read(pairs[t]).first);
    }
    if (first == std::numeric_limits<int>::max()) return;
    start(first);
    for (;;) {
      std::size_t next = tails.size();
      int rows = 0;
      for (std::size_t t = 0; t < tails.size(); ++t) {
        if (pairs[t].first == pairs[t].end) continue;
        const int end = tails[t].rows_read({pairs[t].first, pairs[t].first + 1}).end;
        if (next == tails.size() || end < rows) next = t, rows = end;
      }
      if (next == tails.size()) break;
      require(owners_.back(), floor_half(rows - 1), step);
      emit(tails[next], pairs[next].first++);
    }
    if (!graph.taps.empty()) require(owners_.back(), floor_half(band.end - 1), step);
  }

  /// One ring that an owner's row reads, and which rows of it.
  struct Read {
    int owner = 0;
    RowWindow window;
    int extension = 0;  ///< of the ring's owner, pixels
  };
  const std::vector<Read>& reads(int owner) const { return reads_[static_cast<std::size_t>(owner)]; }
  /// The newest and the oldest row read to make `quad_row`; rows outside the frame count as the ones they reflect.
  int newest(const Read& read, int quad_row) const;
  int oldest(const Read& read, int quad_row) const;
  int newest_made(int owner) const { return next_[static_cast<std::size_t>(owner)] - 1; }

 private:
  int height_;
  std::vector<int> owners_;
  std::vector<std::vector<Read>> reads_;   // per owner
  std::vector<int> first_, last_, next_;
};

struct PlanOptions {
  int tile_width = 0;                  ///< pixels, a multiple of 64; 0: as wide as the rings fit half of the cache, at least 512
  int bands = 1;                       ///< horizontal strips that may run at the same time
  std::size_t cache_bytes = 1u << 20;  ///< a core's L2
};

struct Plan {
  struct Ring {
    int capacity = 0;  ///< quad rows; 0: the node writes into its input's ring
    std::size_t stride = 0, offset = 0, bytes = 0;
  };

  int tile_width = 0, tiles = 0;
  std::vector<Range> bands;       ///< picture rows
  std::vector<int> owners;        ///< per node: the node whose ring holds its rows
  std::vector<Ring> rings;        ///< per node
  std::vector<Reach> extensions;  ///< per node
  std::vector<Reach> paddings;    ///< per node
  Reach border;                   ///< pixels that the whole line reads beyond an output's edge, on each side
  int margin = 0;                 ///< picture columns of a ring row before the tile's first
  std::size_t scratch_offset = 0, arena_bytes = 0;

  static Plan make(const Graph& graph, std::span<const OutputTail> tails, const PlanOptions& options = {});

  Range tile(const Graph& graph, int index) const {
    return {index * tile_width, std::min((index + 1) * tile_width, graph.frame.width)};
  }
  /// Picture columns that each node computes for a tile.
  std::vector<Range> spans(const Graph& graph, std::span<const OutputTail> tails, Range tile) const;
};

}  // namespace sunny16::isp
