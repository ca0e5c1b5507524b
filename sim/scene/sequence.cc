#include "sim/scene/sequence.h"

#include <cmath>
#include <string>

#include "sim/light/simulation_error.h"
#include "sim/scene/pattern.h"
#include "sim/scene/shapes.h"

namespace sunny16::sim {
namespace {

constexpr int kPathRate = 1000;                                     ///< poses a second
constexpr std::array kWaves{4, 7, 11, 17, 26, 37, 53, 71, 83, 96};  ///< cycles in HandShake::kPeriod

/// A random wave of root mean square 1, from its spectrum.
double tremble(double time, int seed, int axis) {
  double sum = 0, power = 0;
  for (const int cycles : kWaves) {
    const double amplitude = 1.0 / cycles;
    sum += amplitude * sine(cycles * time / HandShake::kPeriod + cell_noise(seed * 3 + axis, cycles));
    power += amplitude * amplitude / 2;
  }
  return sum / std::sqrt(power);
}

/// From 0 to `span` and again from 0.
double wrapped(double v, double span) { return v - span * exact::floor(v / span); }

}  // namespace

HandShake::HandShake(std::unique_ptr<Scene> scene, double shift, double turn, int seed) : Sequence(std::move(scene)) {
  constexpr double kTurn = 6.283185307179586;  // the sine of an angle as small as this is the angle
  const auto from_start = [seed](double time, int axis) { return tremble(time, seed, axis) - tremble(0, seed, axis); };
  for (int i = 0; i <= kPathRate * kPeriod; ++i) {
    const double time = static_cast<double>(i) / kPathRate;
    path_.push_back({.shift = {shift * from_start(time, 0), shift * from_start(time, 1)},
                     .sine = turn * kTurn * from_start(time, 2)});
  }
}

HandShake::Pose HandShake::pose(double time) const {
  const double place = wrapped(time, kPeriod) * kPathRate;
  const std::size_t i = std::min(static_cast<std::size_t>(place), path_.size() - 2);
  const double t = place - static_cast<double>(i);
  const Pose &a = path_[i], &b = path_[i + 1];
  return {a.shift * (1 - t) + b.shift * t, a.sine * (1 - t) + b.sine * t};
}

Colour HandShake::light(Point at, double time, const Palette& palette) const {
  const auto [shift, sine] = pose(time);
  const double cosine = std::sqrt(1 - sine * sine);
  return scene().light(Point{at.x * cosine - at.y * sine, at.x * sine + at.y * cosine} + shift, time, palette);
}

Colour MovingObjects::light(Point at, double time, const Palette& palette) const {
  constexpr double kSpan = 2.4;  // beyond both sides of the widest picture
  const auto crossing = [&](double start, double speed) { return wrapped(start + speed * time, kSpan) - kSpan / 2; };

  const Point ball = at - Point{0.1, wrapped(0.3 + 2 * time, 1.6) - 0.8};
  if (const double r2 = dot(ball, ball) / (0.05 * 0.05); r2 < 1)
    return palette.surface(0, Colour{0.75, 0.16, 0.03} * (1 - 0.6 * r2));
  const Point disc = at - Point{crossing(0.6, 0.6), -0.12};
  if (dot(disc, disc) < 0.09 * 0.09) {
    const double stripe = disc.x * 40 - exact::floor(disc.x * 40);
    return palette.white(0) * (stripe < 0.5 ? 0.06 : 0.8);
  }
  const Point card = at - Point{-crossing(1.0, 0.15), 0.2};
  if (Box{{-0.12, -0.08}, {0.12, 0.08}}.contains(card)) {
    const double field = exact::floor(card.x * 25) + exact::floor(card.y * 25);
    return palette.surface(0, wrapped(field, 2) < 1 ? Colour{0.05, 0.12, 0.30} : Colour{0.80, 0.72, 0.40});
  }
  return scene().light(at, time, palette);
}

std::vector<Lamp> LightSwitchedOn::lamps(const Lamp& main) const {
  std::vector<Lamp> lamps = scene().lamps(main);
  lamps.front().on_from_s = at_s_;
  return lamps;
}

Colour Dusk::light(Point at, double time, const Palette& palette) const {
  return scene().light(at, time, palette) * exact::max(exact::exp2(-stops_per_s_ * time), rest_);
}

std::vector<Lamp> MainsFlicker::lamps(const Lamp& main) const {
  std::vector<Lamp> lamps = scene().lamps(main);
  lamps.front().flicker = Flicker::sine;
  lamps.front().flicker_hz = 2 * mains_hz_;
  lamps.front().modulation = modulation_;
  return lamps;
}

namespace {

using Base = std::unique_ptr<Scene>;

struct Entry {
  SceneName name;
  std::unique_ptr<Scene> (*make)(Base);
};

const std::vector<Entry> kSequences{
    {{"hand-shake", "The camera in a hand: 0.3 % of the height, 0.03 degrees, rms"},
     [](Base s) -> Base { return std::make_unique<HandShake>(std::move(s), 0.003, 0.03 / 360, 1); }},
    {{"pan", "The camera turns by a quarter of the picture's height a second"},
     [](Base s) -> Base { return std::make_unique<Pan>(std::move(s), 0.25); }},
    {{"moving-objects", "A ball, a disc and a card cross at 0.15 to 2 heights a second"},
     [](Base s) -> Base { return std::make_unique<MovingObjects>(std::move(s)); }},
    {{"light-switched-on", "The main lamp comes on at 1/2 s"},
     [](Base s) -> Base { return std::make_unique<LightSwitchedOn>(std::move(s), 0.5); }},
    {{"dusk", "The light falls to 1/200 within a minute"},
     [](Base s) -> Base { return std::make_unique<Dusk>(std::move(s), 0.1274, 1.0 / 200); }},
    {{"flicker-50", "The main lamp flickers at 100 Hz, modulation 0.5"},
     [](Base s) -> Base { return std::make_unique<MainsFlicker>(std::move(s), 50, 0.5); }},
    {{"flicker-60", "The main lamp flickers at 120 Hz, modulation 0.5"},
     [](Base s) -> Base { return std::make_unique<MainsFlicker>(std::move(s), 60, 0.5); }},
};

}  // namespace

const std::vector<SceneName>& sequence_names() {
  static const std::vector<SceneName> kNames = [] {
    std::vector<SceneName> names;
    for (const Entry& entry : kSequences) names.push_back(entry.name);
    return names;
  }();
  return kNames;
}

std::unique_ptr<Scene> make_sequence(std::string_view name, std::unique_ptr<Scene> scene) {
  std::string allowed;
  for (const Entry& entry : kSequences) {
    if (entry.name.name == name) return entry.make(std::move(scene));
    allowed += (allowed.empty() ? "" : " ") + std::string(entry.name.name);
  }
  throw SimulationError("sequence: found \"" + std::string(name) + "\", allowed " + allowed);
}

}  // namespace sunny16::sim
