#include "isp/pipeline/plan.h"

namespace sunny16::isp {
namespace {

constexpr int kColumnStep = 64;        // tiles start at multiples of this many pixels: 64 bytes of a quad plane
constexpr int kNarrowestTile = 512;    // columns; narrower ones spend more on their borders than a cache of half the size costs
constexpr std::size_t kRingSkew = 192;  // keeps rows of different rings off the same cache sets

constexpr int round_up(int v, int step) { return (v + step - 1) / step * step; }
constexpr std::size_t round_up(std::size_t v, std::size_t step) { return (v + step - 1) / step * step; }

/// Pixels read beyond an output's edge in each node's rows: the borders between it and the end of the line, summed.
std::vector<Reach> summed_borders(const Graph& graph) {
  std::vector<Reach> reach(graph.nodes.size());
  for (std::size_t n = reach.size(); n-- > 0;) {
    const PassShape& shape = graph.nodes[n].shape;
    for (int i = 0; i < shape.input_count; ++i) {
      const int input = graph.nodes[n].inputs[static_cast<std::size_t>(i)];
      if (input == kRawRows) continue;
      const auto in = static_cast<std::size_t>(input);
      const InputShape& border = shape.inputs[static_cast<std::size_t>(i)];
      const int scale = scale_of(graph.nodes[in].shape.out.grid);
      reach[in].x = std::max(reach[in].x, round_up_even(reach[n].x + border.border_x * scale));
      reach[in].y = std::max(reach[in].y, round_up_even(reach[n].y + border.border_y * scale));
    }
  }
  return reach;
}

/// A point-wise node may write into its input's rows if nobody else reads them and samples have the same size.
std::vector<int> ring_owners(const Graph& graph) {
  std::vector<int> readers(graph.nodes.size()), owners(graph.nodes.size());
  for (const Node& node : graph.nodes)
    for (int i = 0; i < node.shape.input_count; ++i)
      if (const int input = node.inputs[static_cast<std::size_t>(i)]; input != kRawRows) ++readers[static_cast<std::size_t>(input)];
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const Node& node = graph.nodes[n];
    const int input = node.inputs[0];
    const bool follows = node.shape.in_place && input != kRawRows && readers[static_cast<std::size_t>(input)] == 1 &&
                         graph.nodes[static_cast<std::size_t>(input)].shape.out == node.shape.out;
    owners[n] = follows ? owners[static_cast<std::size_t>(input)] : static_cast<int>(n);
  }
  return owners;
}

}  // namespace

Schedule::Schedule(const Graph& graph, const std::vector<int>& owners, const std::vector<Reach>& extensions)
    : height_(graph.frame.height), owners_(owners), reads_(graph.nodes.size()), first_(graph.nodes.size()), last_(graph.nodes.size()),
      next_(graph.nodes.size()) {
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    last_[n] = (height_ + extensions[n].y) / 2 - 1;
    first_[n] = -extensions[n].y / 2;
    if (owners[n] != static_cast<int>(n)) continue;
    const PassShape& shape = graph.nodes[n].shape;
    for (int i = 0; i < shape.input_count; ++i) {
      const int input = graph.nodes[n].inputs[static_cast<std::size_t>(i)];
      if (input == kRawRows) continue;
      const auto in = static_cast<std::size_t>(input);
      reads_[n].push_back({owners[in],
                           input_window(graph.nodes[in].shape.out.grid, shape.inputs[static_cast<std::size_t>(i)].border_y),
                           extensions[in].y});
    }
  }
}

void Schedule::start(int first_row) {
  if (next_.empty()) return;
  next_.assign(next_.size(), std::numeric_limits<int>::max());
  next_.back() = floor_half(first_row);
  // Readers come after what they read, so one backward sweep settles all. An in-place node's rows are its owner's.
  for (std::size_t n = next_.size(); n-- > 0;) {
    next_[n] = std::max(next_[n], first_[n]);
    auto& owner = next_[static_cast<std::size_t>(owners_[n])];
    owner = std::min(owner, next_[n]);
    for (const Read& read : reads_[n]) {
      auto& input = next_[static_cast<std::size_t>(read.owner)];
      input = std::min(input, oldest(read, next_[n]));
    }
  }
}

int Schedule::newest(const Read& read, int quad_row) const {
  const int last = 2 * quad_row + read.window.last, first = 2 * quad_row + read.window.first;
  const int reflected = first < -read.extension ? -first : 0;
  return floor_half(std::min(std::max(last, reflected), height_ + read.extension - 1));
}

int Schedule::oldest(const Read& read, int quad_row) const {
  const int last = 2 * quad_row + read.window.last, first = 2 * quad_row + read.window.first;
  const int reflected = last >= height_ + read.extension ? 2 * (height_ - 1) - last : first;
  return floor_half(std::max(std::min(first, reflected), -read.extension));
}

std::vector<Range> Plan::spans(const Graph& graph, std::span<const OutputTail> tails, Range tile) const {
  if (graph.nodes.empty()) return {};
  constexpr int kUnset = std::numeric_limits<int>::max();
  std::vector<Range> result(graph.nodes.size(), Range{kUnset, -kUnset});
  const auto widen = [](Range& range, int first, int end) {
    range = {std::min(range.first, first & ~1), std::max(range.end, round_up_even(end))};
  };
  // Taps count the whole frame, whatever part of it the outputs show.
  if (!graph.taps.empty()) widen(result.back(), tile.first, tile.end);
  for (const BoundTap& tap : graph.taps) {
    const auto node = static_cast<std::size_t>(tap.node);
    const int border = tap.border_x * scale_of(graph.nodes[node].shape.out.grid);
    widen(result[node], tile.first - border, tile.end + border);
  }
  for (const OutputTail& tail : tails) {
    const Range read = tail.columns_read(tail.column_pairs_in(tile));
    if (read.first < read.end) widen(result.back(), read.first, read.end);
  }
  for (std::size_t n = graph.nodes.size(); n-- > 0;) {
    if (result[n].first >= result[n].end) return {};
    const Reach& extension = extensions[n];
    result[n] = {std::max(result[n].first, -extension.x), std::min(result[n].end, graph.frame.width + extension.x)};
    const PassShape& shape = graph.nodes[n].shape;
    for (int i = 0; i < shape.input_count; ++i) {
      const int input = graph.nodes[n].inputs[static_cast<std::size_t>(i)];
      if (input == kRawRows) continue;
      const auto in = static_cast<std::size_t>(input);
      const int border = shape.inputs[static_cast<std::size_t>(i)].border_x * scale_of(graph.nodes[in].shape.out.grid);
      widen(result[in], result[n].first - border, result[n].end + border);
    }
  }
  return result;
}

Plan Plan::make(const Graph& graph, std::span<const OutputTail> tails, const PlanOptions& options) {
  Plan plan;
  plan.owners = ring_owners(graph);
  plan.extensions = isp::extensions(graph);
  plan.paddings = isp::paddings(graph, plan.extensions);
  const auto nodes = graph.nodes.size();

  plan.border = nodes > 0 ? summed_borders(graph).front() : Reach{};

  const int row_pairs = graph.frame.height / 2, bands = std::clamp(options.bands, 1, row_pairs);
  for (int b = 0; b < bands; ++b) plan.bands.push_back({2 * (row_pairs * b / bands), 2 * (row_pairs * (b + 1) / bands)});

  // How many rows of each ring are alive does not depend on the tile's width: a dry run over all bands tells.
  plan.rings.resize(nodes);
  Schedule schedule(graph, plan.owners, plan.extensions);
  const int last = plan.owners.empty() ? 0 : plan.owners.back();
  const auto hold = [&](int owner, int oldest) {
    int& capacity = plan.rings[static_cast<std::size_t>(owner)].capacity;
    capacity = std::max(capacity, schedule.newest_made(owner) - oldest + 1);
  };
  const auto dry = [&](int owner, int quad_row) {
    plan.rings[static_cast<std::size_t>(owner)].capacity = std::max(1, plan.rings[static_cast<std::size_t>(owner)].capacity);
    for (const Schedule::Read& read : schedule.reads(owner)) hold(read.owner, schedule.oldest(read, quad_row));
  };
  for (const Range band : plan.bands)
    schedule.run(graph, tails, band, dry, [&](const OutputTail& tail, int pair) {
      hold(last, floor_half(tail.rows_read({pair, pair + 1}).first));
    });

  int tail_reach = 0;
  for (const OutputTail& tail : tails) tail_reach = std::max(tail_reach, tail.column_reach());
  const auto lay_out = [&](int tile_width) {
    plan.tile_width = tile_width;
    plan.tiles = (graph.frame.width + tile_width - 1) / tile_width;
    plan.margin = round_up(plan.border.x + tail_reach, kColumnStep) + kColumnStep;
    std::size_t offset = 0;
    for (std::size_t n = 0; n < nodes; ++n) {
      Ring& ring = plan.rings[n];
      if (plan.owners[n] != static_cast<int>(n)) continue;
      const Layout& layout = graph.nodes[n].shape.out;
      const auto samples = static_cast<std::size_t>((tile_width + 2 * plan.margin) / scale_of(layout.grid));
      ring.stride = round_up(samples * layout.bytes + kSlack * layout.bytes, kRowAlignment);
      ring.bytes = RowStorage::bytes(layout, ring.stride, ring.capacity);
      ring.offset = offset;
      offset += ring.bytes + kRingSkew;
    }
    plan.scratch_offset = offset;
    std::size_t scratch = 0;
    for (const OutputTail& tail : tails) scratch = std::max(scratch, tail.scratch_bytes(tile_width));
    plan.arena_bytes = offset + round_up(scratch, kRowAlignment);
  };
  if (options.tile_width > 0) {
    lay_out(round_up(options.tile_width, kColumnStep));
  } else {
    // The widest tiles whose rings fit, all of about the same width.
    const int whole = round_up(graph.frame.width, kColumnStep);
    for (int tiles = 1;; ++tiles) {
      const int width = round_up((whole + tiles - 1) / tiles, kColumnStep);
      lay_out(width);
      if (plan.arena_bytes <= options.cache_bytes / 2) break;
      if (width <= kNarrowestTile && (plan.arena_bytes <= options.cache_bytes || width <= kColumnStep)) break;
    }
  }
  return plan;
}

}  // namespace sunny16::isp
