#include "sim/scene/leaves.h"

#include <algorithm>

#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

constexpr bool inside(Point place) { return dot(place, place) < 1; }

}  // namespace

Leaves::Leaves(const Box& field, double cell)
    : field_(field),
      cell_(cell),
      per_cell_(1 / cell),
      columns_(static_cast<int>(field.size().x / cell) + 1),
      rows_(static_cast<int>(field.size().y / cell) + 1),
      cells_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_)) {}

void Leaves::add(const Leaf& leaf) {
  const Oval oval{leaf.centre, leaf.axis * (1 / leaf.longer), Point{-leaf.axis.y, leaf.axis.x} * (1 / leaf.shorter)};
  const auto index = [&](double v, int count) {
    return static_cast<int>(exact::clamp(exact::floor(v * per_cell_), -1, count));
  };
  const Point reach{leaf.longer, leaf.longer};
  const Point from = leaf.centre - field_.from - reach, to = leaf.centre - field_.from + reach;
  const double half = 0.7072 * cell_;  // of a cell's diagonal
  bool seen = false;
  for (int y = std::max(0, index(from.y, rows_)); y <= std::min(rows_ - 1, index(to.y, rows_)); ++y)
    for (int x = std::max(0, index(from.x, columns_)); x <= std::min(columns_ - 1, index(to.x, columns_)); ++x) {
      Cell& cell = cells_[static_cast<std::size_t>(y * columns_ + x)];
      if (cell.closed) continue;
      const Box box{field_.from + Point{x * cell_, y * cell_}, field_.from + Point{(x + 1) * cell_, (y + 1) * cell_}};
      const Point middle = oval.place(box.centre());
      if (exact::abs(middle.x) > 1 + half / leaf.longer || exact::abs(middle.y) > 1 + half / leaf.shorter) continue;
      cell.leaves.push_back(static_cast<std::uint32_t>(leaves_.size()));
      cell.closed = std::ranges::all_of(box.corners(), [&](Point corner) { return inside(oval.place(corner)); });
      seen = true;
    }
  if (!seen) return;
  ovals_.push_back(oval);
  leaves_.push_back(leaf);
}

const Leaf* Leaves::at(Point p, Point& on_leaf) const {
  if (!field_.contains(p)) return nullptr;
  const Point place = (p - field_.from) * per_cell_;
  const auto x = static_cast<std::size_t>(place.x), y = static_cast<std::size_t>(place.y);
  for (const std::uint32_t number : cells_[y * static_cast<std::size_t>(columns_) + x].leaves)
    if (inside(on_leaf = ovals_[number].place(p))) return &leaves_[number];
  return nullptr;
}

}  // namespace sunny16::sim
