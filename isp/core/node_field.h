// Real numbers at the nodes of a grid, some for each node, while derive() builds a table: a thumbnail is spread over
// them and blurred.
#pragma once

#include <span>
#include <vector>

#include "isp/core/node_grid.h"
#include "isp/core/thumbnail.h"

namespace sunny16::isp {

class NodeField {
 public:
  NodeField(const NodeGrid& grid, int values);

  /// The numbers of a node.
  std::span<double> at(int column, int row);
  std::span<const double> at(int column, int row) const { return const_cast<NodeField*>(this)->at(column, row); }

  /// Spreads the thumbnail's cells over the nodes around them: add(*read(cell), weight, node) adds what the cell, by
  /// its index, has to say to a node's numbers, `weight` times. What is empty, by read's std::optional, says nothing.
  template <class Read, class Add>
  void spread(const Rect& active, Read&& read, Add&& add) {
    const double side = 1 << grid_.shift;
    for (int row = 0; row < Thumbnail::kRows; ++row)
      for (int column = 0; column < Thumbnail::kColumns; ++column) {
        const auto said = read(static_cast<std::size_t>(row * Thumbnail::kColumns + column));
        if (!said) continue;
        const double x = (active.x + active.width * (column + 0.5) / Thumbnail::kColumns - 0.5) / side;
        const double y = (active.y + active.height * (row + 0.5) / Thumbnail::kRows - 0.5) / side;
        const int left = lower_node(x, grid_.columns), above = lower_node(y, grid_.rows);
        for (int j = 0; j < 2; ++j)
          for (int i = 0; i < 2; ++i) {
            const double weight = (i ? x - left : 1 - (x - left)) * (j ? y - above : 1 - (y - above));
            if (weight > 0) add(*said, weight, at(left + i, above + j));
          }
      }
  }

  /// Gaussian blur of all values over the frame; `deviation` in nodes. Beyond the frame the outermost nodes repeat.
  void blur(double deviation);

 private:
  static int lower_node(double position, int nodes) { return std::clamp(static_cast<int>(position), 0, nodes - 2); }
  NodeGrid grid_;
  std::size_t values_;
  std::vector<double> nodes_;
};

/// Weights of a Gaussian at 0, 1, 2, ... to three deviations, which with their mirror images sum up to one.
std::vector<double> gaussian_weights(double deviation);

}  // namespace sunny16::isp
