#include "sim/metrics/chart_grid.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace sunny16::sim {
namespace {

using Vector = cv::Point2d;
using Squares = std::span<const Square>;
using Neighbours = std::vector<std::vector<std::size_t>>;   ///< of each square, nearest first
using Places = std::map<std::pair<int, int>, std::size_t>;  ///< column, row: the square that is there

Vector project(const cv::Matx33d& h, Vector p) {
  const cv::Vec3d q = h * cv::Vec3d(p.x, p.y, 1);
  return {q[0] / q[2], q[1] / q[2]};
}

bool alike(const Square& a, const Square& b) {
  constexpr double kRatio = 2;
  return a.side < kRatio * b.side && b.side < kRatio * a.side;
}

/// The nearest squares of about the same size, no farther than a chart's next patch may be.
Neighbours find_neighbours(Squares squares) {
  constexpr std::size_t kMost = 10;
  constexpr double kNear = 0.75, kFar = 2.6;  // sides
  Neighbours neighbours(squares.size());
  std::vector<std::pair<double, std::size_t>> around;
  for (std::size_t i = 0; i < squares.size(); ++i) {
    const Square& s = squares[i];
    const double far = kFar * s.side;
    around.clear();
    const auto begin =
        std::ranges::lower_bound(squares, s.centre.x - far, {}, [](const Square& t) { return t.centre.x; });
    for (auto t = begin; t != squares.end() && t->centre.x < s.centre.x + far; ++t)
      if (const double d = cv::norm(t->centre - s.centre); d > kNear * s.side && d < far && alike(s, *t))
        around.emplace_back(d, static_cast<std::size_t>(t - squares.begin()));
    std::ranges::sort(around);
    for (std::size_t k = 0; k < std::min(kMost, around.size()); ++k) neighbours[i].push_back(around[k].second);
  }
  return neighbours;
}

/// Whether a lattice has no much shorter steps than these two: neither is along a diagonal (lattice reduction, Gauss).
bool are_shortest(Vector a, Vector b) {
  return std::min(cv::norm(a + b), cv::norm(a - b)) > 0.95 * std::max(cv::norm(a), cv::norm(b));
}

/// Steps from square to square, each step within a quarter of what the last ones in its direction were.
Places grow(Squares squares, const Neighbours& neighbours, std::size_t seed, Vector column, Vector row) {
  struct Stop {
    std::size_t square;
    int u, v;
    Vector column, row;
  };
  Places places{{{0, 0}, seed}};
  std::set<std::size_t> used{seed};
  std::vector<Stop> stops{{seed, 0, 0, column, row}};
  for (std::size_t i = 0; i < stops.size(); ++i) {
    const Stop from = stops[i];
    const Vector start = squares[from.square].centre;
    for (const auto& [du, dv] : {std::pair{1, 0}, std::pair{0, 1}, std::pair{-1, 0}, std::pair{0, -1}}) {
      const Vector step = du * from.column + dv * from.row;
      double off = 0.25 * cv::norm(step);
      std::optional<std::size_t> next;
      for (const std::size_t n : neighbours[from.square])
        if (const double d = cv::norm(squares[n].centre - start - step); d < off) next = n, off = d;
      if (!next || used.contains(*next) || places.contains({from.u + du, from.v + dv})) continue;
      Stop to{*next, from.u + du, from.v + dv, from.column, from.row};
      (du != 0 ? to.column : to.row) = 0.5 * (du + dv) * (step + squares[*next].centre - start);
      places[{to.u, to.v}] = *next;
      used.insert(*next);
      stops.push_back(to);
    }
  }
  return places;
}

/// Enough squares, not all in one line: what a homography can be fitted to.
bool is_grid(const Places& places) {
  if (places.size() < kLeastGrid) return false;
  const auto [u, v] = places.begin()->first;
  return std::ranges::any_of(places, [u = u](const auto& p) { return p.first.first != u; }) &&
         std::ranges::any_of(places, [v = v](const auto& p) { return p.first.second != v; });
}

/// The homography with the least algebraic error (R. Hartley, A. Zisserman, "Multiple view geometry", 2nd edition 2004,
/// section 4.1): pixel * (g u + h v + 1) = a u + b v + c.
cv::Matx33d fit(const Places& places, Squares squares) {
  cv::Mat equations = cv::Mat::zeros(static_cast<int>(2 * places.size()), 8, CV_64F), pixels(equations.rows, 1, CV_64F);
  int row = 0;
  for (const auto& [place, square] : places) {
    const double u = place.first, v = place.second;
    const Vector centre = squares[square].centre;
    for (const auto& [first, pixel] : {std::pair{0, centre.x}, std::pair{3, centre.y}}) {
      auto* e = equations.ptr<double>(row);
      e[first] = u, e[first + 1] = v, e[first + 2] = 1, e[6] = -u * pixel, e[7] = -v * pixel;
      pixels.at<double>(row++) = pixel;
    }
  }
  cv::Matx<double, 8, 1> h;
  cv::solve(equations, pixels, h, cv::DECOMP_SVD);
  return {h(0), h(1), h(2), h(3), h(4), h(5), h(6), h(7), 1};
}

/// All squares that lie where the homography expects some, up to three places beyond those known.
Places gather(const cv::Matx33d& homography, const Places& known, Squares squares) {
  constexpr double kBeyond = 3.5, kOff = 0.15;  // places
  const Square& typical = squares[known.begin()->second];
  double left = 0, right = 0, top = 0, bottom = 0;
  for (const auto& [place, square] : known) {
    left = std::min<double>(left, place.first), right = std::max<double>(right, place.first);
    top = std::min<double>(top, place.second), bottom = std::max<double>(bottom, place.second);
  }
  Places places;
  bool regular = false;
  const cv::Matx33d from_picture = homography.inv(cv::DECOMP_LU, &regular);
  if (!regular) return places;
  for (std::size_t i = 0; i < squares.size(); ++i) {
    if (!alike(squares[i], typical)) continue;
    const Vector p = project(from_picture, squares[i].centre);
    const bool near = p.x > left - kBeyond && p.x < right + kBeyond && p.y > top - kBeyond && p.y < bottom + kBeyond;
    if (!near) continue;
    const cv::Point place(cvRound(p.x), cvRound(p.y));
    if (cv::norm(p - Vector(place)) < kOff) places.emplace(std::pair{place.x, place.y}, i);
  }
  return places;
}

}  // namespace

cv::Point2d Grid::in_picture(cv::Point2d place) const { return project(homography, place); }

std::vector<Grid> find_grids(Squares squares) {
  const Neighbours neighbours = find_neighbours(squares);
  std::vector<Grid> grids;
  std::vector<int> uses(squares.size());  // a first grid may have gone astray
  for (std::size_t seed = 0; seed < squares.size(); ++seed)
    for (const std::size_t right : neighbours[seed])
      for (const std::size_t below : neighbours[seed]) {
        if (uses[seed] >= 2) break;
        const Vector column = squares[right].centre - squares[seed].centre,
                     row = squares[below].centre - squares[seed].centre;
        if (column.cross(row) <= 0 || !are_shortest(column, row)) continue;
        Places places = grow(squares, neighbours, seed, column, row);
        cv::Matx33d homography;
        for (int round = 0; round < 3 && is_grid(places); ++round) {
          homography = fit(places, squares);
          places = gather(homography, places, squares);
        }
        if (!is_grid(places)) continue;
        Grid grid{homography, {}};
        for (const auto& [place, square] : places) {
          grid.squares.emplace_back(place.first, place.second);
          ++uses[square];
        }
        grids.push_back(std::move(grid));
      }
  return grids;
}

}  // namespace sunny16::sim
