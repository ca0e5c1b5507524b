#include "isp/pipeline/graph.h"

namespace sunny16::isp {
namespace {

/// Calls f(input index, pixels read beyond the reader's own span) for each node input of `node`.
template <class F>
void for_each_read(const Graph& graph, const Node& node, F&& f) {
  for (int i = 0; i < node.shape.input_count; ++i) {
    const int input = node.inputs[static_cast<std::size_t>(i)];
    if (input == kRawRows) continue;
    const InputShape& shape = node.shape.inputs[static_cast<std::size_t>(i)];
    const int scale = scale_of(graph.nodes[static_cast<std::size_t>(input)].shape.out.grid);
    f(static_cast<std::size_t>(input), Reach{round_up_even(shape.border_x * scale), round_up_even(shape.border_y * scale)});
  }
}

void grow(Reach& reach, Reach by) { reach = {std::max(reach.x, by.x), std::max(reach.y, by.y)}; }

}  // namespace

std::vector<Reach> extensions(const Graph& graph) {
  std::vector<Reach> result(graph.nodes.size());
  for (std::size_t n = graph.nodes.size(); n-- > 0;)
    for_each_read(graph, graph.nodes[n], [&](std::size_t input, Reach border) {
      if (!graph.nodes[input].last) grow(result[input], {result[n].x + border.x, result[n].y + border.y});
    });
  return result;
}

std::vector<Reach> paddings(const Graph& graph, const std::vector<Reach>& extensions) {
  std::vector<Reach> result(graph.nodes.size());
  for (std::size_t n = 0; n < graph.nodes.size(); ++n)
    for_each_read(graph, graph.nodes[n], [&](std::size_t input, Reach border) {
      if (graph.nodes[input].last) grow(result[input], {extensions[n].x + border.x, extensions[n].y + border.y});
    });
  for (const BoundTap& tap : graph.taps)
    grow(result[static_cast<std::size_t>(tap.node)],
         {round_up_even(tap.border_x * scale_of(graph.nodes[static_cast<std::size_t>(tap.node)].shape.out.grid)), 0});
  return result;
}

}  // namespace sunny16::isp
