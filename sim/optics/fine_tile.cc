#include "sim/optics/fine_tile.h"

#include <algorithm>

#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

/// Corners of a site that differ by less than this part of their mean: the site is smooth.
constexpr double kSmooth = 0.03;
/// Points along the side of a site that is not smooth; of scenes that move, spread over the exposure too.
constexpr int kPoints = 4, kMovingPoints = 8;

/// Whether the numbers of a channel hardly differ.
bool alike(double a, double b, double c, double d, double e) {
  const double low = exact::min(exact::min(exact::min(a, b), exact::min(c, d)), e);
  const double high = exact::max(exact::max(exact::max(a, b), exact::max(c, d)), e);
  return high - low <= 0.5 * kSmooth * (high + low) + 1e-12;
}

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
    plane.resize(static_cast<std::size_t>(area.width * per_site) * static_cast<std::size_t>(area.height * per_site));
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
  const int points = (moves ? kMovingPoints : kPoints) / per_site_ + (per_site_ == 3);
  const double cell = 1.0 / per_site_, step = cell / points;

  std::vector<Colour> above(static_cast<std::size_t>(area.width) + 1), below(above.size());
  corner_row(0, above);
  for (int y = 0; y < area.height; ++y, above.swap(below)) {
    corner_row(y + 1, below);
    for (int x = 0; x < area.width; ++x) {
      const auto i = static_cast<std::size_t>(x);
      const Colour &a = above[i], &b = above[i + 1], &c = below[i], &d = below[i + 1];
      const double left = area.x + x, top = area.y + y;
      const Point inner = inner_place(area.x + x, area.y + y);
      const Colour inside = pencil(left + inner.x, top + inner.y, 0.5);
      if (alike(a.g, b.g, c.g, d.g, inside.g) && alike(a.r, b.r, c.r, d.r, inside.r) &&
          alike(a.b, b.b, c.b, d.b, inside.b)) {
        for (int v = 0; v < per_site_; ++v)
          for (int u = 0; u < per_site_; ++u) {
            const double fx = (u + 0.5) * cell, fy = (v + 0.5) * cell;
            set(x * per_site_ + u, y * per_site_ + v, mix(mix(a, b, fx), mix(c, d, fx), fy));
          }
        continue;
      }
      for (int v = 0; v < per_site_; ++v)
        for (int u = 0; u < per_site_; ++u) {
          Colour sum;
          for (int k = 0; k < points * points; ++k) {
            const double golden = 0.6180339887498949 * (k + points * points * (v * per_site_ + u));
            sum = sum + pencil(left + u * cell + (k % points + 0.5) * step, top + v * cell + (k / points + 0.5) * step,
                               moves ? golden - exact::floor(golden) : 0.5);
          }
          set(x * per_site_ + u, y * per_site_ + v, sum * (1.0 / (points * points)));
        }
    }
  }
}

}  // namespace sunny16::sim
