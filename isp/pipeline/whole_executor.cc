#include <memory>
#include <vector>

#include "isp/pipeline/executor.h"

namespace sunny16::isp {
namespace {

constexpr int kMargin = 64;  // pixels beyond extension and padding on each side: vectors that overrun a span

struct WholeImage {
  RowStorage rows;
  std::unique_ptr<std::byte[], AlignedDelete> memory;
};

WholeImage allocate(const Layout& layout, const FrameGeometry& frame, Reach extension, Reach padding) {
  const int side = (extension.x + padding.x + kMargin + 63) / 64 * 64;
  const auto samples = static_cast<std::size_t>((frame.width + 2 * side) / scale_of(layout.grid)) + kSlack;
  WholeImage image;
  image.rows = {.layout = layout,
                .stride = (samples * layout.bytes + kRowAlignment - 1) / kRowAlignment * kRowAlignment,
                .capacity = (frame.height + 2 * extension.y) / 2,
                .origin_x = -side};
  image.memory = make_aligned<std::byte>(RowStorage::bytes(layout, image.rows.stride, image.rows.capacity));
  image.rows.base = image.memory.get();
  return image;
}

}  // namespace

void run_whole(const Graph& graph, const Job& job, Kernels kernels, const StageCallback& on_stage) {
  const auto extension = extensions(graph), padding = paddings(graph, extension);
  const int width = graph.frame.width, height = graph.frame.height;
  std::vector<WholeImage> images(graph.nodes.size());
  std::vector<int> readers_left(graph.nodes.size());
  for (const Node& node : graph.nodes)
    for (int i = 0; i < node.shape.input_count; ++i)
      if (const int input = node.inputs[static_cast<std::size_t>(i)]; input != kRawRows) ++readers_left[static_cast<std::size_t>(input)];

  std::vector<std::byte*> pointers(kMaxPointers);
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const Node& node = graph.nodes[n];
    const Layout& layout = node.shape.out;
    const bool rows_of_pixels = layout.grid == Grid::full && !node.shape.pair;
    images[n] = allocate(layout, graph.frame, extension[n], padding[n]);
    const RowStorage& out = images[n].rows;
    const int x = -extension[n].x, columns = width + 2 * extension[n].x;
    const auto function = kernels == Kernels::fast ? node.fast : node.reference;

    for (int y = -extension[n].y; y < height + extension[n].y; y += rows_of_pixels ? 1 : 2) {
      RowIo io;
      std::byte** next = pointers.data();
      for (int i = 0; i < node.shape.input_count; ++i) {
        const auto slot = static_cast<std::size_t>(i);
        if (node.inputs[slot] == kRawRows) {
          gather_raw_rows(job.raw, job.binning, y / 2, next);
          io.inputs[slot] = {.rows = next, .window = 2 * job.binning, .border = 0};
        } else {
          const auto in = static_cast<std::size_t>(node.inputs[slot]);
          io.inputs[slot] = gather_rows(images[in].rows, node.shape.inputs[slot].border_y, layout.grid, node.shape.pair, x, y,
                                        height, extension[in].y, next);
        }
        next += io.inputs[slot].window * kMaxPlanes;
      }
      io.outputs = next;
      for (int row = 0; row < (node.shape.pair ? 2 : 1); ++row)
        for (int plane = 0; plane < layout.planes; ++plane) *next++ = out.at(plane, x, y + row);
      const int scale = scale_of(layout.grid);
      function(node.registers, io, {.x = x / scale, .y = rows_of_pixels ? y : y / 2, .count = columns / scale});
      for (int row = 0; row < (layout.grid == Grid::full && node.shape.pair ? 2 : 1); ++row)
        pad_row(out, y + row, x, x + columns, width, padding[n].x);
    }

    for (const BoundTap& tap : graph.taps)
      if (tap.node == static_cast<int>(n) && job.statistics)
        for (int q = 0; q < height / 2; ++q) run_tap(tap, out, q, {0, width}, kernels == Kernels::reference, *job.statistics);
    if (node.last && on_stage) on_stage(node, out);
    for (int i = 0; i < node.shape.input_count; ++i)
      if (const int input = node.inputs[static_cast<std::size_t>(i)]; input != kRawRows && --readers_left[static_cast<std::size_t>(input)] == 0)
        images[static_cast<std::size_t>(input)] = {};
  }

  for (std::size_t t = 0; t < job.tails.size(); ++t) {
    const OutputTail& tail = job.tails[t];
    const auto scratch = make_aligned<std::byte>(tail.scratch_bytes(width));
    for (int pair = 0; pair < tail.row_pairs(); ++pair)
      tail.emit(pair, {0, tail.column_pairs()}, images.back().rows, job.outputs[t], scratch.get(), kernels == Kernels::reference);
  }
}

}  // namespace sunny16::isp
