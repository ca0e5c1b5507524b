#include "sim/scene/resolution_wedges.h"

#include "sim/scene/charts.h"
#include "sim/scene/lettering.h"
#include "sim/scene/pattern.h"

namespace sunny16::sim {
namespace {

constexpr int kLines = 9;
constexpr double kNumberHeight = 0.016, kStroke = 0.075;  ///< of the picture's height; of a letter's, half its width
constexpr std::array<Box, 2> kCentreMark{{{{-0.03, -0.03}, {0, 0}}, {{0, 0}, {0.03, 0.03}}}};

}  // namespace

void ResolutionWedges::add(Point start, Point along, double length, int coarse, int fine) {
  Wedge w{start, along, length, coarse / 2.0, fine / 2.0, {start, start}, {}};
  constexpr int kBetweenNumbers = 200;
  const double half = kLines / (2 * w.coarse);
  const Point aside = along.x != 0 ? Point{0, -1} : Point{1, 0};
  for (int widths = coarse; widths <= fine; widths += kBetweenNumbers) {
    const double way = length * (widths - coarse) / (fine - coarse);
    const std::string text = std::to_string(widths / 100);
    const Point middle = start + along * way + aside * (half + 0.8 * kNumberHeight);
    const Point size{text_width(text) * kNumberHeight, kNumberHeight};
    w.numbers.push_back({text, middle - size * 0.5, kNumberHeight});
  }
  const Point end = start + along * length;
  w.around = Box{{exact::min(start.x, end.x), exact::min(start.y, end.y)},
                 {exact::max(start.x, end.x), exact::max(start.y, end.y)}}
                 .grown(half + 3 * kNumberHeight);
  wedges_.push_back(std::move(w));
}

ResolutionWedges::ResolutionWedges() {
  for (const double side : {-1.0, 1.0}) {
    add({0.46 * side, 0}, {-side, 0}, 0.38, 200, 2000);
    add({0, 0.44 * side}, {0, -side}, 0.36, 200, 2000);
    for (const double row : {-1.0, 1.0}) {
      add({0.34 * side, 0.40 * row}, {side, 0}, 0.24, 400, 1600);
      add({0.22 * side, 0.42 * row}, {0, -row}, 0.24, 400, 1600);
    }
  }
}

bool ResolutionWedges::Wedge::ink(Point at) const {
  const Point d = at - start;
  const double way = dot(d, along);
  if (way >= 0 && way <= length) {
    const double phase = (d.x * along.y - d.y * along.x) * frequency(way);
    if (exact::abs(phase) < kLines / 2.0) return exact::abs(phase - exact::floor(phase + 0.5)) < 0.25;
  }
  for (const Number& number : numbers)
    if (Box{number.corner,
            number.corner + Point{0.9 * number.height * static_cast<double>(number.text.size()), number.height}}
            .contains(at))
      return distance_to_text(number.text, (at - number.corner) * (1 / number.height)) < kStroke;
  return false;
}

Colour ResolutionWedges::light(Point at, double, const Palette& palette) const {
  bool ink = kCentreMark[0].contains(at) || kCentreMark[1].contains(at);
  for (const Wedge& wedge : wedges_) ink = ink || (wedge.around.contains(at) && wedge.ink(at));
  return palette.white(0) * (ink ? kInk : kPaper);
}

std::vector<Target> ResolutionWedges::targets() const {
  const auto paper = [](const char* name, Box box) {
    return Target{.kind = TargetKind::flat, .name = name, .corners = box.corners(), .luminance = kPaper};
  };
  return {paper("left", {{-0.62, -0.2}, {-0.54, 0.2}}), paper("right", {{0.54, -0.2}, {0.62, 0.2}})};
}

}  // namespace sunny16::sim
