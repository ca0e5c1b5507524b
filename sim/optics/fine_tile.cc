#include "sim/optics/fine_tile.h"

#include <algorithm>

#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

/// How far a site's light may be from bilinear, as a part of its mean: a smooth site is interpolated between its
/// corners, a textured one drawn by one point to a cell, and one with edges by many.
constexpr double kSmooth = 0.04, kTextured = 0.3;
/// Points along the side of a site with edges; where the scene moves, spread over the exposure too.
constexpr int kPoints = 4, kMovingPoints = 8;

/// Signals at a site's corners.
struct Corners {
  Colour a, b, c, d;  ///< left and right above, left and right below

  Colour at(double x, double y) const { return mix(mix(a, b, x), mix(c, d, x), y); }

  /// How far the light is from bilinear, given what is seen at a point inside.
  double roughness(Colour seen, Point inside) const {
    const Colour guess = at(inside.x, inside.y);
    const auto part = [](double p, double q, double r, double s, double seen, double guess) {
      const double twist = exact::abs(p + s - q - r), miss = exact::abs(seen - guess);
      return exact::max(twist, 2 * miss) / (0.5 * (p + q + r + s) + 1e-12);
    };
    return exact::max(part(a.r, b.r, c.r, d.r, seen.r, guess.r),
                      exact::max(part(a.g, b.g, c.g, d.g, seen.g, guess.g), part(a.b, b.b, c.b, d.b, seen.b, guess.b)));
  }
};

/// Draws points of the scene by their place in sites.
class Pencil {
 public:
  Pencil(const Exposed& exposed, isp::Rect area) : exposed_(exposed), first_row_(row(area.y)) {
    if (std::ranges::all_of(exposed.lamps, [](const Lamp& lamp) { return lamp.steady(); })) return;
    for (int y = first_row_; y <= row(area.y + area.height); ++y) {
      const double start = exposed.timing.row_start(y);
      std::vector<double> levels;
      for (const Lamp& lamp : exposed.lamps) levels.push_back(lamp.level(start, start + exposed.timing.exposure_s));
      palettes_.push_back(exposed.palette.at_levels(levels));
    }
  }

  /// `moment` 0..1 lies in the exposure.
  Colour operator()(double x, double y, double moment) const {
    const SampleGrid& grid = exposed_.grid;
    const Point at = exposed_.lens.point(
        {(x - 0.5 * grid.site_columns()) * grid.site_um, (y - 0.5 * grid.site_rows()) * grid.site_um});
    const int picture_row = row(static_cast<int>(exact::floor(y)));
    const double time = exposed_.timing.row_start(picture_row) + moment * exposed_.timing.exposure_s;
    const Palette& palette =
        palettes_.empty() ? exposed_.palette : palettes_[static_cast<std::size_t>(picture_row - first_row_)];
    return exposed_.scene.light(at, time, palette);
  }

 private:
  /// The row of the picture to which a row of sites belongs, for its time.
  int row(int site) const { return std::clamp(site / exposed_.grid.combined, 0, exposed_.grid.rows - 1); }

  const Exposed& exposed_;
  int first_row_;
  std::vector<Palette> palettes_;  ///< of each row of the picture, where lamps change
};

/// A place in the inner part of a site, 0..1 on either axis, that looks random: regular ones would miss some patterns.
Point inner_place(int x, int y) {
  std::uint32_t h = static_cast<std::uint32_t>(x) * 0x9E3779B1u ^ static_cast<std::uint32_t>(y) * 0x85EBCA77u;
  h = (h ^ h >> 15) * 0x2C1B3C6Du;
  return {0.15 + 0.7 / 65536 * (h >> 16), 0.15 + 0.7 / 65536 * (h & 0xFFFF)};
}

}  // namespace

FineTile::FineTile(const Exposed& exposed, isp::Rect area, int per_site, int phases)
    : per_site_(per_site), phases_(phases), length_(area.width * per_site / phases) {
  for (auto& plane : values_)
    plane.resize(static_cast<std::size_t>(area.width * per_site) * static_cast<std::size_t>(area.height * per_site) +
                 kGatherSlack);
  draw(exposed, area);
}

void FineTile::draw(const Exposed& exposed, isp::Rect area) {
  const Pencil pencil(exposed, area);
  const bool moves = exposed.scene.moves();
  const auto set = [&](int x, int y, Colour c) {
    const std::size_t i = index(x, y);
    values_[0][i] = static_cast<float>(c.r), values_[1][i] = static_cast<float>(c.g),
    values_[2][i] = static_cast<float>(c.b);
  };
  // Corners that are neighbours are seen at different times, which tells whether something moves there.
  const auto corner_row = [&](int y, std::vector<Colour>& corners) {
    for (int x = 0; x <= area.width; ++x)
      corners[static_cast<std::size_t>(x)] =
          pencil(area.x + x, area.y + y, moves ? ((area.x + x + area.y + y) & 1 ? 0.9 : 0.1) : 0.5);
  };
  const double cell = 1.0 / per_site_;
  const auto draw_cells = [&](double left, double top, int x, int y, int points) {
    for (int v = 0; v < per_site_; ++v)
      for (int u = 0; u < per_site_; ++u) {
        Colour sum;
        for (int k = 0; k < points * points; ++k) {
          const double fx = u + (k % points + 0.5) / points, fy = v + (k / points + 0.5) / points;
          const double golden = 0.6180339887498949 * (k + points * points * (v * per_site_ + u));
          sum = sum + pencil(left + fx * cell, top + fy * cell, moves ? golden - exact::floor(golden) : 0.5);
        }
        set(x * per_site_ + u, y * per_site_ + v, sum * (1.0 / (points * points)));
      }
  };
  const int many = (moves ? kMovingPoints : kPoints) / per_site_ + (per_site_ == 3);

  std::vector<Colour> above(static_cast<std::size_t>(area.width) + 1), below(above.size());
  corner_row(0, above);
  for (int y = 0; y < area.height; ++y, above.swap(below)) {
    corner_row(y + 1, below);
    for (int x = 0; x < area.width; ++x) {
      const auto i = static_cast<std::size_t>(x);
      const Corners corners{above[i], above[i + 1], below[i], below[i + 1]};
      const double left = area.x + x, top = area.y + y;
      const Point inside = inner_place(area.x + x, area.y + y);
      const double roughness = corners.roughness(pencil(left + inside.x, top + inside.y, 0.5), inside);
      if (roughness > kTextured || (moves && roughness > kSmooth)) {
        draw_cells(left, top, x, y, many);
      } else if (roughness > kSmooth) {
        draw_cells(left, top, x, y, 1);
      } else {
        for (int v = 0; v < per_site_; ++v)
          for (int u = 0; u < per_site_; ++u)
            set(x * per_site_ + u, y * per_site_ + v, corners.at((u + 0.5) * cell, (v + 0.5) * cell));
      }
    }
  }
}

}  // namespace sunny16::sim
