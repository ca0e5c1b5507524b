#include "sim/scene/still_life.h"

#include "sim/light/colour_checker.h"
#include "sim/light/illuminant.h"
#include "sim/scene/charts.h"
#include "sim/scene/fruit.h"
#include "sim/scene/pattern.h"
#include "sim/scene/resolution_card.h"

namespace sunny16::sim {
namespace {

constexpr std::size_t kWindow = 0, kBulb = 1;  ///< lamps

constexpr double kHorizon = 0.145;  ///< where the table meets the wall
constexpr Point kBulbAt{0.555, -0.24};
constexpr double kBulbRadius = 0.034;
constexpr Colour kPlaster{0.36, 0.40, 0.39};

constexpr Card kChecker{{-0.61, -0.43}, kColourCheckerWidth, 0.4};
constexpr Card kRamp{{-0.61, 0.005}, kColourCheckerWidth * 0.4 / 0.07, 0.07};
constexpr Card kResolution{{0.03, -0.41}, kResolutionCardWidth, 0.37};
constexpr std::array<const Card*, 3> kCards{&kChecker, &kRamp, &kResolution};

const KeyLight kKey{.from = direction(-0.62, -0.55, 0.56), .soft = 0.25};

/// What the bulb adds to a surface: the inverse square law, the bulb a little before the wall.
double bulb_on_surface(Point at) {
  const Point d = at - kBulbAt;
  return 0.012 / (dot(d, d) + 0.012);
}

/// How much of the window's light a card on the wall leaves beside it, to its lower right.
double shadow_of_cards(Point at) {
  double light = 1;
  for (const Card* card : kCards) {
    const Box box = card->box(), shadow{box.from + Point{0.012, 0.014}, box.to + Point{0.012, 0.014}};
    if (!shadow.grown(0.02).contains(at)) continue;
    const double d = distance(shadow, at);
    if (d < 0.02) light *= 1 - 0.55 * smooth_step(0.02, -0.006, d);
  }
  return light;
}

Colour wall(Point at, const Palette& palette) {
  const double grain = 1 + 0.05 * fractal_noise(at * 70) + 0.10 * fractal_noise(at * 6);
  const double side = smooth_step(-1.1, 1.0, at.x), floor = smooth_step(0.05, kHorizon, at.y);
  const double window = (1.02 - 0.72 * side) * (1 - 0.16 * floor) * shadow_of_cards(at);
  return palette.surface(kWindow, kPlaster * (grain * window)) +
         palette.surface(kBulb, kPlaster * (grain * 2.4 * bulb_on_surface(at)));
}

/// A place on the picture as one on the table, in heights of the camera above it: across, and away from us.
Point on_table(Point at) {
  const double away = 1 / (0.30 + at.y - kHorizon);
  return {at.x * away, away};
}

/// Planks of oak that lie across: years' rings cut lengthwise are noise, long in x, that moves the phase of a wave;
/// fibres are finer noise.
Colour wood(Point on_table) {
  const Point p{on_table.x, on_table.y * 3.1};
  const double plank = exact::floor(p.y), seam = p.y - plank;
  const Point own{p.x + 3.7 * plank, p.y * 2.2};
  const double rings = sine(own.y * 1.9 + 4.5 * value_noise({own.x * 0.55, own.y * 0.8 + 7 * plank}));
  const double fibres = fractal_noise({own.x * 9, own.y * 55});
  const double tone = 0.45 + 0.20 * rings + 0.55 * fibres + 0.35 * (cell_noise(static_cast<int>(plank), 5) - 0.5);
  const double gap = smooth_step(0, 0.03, seam) * smooth_step(1, 0.985, seam);
  return mix({0.135, 0.064, 0.028}, {0.36, 0.205, 0.10}, exact::clamp(tone, 0, 1)) * (0.35 + 0.65 * gap);
}

/// A napkin that lies askew on the table; its own corner and half of its size.
constexpr Point kClothCentre{1.06, 2.16}, kClothAxis{0.94, -0.3412}, kClothReach{0.50, 0.36};

/// Where a place on the table lies on the cloth, from its centre, and how far inside of its hem (negative outside).
Point on_cloth(Point on_table, double& inside) {
  const Point d = on_table - kClothCentre;
  const Point p{dot(d, kClothAxis), d.y * kClothAxis.x - d.x * kClothAxis.y};
  const double wave = 0.012 * sine(p.x * 1.3 + 0.1) * sine(p.y * 1.1);
  inside = exact::min(kClothReach.x - exact::abs(p.x), kClothReach.y - exact::abs(p.y)) + wave;
  return p;
}

/// Twill of navy, rust and undyed threads, creased where it had been folded.
Colour cloth(Point p, double inside) {
  constexpr double kThreads = 110;
  const Point t = p * kThreads + Point{200, 200};
  const double fx = exact::floor(t.x), fy = exact::floor(t.y);
  const int column = static_cast<int>(fx), row = static_cast<int>(fy);
  const bool warp = ((column + row) & 3) < 2;  // two over, two under
  const double across = warp ? t.x - fx : t.y - fy;
  const double round = 0.35 + 2.6 * across * (1 - across);  // a thread is bright along its middle
  const int thread = warp ? column : row, stripe = thread % 36;
  const double worn = 0.85 + 0.3 * cell_noise(thread, warp ? row / 4 : column / 4);
  const Colour dye = stripe < 9    ? Colour{0.50, 0.13, 0.045}
                     : stripe < 11 ? Colour{0.62, 0.55, 0.42}
                                   : Colour{0.05, 0.085, 0.22};
  const auto crease = [](double d) { return smooth_step(0.045, 0, exact::abs(d)) * (d < 0 ? 0.35 : -0.28); };
  const double folds = 1 + crease(p.x + 0.01) + crease(p.y - 0.015) + 0.5 * fractal_noise(p * 3.5);
  const double hem = inside < 0.03 ? 0.8 + 0.4 * smooth_step(0.02, 0.03, inside) : 1;
  return dye * (1.15 * round * worn * folds * hem);
}

/// Where a body's shadow may fall.
Box shadow_around(const Turned& shape) {
  const double r = shape.widest();
  return {shape.foot() - Point{1.6, 1.45} * r, shape.foot() + Point{3.6, 0.95} * r};
}

/// How much of the window's light reaches the table beside a body: a soft shadow to the right, a dark one beneath.
double shadow_of(const StillLife::Body& body, Point at) {
  if (!body.shadow.contains(at)) return 1;
  const Point d = (at - body.shape.foot()) * (1 / body.shape.widest()) + Point{0, 0.25};
  const Point cast{(d.x - 0.9) * (1 / 2.1), d.y * (1 / 0.62)}, contact{d.x * (1 / 1.05), d.y * (1 / 0.40)};
  return (1 - 0.62 * smooth_step(1.2, 0.2, length(cast))) * (1 - 0.6 * smooth_step(1.25, 0.5, length(contact)));
}

/// The stalks of the pear and the apple.
std::optional<Colour> on_stalk(Point at, const Palette& palette) {
  struct Stalk {
    Point from, to;
  };
  constexpr std::array<Stalk, 4> kStalks{{{{-0.515, 0.128}, {-0.511, 0.103}},
                                          {{-0.511, 0.103}, {-0.499, 0.084}},
                                          {{-0.334, 0.243}, {-0.330, 0.215}},
                                          {{-0.330, 0.215}, {-0.317, 0.196}}}};
  if (at.x < -0.53 || at.x > -0.31 || at.y < 0.07 || at.y > 0.25) return std::nullopt;
  for (const auto& [from, to] : kStalks)
    if (const double d = distance(from, to, at); d < 0.0038)
      return palette.surface(kWindow, Colour{0.17, 0.10, 0.045} * (1.05 - 130 * d));
  return std::nullopt;
}

/// The bulb with its cord and socket.
std::optional<Colour> on_bulb(Point at, const Palette& palette) {
  const Point d = at - kBulbAt;
  if (const double r2 = dot(d, d) * (1 / (kBulbRadius * kBulbRadius)); r2 < 1)
    return palette.white(kBulb) * (6 + 40 * (1 - r2) * (1 - r2));
  if (exact::abs(d.x) < 0.013 && d.y < -0.025 && d.y > -0.075)
    return palette.surface(kWindow, Colour{0.30, 0.20, 0.07} * (0.9 - 40 * exact::abs(d.x + 0.004)));
  if (exact::abs(d.x) < 0.0028 && d.y < -0.07) return palette.white(kWindow) * 0.02;
  return std::nullopt;
}

}  // namespace

StillLife::StillLife() {
  const auto put = [this](Point top, Point foot, std::initializer_list<double> radii, Colour (*paint)(const Surface&),
                          double gloss, double sharp) {
    const Turned shape(top, foot, std::vector(radii));
    bodies_.push_back({shape, shadow_around(shape), paint, gloss, sharp});
  };
  const auto upright = [&](Point foot, double height, std::initializer_list<double> radii,
                           Colour (*paint)(const Surface&), double gloss, double sharp) {
    put(foot - Point{0, height}, foot, radii, paint, gloss, sharp);
  };
  put({-0.04, 0.425}, {-0.19, 0.392}, {0.0, 0.12, 0.27, 0.345, 0.365, 0.34, 0.26, 0.12, 0.0}, lemon, 0.5, 2.5);
  upright({-0.335, 0.385}, 0.150, {0.15, 0.45, 0.55, 0.59, 0.595, 0.575, 0.52, 0.44, 0.30}, apple, 1.3, 7);
  upright({0.085, 0.385}, 0.125, {0, 0.22, 0.30, 0.35, 0.38, 0.395, 0.385, 0.33, 0}, egg, 0.05, 1.5);
  upright({-0.185, 0.330}, 0.145, {0, 0.33, 0.44, 0.49, 0.505, 0.49, 0.44, 0.33, 0}, orange, 0.55, 2);
  upright({-0.515, 0.355}, 0.235, {0, 0.115, 0.145, 0.17, 0.225, 0.30, 0.35, 0.365, 0.33, 0}, pear, 0.6, 3);
  upright({0.195, 0.275}, 0.285, {0.155, 0.115, 0.115, 0.16, 0.26, 0.33, 0.345, 0.32, 0.27, 0.22, 0.19}, vase, 2, 6);
}

std::vector<Lamp> StillLife::lamps(const Lamp& main) const {
  return {main, {.name = "bulb", .spectrum = parse_illuminant("LED-B1").spectrum, .lux = main.lux}};
}

std::span<const Spectrum> StillLife::materials() const { return colour_checker_reflectances(); }

std::optional<Colour> StillLife::body_at(Point at, const Palette& palette) const {
  for (const Body& body : bodies_) {
    const auto s = body.shape.at(at);
    if (!s) continue;
    const Colour paint = body.paint(*s);
    const Direction& n = s->normal;
    const double key = kKey.diffuse(n), sky = 0.05 * (1 - n.y), back = 0.10 * exact::max(0, n.y);
    const double rim = (1 - n.z) * (1 - n.z) * 0.10 * body.gloss;
    const double bulb = exact::max(0, 0.65 * n.x - 0.65 * n.y + 0.4 * n.z) * 2.5 * bulb_on_surface(at);
    return palette.surface(kWindow, paint * (grey(0.92 * key + sky) + Colour{1, 0.62, 0.36} * back)) +
           palette.white(kWindow) * (body.gloss * kKey.window(n, body.sharp) + rim * 0.3) +
           palette.surface(kBulb, paint * bulb);
  }
  return std::nullopt;
}

Colour StillLife::table(Point at, const Palette& palette) const {
  const Point place = on_table(at);
  double inside = -1;
  const Point p = at.x > 0.15 ? on_cloth(place, inside) : Point{};
  const bool covered = inside > 0;
  const Colour paint = covered ? cloth(p, inside) : wood(place);
  double window = 0.92 - 0.30 * smooth_step(-0.6, 0.9, at.x);
  window *= 0.72 + 0.28 * smooth_step(kHorizon, kHorizon + 0.05, at.y);
  for (const Body& body : bodies_) window *= shadow_of(body, at);
  if (inside > -0.06 && !covered) window *= 1 - 0.55 * smooth_step(-0.06, 0, inside);
  Colour under_window = paint * window;
  // Varnish mirrors the wall and what stands on it.
  if (!covered) under_window = under_window + kPlaster * (0.05 * (1 - smooth_step(-0.9, 0.9, at.x))) + mirrored(at);
  return palette.surface(kWindow, under_window) + palette.surface(kBulb, paint * (3.2 * bulb_on_surface(at)));
}

Colour StillLife::mirrored(Point at) const {
  constexpr double kReach = 0.09;
  for (const Body& body : bodies_) {
    const double below = at.y - body.shape.foot().y;
    if (below < 0 || below > kReach) continue;
    if (const auto s = body.shape.at({at.x, body.shape.foot().y - below}))
      return body.paint(*s) * (0.13 * kKey.diffuse(s->normal) * (1 - below / kReach));
  }
  return {};
}

Colour StillLife::light(Point at, double, const Palette& palette) const {
  if (const auto p = kChecker.place(at)) {
    const auto patch = colour_checker_patch_at(*p);
    return patch ? palette.material(kWindow, *patch) : palette.white(kWindow) * kColourCheckerBlack;
  }
  if (const auto p = kResolution.place(at)) return palette.white(kWindow) * resolution_card(*p);
  if (const auto p = kRamp.place(at)) return palette.white(kWindow) * grey_ramp(*p, kRamp.width);
  if (at.y > -0.06) {
    if (const auto c = on_stalk(at, palette)) return *c;
    if (const auto c = body_at(at, palette)) return *c;
  }
  if (at.x > 0.5 && at.x < 0.6)
    if (const auto c = on_bulb(at, palette)) return *c;
  return at.y < kHorizon ? wall(at, palette) : table(at, palette);
}

std::vector<Target> StillLife::targets() const {
  std::vector<Target> targets{colour_checker_target(kChecker)};
  const double step = kRamp.width / kRampSteps;
  for (int i = 0; i < kRampSteps; ++i)
    targets.push_back(
        {.kind = TargetKind::grey_step,
         .name = "ramp step " + std::to_string(i),
         .corners = rectangle(kRamp.on_picture({(i + 0.15) * step, 0.08}), kRamp.on_picture({(i + 0.85) * step, 0.42})),
         .luminance = grey_step(i)});
  for (Target& target : resolution_card_targets(kResolution)) targets.push_back(std::move(target));
  return targets;
}

}  // namespace sunny16::sim
