// A scene: what light comes from each point of the picture, before any lens or sensor.
#pragma once

namespace sunny16::sim {

/// A point of the picture in units of its height: the centre is (0, 0), y runs from -1/2 at the top to 1/2.
struct Point {
  double x = 0, y = 0;
  friend constexpr Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
  friend constexpr Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
  friend constexpr Point operator*(Point a, double s) { return {a.x * s, a.y * s}; }
  friend constexpr double dot(Point a, Point b) { return a.x * b.x + a.y * b.y; }
};

/// Linear light in sRGB's primaries, as an eye sees it that has adapted to the scene's illuminant: 1, 1, 1 is a perfect
/// white surface in full light. Real colours outside sRGB have negative parts, lamps are above 1.
struct Colour {
  double r = 0, g = 0, b = 0;
  friend constexpr Colour operator+(Colour a, Colour b) { return {a.r + b.r, a.g + b.g, a.b + b.b}; }
  friend constexpr Colour operator*(Colour a, double s) { return {a.r * s, a.g * s, a.b * s}; }
  friend constexpr Colour operator*(Colour a, Colour b) { return {a.r * b.r, a.g * b.g, a.b * b.b}; }
};

constexpr Colour grey(double v) { return {v, v, v}; }
constexpr Colour mix(Colour a, Colour b, double t) { return a * (1 - t) + b * t; }

class Scene {
 public:
  virtual ~Scene() = default;
  /// Pure: called from several threads at the same time.
  virtual Colour light(Point at) const = 0;
};

}  // namespace sunny16::sim
