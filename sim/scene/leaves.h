// Ovals that hide each other, the nearest first, found quickly: the discs of a dead leaves chart, the foliage of trees.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/scene/shapes.h"

namespace sunny16::sim {

struct Leaf {
  Point centre;
  Point axis{1, 0};                ///< direction of the longer radius; its length is 1
  double longer = 0, shorter = 0;  ///< radii
  Colour paint;
};

class Leaves {
 public:
  /// Leaves can only be seen inside of `field`; `cell` is the side of the squares by which they are looked up, about as
  /// long as a usual leaf.
  Leaves(const Box& field, double cell);

  /// Puts a leaf behind all others.
  void add(const Leaf& leaf);
  /// The leaf that is seen at a point, or nullptr, and in `on_leaf` where: (-1, 0) and (1, 0) are its tips.
  const Leaf* at(Point p, Point& on_leaf) const;
  const Leaf* at(Point p) const {
    Point ignored;
    return at(p, ignored);
  }

 private:
  /// An oval as two directions, each over its radius: a point from its centre times them lies within a unit circle.
  struct Oval {
    Point centre, along, across;
    Point place(Point p) const { return {dot(p - centre, along), dot(p - centre, across)}; }
  };
  struct Cell {
    std::vector<std::uint32_t> leaves;
    bool closed = false;  ///< one leaf covers it: nothing behind can be seen
  };

  Box field_;
  double cell_, per_cell_;
  int columns_, rows_;
  std::vector<Cell> cells_;
  std::vector<Oval> ovals_;
  std::vector<Leaf> leaves_;
};

}  // namespace sunny16::sim
