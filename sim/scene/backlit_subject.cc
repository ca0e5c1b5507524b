#include "sim/scene/backlit_subject.h"

#include "sim/light/colour_checker.h"
#include "sim/scene/charts.h"
#include "sim/scene/pattern.h"
#include "sim/scene/person.h"
#include "sim/scene/skin.h"

namespace sunny16::sim {
namespace {

constexpr double kHorizon = 0.05;
constexpr Point kSun{0.02, -0.17};
constexpr Card kChart{{0.065, 0.34}, kColourCheckerWidth, 0.13};

constexpr std::array<Person, 2> kPeople{{{{-0.27, -0.02},
                                          0.165,
                                          false,
                                          24,
                                          {0.085, 0.045, 0.02},
                                          {0.33, 0.085, 0.07},
                                          {0.10, 0.17, 0.22},
                                          {0.60, 0.56, 0.47}},
                                         {{0.25, -0.06},
                                          0.17,
                                          true,
                                          25,
                                          {0.012, 0.010, 0.009},
                                          {0.14, 0.045, 0.04},
                                          {0.045, 0.022, 0.012},
                                          {0.05, 0.11, 0.20}}}};

Colour sky(Point at) {
  const double up = kHorizon - at.y;
  const Point from_sun{(at.x - kSun.x) * 0.8, at.y - kSun.y};
  const double r2 = dot(from_sun, from_sun);
  if (r2 < 0.028 * 0.028) return Colour{1, 0.97, 0.9} * 60;
  const Colour clear = mix({1.05, 0.80, 0.55}, {0.22, 0.36, 0.62}, smooth_step(-0.02, 0.5, up));
  const double glow = 0.03 / (r2 + 0.012) + 0.35 / (1 + 8 * r2);
  const double cirrus = smooth_step(0.02, 0.4, fine_noise({at.x * 2.6 + at.y * 1.5, at.y * 15 + 4}) + 0.04);
  return clear * (0.75 + 0.5 * cirrus) + Colour{1, 0.88, 0.68} * (glow * (0.8 + 0.35 * cirrus));
}

Colour sea(Point at) {
  const double below = at.y - kHorizon, away = 1 / (0.012 + below);
  const Point p{at.x * away * 0.9, away * 4};
  const double swell = value_noise({p.x * 0.8 + 0.3 * p.y, p.y}) + 0.6 * value_noise({p.x * 2.1 + 7, p.y * 2.3}) - 0.8;
  const double aside = 1 + (at.x - kSun.x) * (at.x - kSun.x) / (0.012 + 0.18 * below), path = 1 / (aside * aside);
  const double glitter = smooth_step(0.12, 0.45, swell + 0.35 * path) * path;
  const Colour mirrored = sky({at.x, kHorizon - exact::clamp(0.25 * below + 0.25 * (swell + 0.4), 0.01, 0.6)});
  const double flat = 0.10 + 0.45 / ((1 + 5 * below) * (1 + 5 * below));
  return mirrored * (flat * (0.9 + 0.35 * swell)) + Colour{0.012, 0.035, 0.04} + Colour{1, 0.86, 0.62} * (7 * glitter);
}

}  // namespace

BacklitSubject::BacklitSubject() {
  const auto& chart = colour_checker_reflectances();
  materials_.assign(chart.begin(), chart.end());
  materials_.push_back(skin_reflectance(0.03, 0.03));
  materials_.push_back(skin_reflectance(0.2, 0.03));
}

Colour BacklitSubject::light(Point at, double, const Palette& palette) const {
  if (const auto place = kChart.place(at)) {
    const auto patch = colour_checker_patch_at(*place);
    return (patch ? palette.material(0, *patch) : palette.white(0) * kColourCheckerBlack) * kFill;
  }
  for (const Person& person : kPeople) {
    const Point p = person.place(at);
    const Feature feature = portrait_.feature(p);
    if (feature == Feature::none) continue;
    const Direction n = portrait_.normal(p);
    // Light of the sky behind us from the upper left, of the sand from below, and of the sun that grazes the edges.
    const double side = person.mirrored ? -n.x : n.x;
    const double fill =
        kFill * (0.30 + 0.62 * exact::max(0, -0.42 * side - 0.46 * n.y + 0.78 * n.z) + 0.10 * exact::max(0, n.y));
    const double edge = 1 - n.z,
                 outline = p.y < 0.9 ? smooth_step(0.8, 1, length({p.x / 0.63, (p.y - 0.2) / 0.86})) : 1;
    const double rim = 0.9 * edge * edge * edge * edge * outline * smooth_step(0.5, -0.4, n.y);
    const double glow = 0.9 * smooth_step(0.62, 0.98, length({p.x / 0.85, (p.y + 0.26) / 0.95}));
    return seen_of(person, feature, p,
                   {.light = fill + rim,
                    .fill = fill,
                    .level = kFill,
                    .shine = exact::max(0, -0.24 * side - 0.30 * n.y + 0.92 * n.z),
                    .halo = 1.6 * glow * glow * glow},
                   palette);
  }
  return palette.surface(0, at.y < kHorizon ? sky(at) : sea(at));
}

std::vector<Target> BacklitSubject::targets() const { return {colour_checker_target(kChart)}; }

}  // namespace sunny16::sim
