#include "sim/scene/still_life.h"

#include <algorithm>
#include <array>
#include <optional>

#include "sim/scene/charts.h"
#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

constexpr double kHorizon = 0.14;  ///< where the table meets the wall
constexpr Point kLamp{0.555, -0.27};
constexpr Colour kLampLight{1, 0.83, 0.6};

/// A rectangle that holds a card, `scale` of our units a card's height.
struct Card {
  Point corner;
  double width, scale;

  std::optional<Point> place(Point at) const {
    const Point p = (at - corner) * (1 / scale);
    if (p.x < 0 || p.y < 0 || p.x >= width || p.y >= 1) return std::nullopt;
    return p;
  }
};
constexpr Card kChecker{{-0.61, -0.43}, 1.475, 0.4};
constexpr Card kRamp{{-0.61, 0.005}, 1.475 * 0.4 / 0.07, 0.07};
constexpr Card kResolution{{0.03, -0.41}, 1.1, 0.37};

struct Ball {
  Point centre;
  double radius;
  Colour colour;
  double gloss;  ///< of the highlight, white = 1
};
constexpr std::array<Ball, 5> kBalls{{{{-0.50, 0.265}, 0.095, {0.52, 0.035, 0.03}, 2.5},
                                      {{-0.28, 0.315}, 0.08, {0.85, 0.55, 0.03}, 1.2},
                                      {{-0.115, 0.235}, 0.06, {0.03, 0.28, 0.27}, 6},
                                      {{0.03, 0.30}, 0.085, {0.72, 0.72, 0.70}, 0},
                                      {{0.19, 0.25}, 0.055, {0.05, 0.07, 0.42}, 3}}};

/// What the lamp adds to a surface: the inverse square law, the lamp a little before the wall.
Colour lamp_on_surface(Point at) {
  const Point d = at - kLamp;
  return kLampLight * (0.004 / (dot(d, d) + 0.01));
}

Colour wall(Point at) {
  const double side = smooth_step(-0.7, 0.7, at.x), plaster = 1 + 0.05 * fractal_noise(at * 90, 3);
  const Colour paint = mix({0.42, 0.40, 0.36}, {0.12, 0.14, 0.18}, side);
  return paint * ((grey(1 + 0.35 * (at.y + 0.2)) + lamp_on_surface(at) * 4) * Colour{plaster, plaster, plaster});
}

/// Years' rings cut lengthwise: noise, long in x, moves the phase of a wave; fibres are finer noise.
Colour wood(Point at) {
  const double depth = 0.25 + at.y - kHorizon;  // the table comes nearer downwards
  const Point p{at.x / depth, 1 / depth};
  const double rings = sine(3.5 * p.y + 5 * value_noise({p.x * 0.7, p.y * 2.3}));
  const double fibres = fractal_noise({at.x * 30, at.y * 420}, 3);
  const Colour plank = mix({0.25, 0.135, 0.065}, {0.40, 0.24, 0.125}, 0.5 + 0.35 * rings + 0.5 * fibres);
  return plank * (0.7 + 0.9 * (at.y - kHorizon));
}

/// Twill of navy and rust threads in soft folds; `at` counts from the cloth's corner.
Colour cloth(Point at) {
  constexpr double kThread = 1.0 / 260;
  const double fold = 0.09 * at.y + 0.015 * sine(at.x * 2.1) + 0.02 * value_noise(at * 6);
  const Point t{at.x / kThread + 40 * fold, at.y / kThread};
  const int column = static_cast<int>(exact::floor(t.x)), row = static_cast<int>(exact::floor(t.y));
  const bool warp = ((column + row) & 3) < 2;  // two over, two under
  const double across = warp ? t.x - column : t.y - row;
  const double round = 0.55 + 0.45 * sine(across / 2);  // a thread is bright along its middle
  const bool stripe = warp ? (column / 12 & 3) == 0 : (row / 12 & 3) == 0;
  const double worn = 0.8 + 0.4 * cell_noise(warp ? column : column / 4, warp ? row / 4 : row);
  const Colour thread = stripe ? Colour{0.50, 0.16, 0.06} : Colour{0.06, 0.085, 0.21};
  return thread * (round * worn * (0.75 + 0.45 * sine(3.1 * at.x + 9 * fold)));
}

/// Where the cloth lies, from its corner.
std::optional<Point> cloth_place(Point at) {
  const Point p = at - Point{0.27 + 0.012 * sine(3 * at.y), 0.20 + 0.010 * sine(2.3 * at.x) - 0.03 * at.x};
  return p.x < 0 || p.y < 0 || p.y > 0.23 ? std::nullopt : std::optional(p);
}

/// How much of the light from above reaches the table beside a ball.
double shadow_of(const Ball& ball, Point at) {
  const Point foot = ball.centre + Point{0.35, 0.82} * ball.radius;
  const Point d{(at.x - foot.x) / (1.25 * ball.radius), (at.y - foot.y) / (0.42 * ball.radius)};
  return 1 - 0.8 * (1 - smooth_step(0.1, 1.25, exact::sqrt(dot(d, d))));
}

/// Lambert's law under a soft light at the upper left, light that the table sends back, and a highlight (Blinn 1977,
/// exponent 128).
std::optional<Colour> on_ball(const Ball& ball, Point at) {
  const Point d = (at - ball.centre) * (1 / ball.radius);
  const double r2 = dot(d, d);
  if (r2 >= 1) return std::nullopt;
  const double towards = exact::sqrt(1 - r2);  // the normal is (d.x, d.y, towards)
  const double lambert = -0.5 * d.x - 0.6 * d.y + 0.6245 * towards;
  const double key = exact::max(0, 0.85 * lambert + 0.15), back = exact::max(0, d.y) * 0.12;
  double half = exact::max(0, -0.2774 * d.x - 0.3328 * d.y + 0.9013 * towards);
  for (int doubling = 0; doubling < 7; ++doubling) half *= half;
  return ball.colour * (grey(0.06 + key) + Colour{1, 0.7, 0.45} * back) + grey(ball.gloss * half);
}

Colour table(Point at) {
  const auto p = cloth_place(at);
  Colour c = p ? cloth(*p) : wood(at);
  for (const Ball& ball : kBalls) c = c * shadow_of(ball, at);
  return c + c * lamp_on_surface(at) * 3;
}

/// The bulb with its cord and socket.
std::optional<Colour> on_lamp(Point at) {
  const Point d = at - kLamp;
  if (const double r2 = dot(d, d); r2 < 0.03 * 0.03) return kLampLight * (8 + 40 * (1 - r2 / (0.03 * 0.03)));
  if (exact::abs(d.x) < 0.012 && d.y < -0.02 && d.y > -0.06) return grey(0.03);
  if (exact::abs(d.x) < 0.0025 && d.y < -0.05) return grey(0.02);
  return std::nullopt;
}

}  // namespace

Point StillLife::patch(int index) { return kChecker.corner + colour_checker_patch(index) * kChecker.scale; }

Colour StillLife::light(Point at) const {
  if (const auto p = kChecker.place(at)) return colour_checker(*p);
  if (const auto p = kResolution.place(at)) return resolution_chart(*p);
  if (const auto p = kRamp.place(at)) return grey_ramp(*p, kRamp.width);
  for (const Ball& ball : kBalls)
    if (const auto c = on_ball(ball, at)) return *c;
  if (const auto c = on_lamp(at)) return *c;
  return at.y < kHorizon ? wall(at) : table(at);
}

}  // namespace sunny16::sim
