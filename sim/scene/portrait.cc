#include "sim/scene/portrait.h"

#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

constexpr Box kField{{-2.2, -1.5}, {2.2, 3.9}};
constexpr double kStep = 0.0125;
constexpr int kColumns = static_cast<int>(kField.size().x / kStep) + 2,
              kRows = static_cast<int>(kField.size().y / kStep) + 2;

/// The larger of two heights, the edge between them rounded over `soft`.
double joined(double a, double b, double soft) {
  const double h = exact::max(soft - exact::abs(a - b), 0) / soft;
  return exact::max(a, b) + 0.25 * h * h * soft;
}

/// Height of an ellipsoid; it falls steeply outside.
double ellipsoid(Point p, Point centre, double depth, Point radii, double thickness) {
  const Point d{(p.x - centre.x) / radii.x, (p.y - centre.y) / radii.y};
  const double r2 = dot(d, d);
  return depth + (r2 < 0.98 ? thickness * std::sqrt(1 - r2) : thickness * (0.1414 - 3.5 * (r2 - 0.98)));
}

double bump(Point p, Point centre, Point radii) {
  const Point d{(p.x - centre.x) / radii.x, (p.y - centre.y) / radii.y};
  const double r2 = dot(d, d);
  return r2 < 1 ? (1 - r2) * (1 - r2) : 0;
}

/// Height above the picture's plane. Faces are nearly symmetrical: `p.x` is the distance from the middle.
double height(Point p) {
  p.x = exact::abs(p.x);
  double z =
      joined(ellipsoid(p, {0, -0.32}, 0, {0.73, 0.84}, 0.82), ellipsoid(p, {0, 0.22}, 0.02, {0.61, 0.83}, 0.74), 0.12);
  z += 0.10 * bump(p, {0.26, -0.16}, {0.34, 0.15});   // brow
  z -= 0.17 * bump(p, {0.265, 0.035}, {0.24, 0.19});  // socket of the eye
  z += 0.10 * bump(p, {0.27, 0.04}, {0.16, 0.11});    // lids
  z += 0.09 * bump(p, {0.39, 0.27}, {0.30, 0.24});    // cheek
  z -= 0.06 * bump(p, {0.42, 0.58}, {0.26, 0.30});
  z += 0.19 * bump(p, {0, 0.16}, {0.19, 0.46});     // bridge of the nose
  z += 0.15 * bump(p, {0, 0.33}, {0.19, 0.19});     // its tip
  z += 0.07 * bump(p, {0.12, 0.36}, {0.12, 0.11});  // its wings
  z -= 0.05 * bump(p, {0, 0.49}, {0.07, 0.10});
  z += 0.12 * bump(p, {0, 0.61}, {0.34, 0.20});      // mouth
  z += 0.05 * bump(p, {0.07, 0.575}, {0.18, 0.06});  // lips
  z += 0.06 * bump(p, {0, 0.675}, {0.21, 0.075});
  z -= 0.06 * bump(p, {0, 0.62}, {0.27, 0.028});
  z -= 0.05 * bump(p, {0, 0.78}, {0.26, 0.09});
  z += 0.11 * bump(p, {0, 0.92}, {0.26, 0.18});                               // chin
  z = joined(z, ellipsoid(p, {0.69, 0.09}, -0.1, {0.10, 0.23}, 0.25), 0.04);  // ear
  const double neck = p.y > 0.5 ? ellipsoid({p.x, 0}, {0, 0}, -0.25, {0.42, 1}, 0.50) : -2;
  z = joined(z, neck, 0.06);
  const double shoulders = ellipsoid(p, {0, 3.4}, -0.35, {2.05, 2.15}, 0.95);
  return joined(z, shoulders, 0.1);
}

bool within(Point p, Point centre, Point radii) {
  const Point d{(p.x - centre.x) / radii.x, (p.y - centre.y) / radii.y};
  return dot(d, d) < 1;
}

}  // namespace

Portrait::Portrait() {
  std::vector<float> heights;
  heights.reserve(static_cast<std::size_t>(kColumns) * kRows);
  const auto place = [](int column, int row) { return kField.from + Point{column * kStep, row * kStep}; };
  for (int row = 0; row < kRows; ++row)
    for (int column = 0; column < kColumns; ++column) heights.push_back(static_cast<float>(height(place(column, row))));
  const auto at = [&](int column, int row) {
    const auto inside = [](int v, int count) {
      return static_cast<std::size_t>(v < 0 ? 0 : v < count ? v : count - 1);
    };
    return static_cast<double>(heights[inside(row, kRows) * kColumns + inside(column, kColumns)]);
  };
  for (int row = 0; row < kRows; ++row)
    for (int column = 0; column < kColumns; ++column)
      relief_.push_back({static_cast<float>((at(column + 1, row) - at(column - 1, row)) / (2 * kStep)),
                         static_cast<float>((at(column, row + 1) - at(column, row - 1)) / (2 * kStep))});
}

Direction Portrait::normal(Point p) const {
  const Point place = (p - kField.from) * (1 / kStep);
  const double x = exact::clamp(place.x, 0, kColumns - 1.001), y = exact::clamp(place.y, 0, kRows - 1.001);
  const auto column = static_cast<std::size_t>(x), row = static_cast<std::size_t>(y);
  const double u = x - static_cast<double>(column), v = y - static_cast<double>(row);
  const Slope* upper = &relief_[row * kColumns + column];
  const Slope* lower = upper + kColumns;
  const auto between = [&](float Slope::*s) {
    return (upper[0].*s * (1 - u) + upper[1].*s * u) * (1 - v) + (lower[0].*s * (1 - u) + lower[1].*s * u) * v;
  };
  return direction(-between(&Slope::x), -between(&Slope::y), 1);
}

Feature Portrait::feature(Point p) const {
  if (!kField.contains(p)) return Feature::none;
  const Point q{exact::abs(p.x), p.y};
  // Hair parts at one side and falls behind the ears to the neck.
  const double parting = p.x - 0.22, hairline = -0.62 + (parting < 0 ? 0.62 : 0.95) * parting * parting;
  const double strand = 0.018 * fractal_noise({p.x * 26, p.y * 3}, 2);
  if (q.y < 1.12 && q.x < 0.92) {
    const bool face = within(q, {0, 0.22}, {0.625, 0.84}) && q.y > hairline + strand;
    const bool ear = within(q, {0.675, 0.09}, {0.085, 0.20});
    const bool cap = within(q, {0, -0.28}, {0.82 + strand, 0.93});
    if (!face && cap && (!ear || q.x < 0.62)) return ear ? Feature::skin : Feature::hair;
    if (face) {
      if (const Point eye{(q.x - 0.27) / 0.135, (q.y - 0.045) / 0.052}; eye.x * eye.x + exact::abs(eye.y) < 1) {
        const Point iris{q.x - 0.27, q.y - 0.038};
        const double r2 = dot(iris, iris);
        return r2 < 0.022 * 0.022 ? Feature::pupil : r2 < 0.052 * 0.052 ? Feature::iris : Feature::eye;
      }
      const double arch = -0.125 - 0.05 * (1 - (q.x - 0.29) * (q.x - 0.29) * 30);
      if (q.x > 0.11 && q.x < 0.47 && exact::abs(q.y - arch) < 0.032 * (1.25 - q.x) + strand) return Feature::brow;
      const double upper = 0.56 - 0.018 * smooth_step(0.09, 0.03, exact::abs(q.x - 0.06)) + 0.9 * q.x * q.x;
      const double lower = 0.735 - 1.9 * q.x * q.x;
      if (q.y > upper && q.y < lower) return Feature::lips;
      return Feature::skin;
    }
    if (ear) return Feature::skin;
  }
  const double shoulder = 1.32 + 0.22 * q.x * q.x + 4 * exact::max(0, q.x - 1.35) * exact::max(0, q.x - 1.35);
  const double collar = 1.36 + 0.45 * smooth_step(0.5, 0.0, q.x);
  if (q.y > shoulder + 0.06 * smooth_step(0.5, 0.4, q.x) && q.y > collar - (q.x > 0.5 ? 1 : 0)) return Feature::cloth;
  const double nape = 0.39 + 0.12 * smooth_step(1.05, 1.5, q.y);
  if (q.y > 0.6 && q.y < 1.9 && q.x < nape) return Feature::skin;
  return Feature::none;
}

}  // namespace sunny16::sim
