#include <hwy/cache_control.h>

#include <array>
#include <memory>
#include <vector>

#include "isp/pipeline/executor.h"

namespace sunny16::isp {
namespace {

constexpr int kSpanStep = 32;  // spans start at multiples of this many pixels from the tile's first: aligned vectors

constexpr int kRawRowsAhead = 2;  // quad rows

/// What happens to a ring's row once its owner has written it, in order: in-place nodes and taps.
struct Follower {
  int node = -1;
  const BoundTap* tap = nullptr;
};

std::vector<std::vector<Follower>> followers_of(const Graph& graph, const Plan& plan, bool taps) {
  std::vector<std::vector<Follower>> result(graph.nodes.size());
  for (int n = 0; n <= graph.last(); ++n) {
    auto& list = result[static_cast<std::size_t>(plan.owners[static_cast<std::size_t>(n)])];
    if (plan.owners[static_cast<std::size_t>(n)] != n) list.push_back({.node = n});
    for (const BoundTap& tap : graph.taps)
      if (taps && tap.node == n) list.push_back({.tap = &tap});
  }
  return result;
}

class TileRunner {
 public:
  TileRunner(const Graph& graph, const Plan& plan, const Job& job, std::byte* arena, PassObserver* observer)
      : graph_(graph), plan_(plan), job_(job), observer_(observer), followers_(followers_of(graph, plan, job.statistics)),
        rings_(graph.nodes.size()), pointers_(kMaxPointers), scratch_(arena + plan.scratch_offset) {
    for (std::size_t n = 0; n < rings_.size(); ++n) {
      const auto owner = static_cast<std::size_t>(plan.owners[n]);
      const Plan::Ring& ring = plan.rings[owner];
      rings_[n] = {.layout = graph.nodes[n].shape.out, .base = arena + ring.offset, .stride = ring.stride, .capacity = ring.capacity};
    }
  }

  void run(Schedule& schedule, Range band, Range tile) {
    spans_ = plan_.spans(graph_, job_.tails, tile);
    if (spans_.empty()) return;
    tile_ = tile;
    band_ = band;
    for (RowStorage& ring : rings_) ring.origin_x = tile.first - plan_.margin;
    schedule.run(
        graph_, job_.tails, band, [&](int owner, int quad_row) { make_row(owner, quad_row); },
        [&](const OutputTail& tail, int pair) {
          const auto index = static_cast<std::size_t>(&tail - job_.tails.data());
          const Range columns = tail.column_pairs_in(tile);
          if (columns.first < columns.end) tail.emit(pair, columns, rings_.back(), job_.outputs[index], scratch_, false);
        });
  }

 private:
  void make_row(int owner, int quad_row) {
    call(owner, quad_row);
    for (const Follower& follower : followers_[static_cast<std::size_t>(owner)]) {
      if (follower.node >= 0)
        call(follower.node, quad_row);
      else if (2 * quad_row >= band_.first && 2 * quad_row < band_.end)
        tap(*follower.tap, quad_row);
    }
    pad(owner, quad_row, plan_.paddings[static_cast<std::size_t>(last_node_of(owner))].x);
  }

  int last_node_of(int owner) const {
    int last = owner;
    for (const Follower& follower : followers_[static_cast<std::size_t>(owner)]) last = std::max(last, follower.node);
    return last;
  }

  void pad(int node, int quad_row, int padding) {
    const auto n = static_cast<std::size_t>(node);
    const int rows = rings_[n].layout.grid == Grid::full ? 2 : 1;
    for (int row = 0; row < rows; ++row)
      pad_row(rings_[n], 2 * quad_row + row, spans_[n].first, spans_[n].end, graph_.frame.width, padding);
  }

  void tap(const BoundTap& tap, int quad_row) {
    if (tap.border_x > 0) pad(tap.node, quad_row, plan_.paddings[static_cast<std::size_t>(tap.node)].x);
    run_tap(tap, rings_[static_cast<std::size_t>(tap.node)], quad_row, tile_, false, *job_.statistics);
  }

  /// One quad row of one node: one call, or two for a full-grid node that is not written in pairs.
  void call(int n, int quad_row) {
    const auto index = static_cast<std::size_t>(n);
    const Node& node = graph_.nodes[index];
    const Layout& layout = node.shape.out;
    const bool rows_of_pixels = layout.grid == Grid::full && !node.shape.pair;
    const int scale = scale_of(layout.grid), origin = rings_[index].origin_x;
    // Starting early costs nothing but computing a few samples that nobody reads.
    const int x = origin + (spans_[index].first - origin) / kSpanStep * kSpanStep;
    if (observer_) observer_->begin(n);
    for (int y = 2 * quad_row; y < 2 * quad_row + (rows_of_pixels ? 2 : 1); ++y) {
      RowIo io;
      std::byte** next = pointers_.data();
      for (int i = 0; i < node.shape.input_count; ++i) {
        const auto slot = static_cast<std::size_t>(i);
        if (node.inputs[slot] == kRawRows) {
          prefetch_raw_rows(quad_row + kRawRowsAhead);
          gather_raw_rows(job_.raw, job_.binning, quad_row, next);
          io.inputs[slot] = {.rows = next, .window = 2 * job_.binning, .border = 0};
        } else {
          const auto in = static_cast<std::size_t>(node.inputs[slot]);
          io.inputs[slot] = gather_rows(rings_[in], node.shape.inputs[slot].border_y, layout.grid, node.shape.pair, x, y,
                                        graph_.frame.height, plan_.extensions[in].y, next);
        }
        next += io.inputs[slot].window * kMaxPlanes;
      }
      io.outputs = next;
      for (int row = 0; row < (node.shape.pair ? 2 : 1); ++row)
        for (int plane = 0; plane < layout.planes; ++plane) *next++ = rings_[index].at(plane, x, y + row);
      node.fast(node.registers, io, {.x = x / scale, .y = rows_of_pixels ? y : quad_row, .count = (spans_[index].end - x) / scale});
    }
    if (observer_) observer_->end(n);
  }

  /// Asks for the tile's part of raw rows that will be unpacked soon: they come from memory, not from a ring.
  void prefetch_raw_rows(int quad_row) const {
    std::array<std::byte*, 4> rows;
    gather_raw_rows(job_.raw, job_.binning, quad_row, rows.data());
    const auto bytes_to = [&](int column) { return row_bytes(job_.raw.packing, std::min(column * job_.binning, job_.raw.width)); };
    const std::size_t first = bytes_to(tile_.first), end = bytes_to(tile_.end);
    for (int i = 0; i < 2 * job_.binning; ++i)
      for (std::size_t at = first; at < end; at += kRowAlignment) hwy::Prefetch(rows[static_cast<std::size_t>(i)] + at);
  }

  const Graph& graph_;
  const Plan& plan_;
  const Job& job_;
  PassObserver* observer_;
  std::vector<std::vector<Follower>> followers_;
  std::vector<RowStorage> rings_;     // per node; in-place nodes share their owner's
  std::vector<std::byte*> pointers_;
  std::byte* scratch_;
  std::vector<Range> spans_;
  Range tile_, band_;
};

}  // namespace

void run_band(const Graph& graph, const Plan& plan, int band, const Job& job, std::byte* arena, PassObserver* observer) {
  Schedule schedule(graph, plan.owners, plan.extensions);
  TileRunner runner(graph, plan, job, arena, observer);
  for (int tile = 0; tile < plan.tiles; ++tile)
    runner.run(schedule, plan.bands[static_cast<std::size_t>(band)], plan.tile(graph, tile));
}

}  // namespace sunny16::isp
