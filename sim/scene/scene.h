// A scene: what light comes from each point of the picture, before any lens or sensor.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "isp/core/describe.h"
#include "sim/scene/palette.h"

namespace sunny16::sim {

/// A point of the picture in units of its height: the centre is (0, 0), y runs from -1/2 at the top to 1/2.
struct Point {
  double x = 0, y = 0;
  friend constexpr Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
  friend constexpr Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
  friend constexpr Point operator*(Point a, double s) { return {a.x * s, a.y * s}; }
  friend constexpr double dot(Point a, Point b) { return a.x * b.x + a.y * b.y; }
};

/// What can be measured in a scene, and where.
enum class TargetKind : std::uint8_t {
  colour_checker,  ///< corners: centres of the patches dark skin, bluish green, black and white
  grey_step,       ///< an even patch; `luminance` is its reflectance
  edge,            ///< a slanted edge runs through the middle; `luminance` is the contrast, light over dark
  flat,            ///< an even area
  dead_leaves,     ///< discs of random size and grey
  star,            ///< Siemens star that touches the sides; `cycles` around
  dots,            ///< a regular grid of dark dots, the outermost on the corners; `columns` and `rows`
  face,            ///< a person's face, from the chin to the hair
};

struct Target {
  TargetKind kind = TargetKind::flat;
  std::string name;
  std::array<Point, 4> corners{};  ///< from the upper left clockwise
  double luminance = 1;            ///< see TargetKind; a perfect white surface in full light is 1
  int cycles = 0, columns = 0, rows = 0;
};

/// The rectangle between two opposite corners.
constexpr std::array<Point, 4> rectangle(Point from, Point to) {
  return {from, Point{to.x, from.y}, to, Point{from.x, to.y}};
}

class Scene {
 public:
  virtual ~Scene() = default;
  /// What lights the scene, given the light that the user asks for. The first is the main one: exposure and white
  /// balance are judged by it.
  virtual std::vector<Lamp> lamps(const Lamp& main) const { return {main}; }
  /// Reflectances besides the mixtures of the RGB basis.
  virtual std::span<const Spectrum> materials() const { return {}; }
  /// The signal from a point at a time in seconds. Pure: called from several threads at the same time.
  virtual Colour light(Point at, double time, const Palette& palette) const = 0;
  /// Whether light() depends on the time.
  virtual bool moves() const { return false; }
  virtual std::vector<Target> targets() const { return {}; }
  virtual double distance_m() const { return 1.5; }
};

}  // namespace sunny16::sim

template <>
struct sunny16::isp::EnumNames<sunny16::sim::TargetKind> {
  static constexpr std::array<std::string_view, 8> names{"colour_checker", "grey_step", "edge", "flat",
                                                         "dead_leaves",    "star",      "dots", "face"};
};
