#include "sim/scene/furnishings.h"

#include "sim/scene/pattern.h"
#include "sim/scene/shapes.h"

namespace sunny16::sim {

Colour parquet(double x, double z) {
  const Point p{(x + z) * 8, (x - z) * 8};  // slats lie along both diagonals, 5 widths long
  const double row = exact::floor(p.y), column = exact::floor(p.x);
  const double phase = p.x - p.y, five = exact::floor(phase * 0.1);
  const bool along = phase * 0.1 - five < 0.5;
  const double across = along ? p.y - row : p.x - column, number = along ? row : column;
  const double tone = cell_noise(static_cast<int>(number), static_cast<int>(five) + (along ? 0 : 77));
  const double grain = fractal_noise(along ? Point{p.x * 1.5, p.y * 14} : Point{p.x * 14, p.y * 1.5});
  const double gap = smooth_step(0, 0.06, across) * smooth_step(1, 0.94, across);
  return mix({0.16, 0.085, 0.04}, {0.33, 0.19, 0.095}, exact::clamp(tone + 0.5 * grain, 0, 1)) * (0.4 + 0.6 * gap);
}

std::optional<Colour> carpet(double x, double z) {
  const double inside = -distance(Box{{-0.9, 1.75}, {1.3, 2.95}}, {x, z});
  if (inside < 0) return std::nullopt;
  const double pile = 0.8 + 0.4 * value_noise({x * 90, z * 90});
  const bool line = (inside > 0.06 && inside < 0.09) || (inside > 0.20 && inside < 0.22);
  // Lozenges with a knot in each.
  const Point p{(x + z) * 3.2, (x - z) * 3.2};
  const Point d{p.x - exact::floor(p.x) - 0.5, p.y - exact::floor(p.y) - 0.5};
  const double side = exact::max(exact::abs(d.x), exact::abs(d.y)), knot = exact::abs(d.x) + exact::abs(d.y);
  const bool figure = inside > 0.22 && (side > 0.465 || knot < 0.09 || (side > 0.27 && side < 0.30));
  const Colour ground = inside < 0.2 ? Colour{0.055, 0.075, 0.15} : Colour{0.25, 0.038, 0.03};
  return (line || figure ? Colour{0.46, 0.36, 0.21} : ground) * pile;
}

std::optional<Colour> bookshelf(double y, double z, double& light) {
  constexpr double kFrom = 1.25, kTo = 3.0, kTop = -1.05, kStorey = 0.39, kBoard = 0.03;
  if (z < kFrom || z > kTo || y < kTop) return std::nullopt;
  const double storey = (y - kTop) / kStorey, up = storey - exact::floor(storey);
  const double upright = (z - kFrom) / 0.58, beside = upright - exact::floor(upright);
  constexpr Colour kOak{0.16, 0.10, 0.06};
  if (up * kStorey < kBoard || beside * 0.58 < kBoard) return kOak * (0.8 + 0.5 * fractal_noise({z * 9, y * 60}));
  light = 0.10 + 0.9 * smooth_step(0.05, 0.75, up);  // the board above keeps the light off
  const int shelf = static_cast<int>(storey), bay = static_cast<int>(upright);
  const double width = 0.030 + 0.012 * cell_noise(shelf, bay), place = z / width;
  const int book = static_cast<int>(place);
  const auto random = [&](int what) { return cell_noise(book * 5 + what, shelf * 17 + bay); };
  const double height = 0.50 + 0.36 * random(0), across = place - book;
  if (random(4) < 0.05 || 1 - up > height) return Colour{0.05, 0.03, 0.02};
  const Colour cloth = mix(mix({0.30, 0.05, 0.035}, {0.05, 0.09, 0.16}, smooth_step(0.3, 0.6, random(1))),
                           mix({0.42, 0.34, 0.20}, {0.04, 0.10, 0.05}, random(2)), smooth_step(0.55, 0.7, random(3)));
  const double band = (1 - up) / height;
  const bool gold = (band > 0.80 && band < 0.83) || (band > 0.62 && band < 0.74 && across > 0.25 && across < 0.75);
  return (gold ? Colour{0.55, 0.42, 0.16} : cloth) * (0.35 + 2.4 * across * (1 - across));
}

Colour wallpaper(double across, double y) {
  if (y > 1.18) return Colour{0.55, 0.52, 0.47} * (y > 1.2 ? 1 : 0.6);
  // Broad stripes, and a sprig in every second one.
  const double stripe = across * 5 - exact::floor(across * 5);
  const double edge = smooth_step(0.49, 0.51, stripe) * smooth_step(1, 0.98, stripe);
  const double row = y * 6 - exact::floor(y * 6);
  const Point d{(stripe - 0.25) * 2.2, (row - 0.5) * 1.8};
  const double sprig = smooth_step(0.25, 0.18, length({exact::abs(d.x) - 0.18, d.y + exact::abs(d.x) * 0.8}));
  const double paper = 1 + 0.06 * fractal_noise({across * 60, y * 60});
  return mix(mix({0.30, 0.335, 0.29}, {0.235, 0.275, 0.24}, edge), {0.40, 0.40, 0.31}, 0.8 * sprig) * paper;
}

}  // namespace sunny16::sim
