#include "sim/scene/night_street.h"

#include "sim/light/illuminant.h"
#include "sim/scene/lettering.h"
#include "sim/scene/pattern.h"
#include "sim/scene/room.h"

namespace sunny16::sim {
namespace {

constexpr std::size_t kRooms = 0, kSodium = 1, kLed = 2, kSign = 3;  ///< lamps

/// Metres; the eye is 1.6 m above the road. There is no wall at the back but sky.
constexpr Room kStreet{
    .vanishing = {0.06, 0.07}, .focal = 0.85, .left = -6, .right = 7, .top = -40, .bottom = 1.6, .back = 150};
constexpr double kKerbLeft = -3.6, kKerbRight = 4.4;

struct StreetLamp {
  Place place;
  std::size_t lamp;
};
constexpr std::array<StreetLamp, 8> kLamps{{{{-3.2, -4.6, 9}, kSodium},
                                            {{4.0, -4.6, 13}, kLed},
                                            {{-3.2, -4.6, 21}, kSodium},
                                            {{4.0, -4.6, 28}, kLed},
                                            {{-3.2, -4.6, 36}, kSodium},
                                            {{4.0, -4.6, 47}, kLed},
                                            {{-3.2, -4.6, 58}, kSodium},
                                            {{4.0, -4.6, 80}, kLed}}};

/// Where they are seen, and how large a metre is there.
struct SeenLamp {
  Point middle;
  double scale;
};
constexpr auto kLampsSeen = [] {
  std::array<SeenLamp, kLamps.size()> seen{};
  for (std::size_t i = 0; i < kLamps.size(); ++i)
    seen[i] = {kStreet.seen(kLamps[i].place), kStreet.focal / kLamps[i].place.z};
  return seen;
}();

constexpr int kColumns = 58, kRows = 13;
constexpr double kSignDistance = 8.5;
constexpr Box kSignBox{kStreet.seen({1.25, -2.35, kSignDistance}), kStreet.seen({6.1, -1.25, kSignDistance})};

/// What the street lamps send to a place, for each of their two kinds.
struct StreetLight {
  double sodium = 0, led = 0;
};
StreetLight street_light(const Place& p, const Place& normal) {
  StreetLight sum;
  for (const StreetLamp& lamp : kLamps) {
    const Place d = lamp.place - p;
    if (exact::abs(d.z) > 22) continue;
    const double facing = dot(d, normal);
    if (facing <= 0) continue;
    const double r2 = dot(d, d);
    const double downwards = exact::max(0.04, -d.y) * (d.y < 0 ? 1 : 0.3);  // its shade keeps light from the sky
    (lamp.lamp == kSodium ? sum.sodium : sum.led) += 2.6 * facing * downwards / (r2 * r2);
  }
  return sum;
}

/// One of the houses along a side of the street.
struct House {
  int number;
  double from, width, eaves;  ///< along the street, m; height as y
};
House house_at(double z, int side) {
  constexpr double kWidth = 9;
  const int number = static_cast<int>(exact::floor(z / kWidth));
  return {number + 100 * side, number * kWidth, kWidth, -7.5 - 5.5 * cell_noise(number, side)};
}

Colour render_of(int house) {
  constexpr std::array<Colour, 5> kRenders{
      {{0.42, 0.33, 0.22}, {0.35, 0.20, 0.15}, {0.46, 0.44, 0.38}, {0.26, 0.28, 0.27}, {0.42, 0.27, 0.17}}};
  return kRenders[static_cast<std::size_t>(cell_noise(house, 7) * 5)];
}

/// A façade: `along` the street and y, metres. `glow` is light from within.
Colour facade(const House& house, double along, double y, double& glow) {
  constexpr double kStorey = 3.1, kGround = 1.6;
  const double storey = (kGround - y) / kStorey;
  const int floor = static_cast<int>(storey);
  const double up = storey - floor;
  const double bays = house.width / 1.8, bay = along / house.width * exact::floor(bays);
  const int column = static_cast<int>(bay);
  const double beside = bay - column;
  const auto random = [&](int what) { return cell_noise(house.number * 31 + column, floor * 17 + what); };
  const Colour render = render_of(house.number) * (0.9 + 0.35 * fractal_noise({along * 3, y * 3}));
  if (floor == 0) {  // shops
    const double shop = along / house.width;
    if (up < 0.12 || up > 0.86 || shop < 0.06 || shop > 0.94) return render * (up > 0.86 ? 0.35 : 0.6);
    const double frame = bay - exact::floor(bay);
    if (frame < 0.05 || frame > 0.95) return {0.05, 0.045, 0.04};
    if (cell_noise(house.number, 3) > 0.62) return Colour{0.10, 0.10, 0.10} * (0.6 + 0.4 * sine(up * 24));  // shutter
    const double goods = value_noise({along * 3.5, y * 3.5}) * smooth_step(0.62, 0.3, up);
    glow = (0.55 + 0.5 * up) * (0.35 + 0.65 * smooth_step(0.75, 0.35, goods * 1.6));
    return mix({1, 0.93, 0.82}, {0.75, 0.55, 0.35}, goods);
  }
  if (beside < 0.24 || beside > 0.76 || up < 0.24 || up > 0.84) {
    const bool sill = up > 0.20 && up < 0.24 && beside > 0.2 && beside < 0.8;
    const bool ledge = up < 0.04;
    return render * (sill || ledge ? 1.35 : 1);
  }
  const double x = (beside - 0.24) / 0.52, h = (up - 0.24) / 0.6;
  if (x < 0.07 || x > 0.93 || exact::abs(x - 0.5) < 0.035 || h < 0.05 || h > 0.95 || exact::abs(h - 0.66) < 0.025)
    return {0.34, 0.32, 0.29};
  if (random(0) > 0.36) return {0.02, 0.022, 0.026};
  const double curtain = smooth_step(0.34 * random(1), 0.36 * random(1) + 0.01, exact::min(x, 1 - x));
  const double lamp = 1.25 - 0.9 * exact::abs(h - 0.8);
  glow = (0.20 + 0.8 * random(2)) * lamp * (0.35 + 0.65 * curtain);
  return mix(Colour{0.95, 0.72, 0.45}, Colour{0.80, 0.90, 1.0}, random(3) > 0.8 ? 0.8 : 0.1) *
         (0.85 + 0.3 * value_noise({x * 5, h * 4}));
}

/// Two lamps and the number plate of a car that drives away.
std::optional<Colour> car(Point at, const Palette& palette) {
  const Point middle = kStreet.seen({1.7, 1.02, 15});
  const Point d = (at - middle) * (15 / kStreet.focal);
  if (exact::abs(d.x) > 0.95 || d.y < -0.9 || d.y > 0.55) return std::nullopt;
  const Point lamp{exact::abs(d.x) - 0.68, d.y + 0.02};
  if (const double off = lamp.x * lamp.x * 18 + lamp.y * lamp.y * 90; off < 1)
    return palette.surface(kRooms, Colour{1, 0.03, 0.012} * (1.6 * (1 - off) + 0.4));
  const double roof = exact::abs(d.x) - (d.y < -0.3 ? 0.72 + 0.35 * (d.y + 0.3) : 0.86);
  if (roof > 0 || (d.y > 0.36 && exact::abs(exact::abs(d.x) - 0.66) > 0.14)) return std::nullopt;
  if (d.y > 0.36) return palette.white(kLed) * 0.0002;
  if (exact::abs(d.x) < 0.24 && exact::abs(d.y - 0.16) < 0.055) return palette.white(kRooms) * 0.12;
  const double window = d.y < -0.34 && d.y > -0.82 && roof < -0.08 ? 0.25 : 1;
  return palette.surface(kSodium, Colour{0.03, 0.035, 0.05} * (window * (0.10 + 0.10 * exact::max(0, -d.y)))) +
         palette.surface(kLed, Colour{0.03, 0.035, 0.05} * (window * 0.08));
}

}  // namespace

NightStreet::NightStreet() {
  constexpr std::string_view kText = "SUNNY 16";
  constexpr double kHeight = 7.2;  // of a letter, in LEDs
  for (int row = 0; row < kRows; ++row)
    for (int column = 0; column < kColumns; ++column) {
      const Point p{(column - (kColumns - 1) / 2.0) / kHeight + text_width(kText) / 2,
                    (row - (kRows - 1) / 2.0) / kHeight + 0.5};
      sign_.push_back(distance_to_text(kText, p) < 0.085);
    }
}

std::vector<Lamp> NightStreet::lamps(const Lamp& main) const {
  return {main,
          {.name = "sodium street lamps", .spectrum = parse_illuminant("HP1").spectrum, .lux = main.lux},
          {.name = "LED street lamps", .spectrum = parse_illuminant("LED-B4").spectrum, .lux = main.lux},
          {.name = "LED sign",
           .spectrum = parse_illuminant("LED-RGB1").spectrum,
           .lux = main.lux,
           .flicker = Flicker::pulse,
           .flicker_hz = kSignHz,
           .modulation = 1}};
}

bool NightStreet::on_sign(Point at, const Palette& palette, Colour& seen) const {
  if (!kSignBox.contains(at)) return false;
  const Point place = kSignBox.place(at);
  const Point led{place.x * (kColumns + 2) - 1, place.y * (kRows + 2) - 1};
  const double fx = exact::floor(led.x), fy = exact::floor(led.y);
  seen = palette.white(kLed) * 0.0006;
  if (fx < 0 || fy < 0 || fx >= kColumns || fy >= kRows) return true;
  const Point d{led.x - fx - 0.5, led.y - fy - 0.5};
  if (dot(d, d) > 0.14) return true;
  const bool lit = sign_[static_cast<std::size_t>(fy) * kColumns + static_cast<std::size_t>(fx)] != 0;
  const bool figure = fx > 41;
  if (lit)
    seen = palette.surface(kSign, (figure ? Colour{1, 0.42, 0.02} : Colour{1, 0.05, 0.03}) * (3.2 - 12 * dot(d, d)));
  return true;
}

Colour NightStreet::dry(Point at, const Palette& palette) const {
  for (std::size_t i = 0; i < kLamps.size(); ++i) {
    const StreetLamp& lamp = kLamps[i];
    const auto& [middle, scale] = kLampsSeen[i];
    const Point d = at - middle;
    if (exact::abs(d.x) > scale || d.y < -0.5 * scale || d.y > 6.2 * scale) continue;
    const double inward = lamp.place.x < 0 ? 1 : -1;
    const Point head{(d.x - 0.3 * inward * scale) / (0.34 * scale), (d.y - 0.02 * scale) / (0.075 * scale)};
    if (const double r2 = dot(head, head); r2 < 1)
      return head.y > -0.1 ? palette.white(lamp.lamp) * (60 + 340 * (1 - r2)) : palette.white(lamp.lamp) * 0.002;
    const bool pole = exact::abs(d.x + 0.35 * inward * scale) < 0.05 * scale && d.y > -0.1 * scale;
    const bool arm = exact::abs(d.y + 0.06 * scale) < 0.03 * scale && exact::abs(d.x) < 0.38 * scale;
    if (pole || arm) return palette.white(lamp.lamp) * (0.004 + 0.02 / (1 + 20 * exact::abs(d.y) / scale));
  }
  Colour seen;
  if (on_sign(at, palette, seen)) return seen;
  if (const auto c = car(at, palette)) return *c;
  const auto [side, p] = kStreet.hit(at);
  if (side == Side::left || side == Side::right) {
    const House house = house_at(p.z, side == Side::left ? 0 : 1);
    if (p.y > house.eaves) {
      double glow = 0;
      const Colour paint = facade(house, p.z - house.from, p.y, glow);
      const Place normal{side == Side::left ? 1.0 : -1.0, 0, 0};
      const StreetLight lit = street_light(p, normal);
      const double shade = glow > 0 ? 0.1 : 1;
      return palette.surface(kRooms, paint * (0.0006 + 0.16 * glow)) +
             palette.surface(kSodium, paint * (shade * lit.sodium)) + palette.surface(kLed, paint * (shade * lit.led));
    }
  }
  // The sky over a town: haze that the lamps light from below.
  const double up = kStreet.vanishing.y - at.y;
  const double cloud = 0.5 + fine_noise({at.x * 3, at.y * 7 + 3});
  return palette.surface(kSodium, Colour{0.9, 0.8, 0.7} * (0.0016 * cloud * smooth_step(0.7, 0.0, up))) +
         palette.surface(kLed, Colour{0.35, 0.45, 0.75} * (0.0010 + 0.0008 * cloud));
}

Colour NightStreet::light(Point at, double, const Palette& palette) const {
  const auto [side, p] = kStreet.hit(at);
  if (side != Side::bottom) return dry(at, palette);
  Colour seen;
  if (on_sign(at, palette, seen)) return seen;
  if (const auto c = car(at, palette)) return *c;
  const bool pavement = p.x < kKerbLeft || p.x > kKerbRight;
  const double grain = 0.8 + 0.5 * fractal_noise({p.x * 14, p.z * 14});
  const bool kerb = exact::abs(p.x - kKerbLeft) < 0.12 || exact::abs(p.x - kKerbRight) < 0.12;
  const bool joint = pavement && (p.z - exact::floor(p.z) < 0.03 || p.x * 1.4 - exact::floor(p.x * 1.4) < 0.04);
  const bool line = exact::abs(p.x - 0.4) < 0.07 && p.z * 0.2 - exact::floor(p.z * 0.2) < 0.5;
  const double tone = kerb ? 0.16 : joint ? 0.04 : pavement ? 0.12 : line ? 0.32 : 0.045;
  const StreetLight lit = street_light(p, {0, -1, 0});
  Colour sum =
      palette.surface(kSodium, grey(tone * grain * lit.sodium)) + palette.surface(kLed, grey(tone * grain * lit.led));
  // A film of water mirrors the street, all the more the flatter the view (Schlick 1994); ripples and the asphalt's
  // grain draw the lights downwards, puddles keep them.
  const double puddle =
      smooth_step(0.50, 0.62, value_noise({p.x * 0.55 + 9, p.z * 0.28}) + 0.2 * fractal_noise({p.x * 3, p.z * 2}));
  const double below = at.y - kStreet.vanishing.y, flat = 1 - exact::clamp(below / kStreet.focal * 1.3, 0, 1);
  const double mirror = (0.03 + 0.45 * flat * flat * flat * flat) * (pavement ? 0.5 : 1) * (0.45 + 0.55 * puddle);
  const double rough = (1 - puddle) * (0.25 + 0.3 * value_noise({p.x * 40, p.z * 16})) + 0.03;
  const Point ripple{value_noise({p.x * 17, p.z * 9}) - 0.5,
                     value_noise({p.x * 9 + 40, p.z * 21}) + 0.8 * value_noise({p.x * 38, p.z * 66 + 7}) - 0.9};
  const Point mirrored{at.x + 0.05 * rough * ripple.x, kStreet.vanishing.y - below * (1 + 1.3 * rough * ripple.y)};
  return sum + dry(mirrored, palette) * mirror;
}

}  // namespace sunny16::sim
