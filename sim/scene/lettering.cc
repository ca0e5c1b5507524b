#include "sim/scene/lettering.h"

#include <vector>

#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

using Stroke = std::vector<Point>;
using Glyph = std::vector<Stroke>;

/// Part of an oval, angles in turns clockwise from the right.
Stroke arc(Point centre, Point radii, double from, double to) {
  constexpr int kPieces = 16;
  Stroke stroke;
  for (int i = 0; i <= kPieces; ++i) {
    const double turns = from + (to - from) * i / kPieces;
    stroke.push_back({centre.x + radii.x * sine(turns + 0.25), centre.y + radii.y * sine(turns)});
  }
  return stroke;
}

Stroke joined(Stroke a, const Stroke& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

Glyph upside_down(Glyph glyph) {
  for (Stroke& stroke : glyph)
    for (Point& p : stroke) p = Point{0.6, 1} - p;
  return glyph;
}

Glyph glyph(char letter) {
  const Glyph six{arc({0.3, 0.68}, {0.25, 0.27}, 0, 1), {{0.05, 0.68}, {0.08, 0.45}, {0.2, 0.2}, {0.44, 0.05}}};
  switch (letter) {
    case '0':
      return {arc({0.3, 0.5}, {0.26, 0.46}, 0, 1)};
    case '1':
      return {{{0.12, 0.22}, {0.34, 0.05}, {0.34, 0.95}}};
    case '2':
      return {joined(arc({0.3, 0.3}, {0.25, 0.26}, -0.5, 0.1), {{0.05, 0.95}, {0.57, 0.95}})};
    case '3':
      return {joined(arc({0.28, 0.27}, {0.22, 0.22}, -0.42, 0.25), arc({0.28, 0.72}, {0.26, 0.23}, -0.25, 0.42))};
    case '4':
      return {{{0.42, 0.95}, {0.42, 0.05}, {0.04, 0.68}, {0.58, 0.68}}};
    case '5':
      return {joined({{0.52, 0.05}, {0.13, 0.05}, {0.09, 0.45}}, arc({0.28, 0.66}, {0.27, 0.29}, -0.38, 0.42))};
    case '6':
      return six;
    case '7':
      return {{{0.04, 0.05}, {0.56, 0.05}, {0.22, 0.95}}};
    case '8':
      return {arc({0.3, 0.27}, {0.21, 0.22}, 0, 1), arc({0.3, 0.72}, {0.25, 0.23}, 0, 1)};
    case '9':
      return upside_down(six);
    case 'N':
      return {{{0.05, 0.95}, {0.05, 0.05}, {0.55, 0.95}, {0.55, 0.05}}};
    case 'S':
      return {joined(arc({0.3, 0.27}, {0.23, 0.22}, -0.08, -0.75), arc({0.3, 0.72}, {0.25, 0.23}, -0.25, 0.42))};
    case 'U':
      return {joined(joined({{0.05, 0.05}}, arc({0.3, 0.68}, {0.25, 0.27}, 0.5, 0)), {{0.55, 0.05}})};
    case 'Y':
      return {{{0.04, 0.05}, {0.3, 0.5}, {0.56, 0.05}}, {{0.3, 0.5}, {0.3, 0.95}}};
    default:
      return {};
  }
}

const Glyph& cut(char letter) {
  static const std::vector<Glyph> kGlyphs = [] {
    std::vector<Glyph> glyphs;
    for (int c = 0; c < 128; ++c) glyphs.push_back(glyph(static_cast<char>(c)));
    return glyphs;
  }();
  return kGlyphs[static_cast<std::size_t>(letter) & 127];
}

}  // namespace

double distance_to_text(std::string_view text, Point p) {
  double nearest = 1e9;
  for (const char letter : text) {
    if (p.x > -0.5 && p.x < 1.1)
      for (const Stroke& stroke : cut(letter))
        for (std::size_t i = 1; i < stroke.size(); ++i)
          nearest = exact::min(nearest, distance(stroke[i - 1], stroke[i], p));
    p.x -= kLetterAdvance;
  }
  return nearest;
}

}  // namespace sunny16::sim
