#include "sim/scene/leaves.h"

#include <algorithm>

#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

Point on(const Leaf& leaf, Point p) {
  const Point d = p - leaf.centre;
  return {dot(d, leaf.axis) / leaf.longer, (d.y * leaf.axis.x - d.x * leaf.axis.y) / leaf.shorter};
}

bool inside(Point on_leaf) { return dot(on_leaf, on_leaf) < 1; }

}  // namespace

Leaves::Leaves(const Box& field, double cell)
    : field_(field),
      cell_(cell),
      columns_(static_cast<int>(field.size().x / cell) + 1),
      rows_(static_cast<int>(field.size().y / cell) + 1),
      cells_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_)) {}

void Leaves::add(const Leaf& leaf) {
  const Point from = leaf.centre - field_.from - Point{leaf.longer, leaf.longer};
  const Point to = leaf.centre - field_.from + Point{leaf.longer, leaf.longer};
  const auto index = [&](double v, int count) {
    return static_cast<int>(exact::clamp(exact::floor(v / cell_), -1, count));
  };
  const auto number = static_cast<std::uint32_t>(leaves_.size());
  bool seen = false;
  for (int y = std::max(0, index(from.y, rows_)); y <= std::min(rows_ - 1, index(to.y, rows_)); ++y)
    for (int x = std::max(0, index(from.x, columns_)); x <= std::min(columns_ - 1, index(to.x, columns_)); ++x) {
      Cell& cell = cells_[static_cast<std::size_t>(y * columns_ + x)];
      if (cell.closed) continue;
      cell.leaves.push_back(number), seen = true;
      const Point corner = field_.from + Point{x * cell_, y * cell_};
      const Point far = corner + Point{cell_, cell_};
      cell.closed = true;
      for (const Point p : rectangle(corner, far)) cell.closed = cell.closed && inside(on(leaf, p));
    }
  if (seen) leaves_.push_back(leaf);
}

const Leaf* Leaves::at(Point p, Point& on_leaf) const {
  if (!field_.contains(p)) return nullptr;
  const Point place = (p - field_.from) * (1 / cell_);
  const auto x = static_cast<std::size_t>(place.x), y = static_cast<std::size_t>(place.y);
  for (const std::uint32_t number : cells_[y * static_cast<std::size_t>(columns_) + x].leaves)
    if (inside(on_leaf = on(leaves_[number], p))) return &leaves_[number];
  return nullptr;
}

}  // namespace sunny16::sim
