#include "sim/report/heat_map.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sunny16::sim {
namespace {

using Colour = std::array<double, 3>;

/// Lightness rises evenly from black to white.
Colour colour_at(double part) {
  constexpr std::array<Colour, 6> kStops{
      {{0, 0, 0}, {62, 15, 105}, {150, 32, 108}, {224, 82, 58}, {250, 176, 40}, {255, 255, 230}}};
  const double at = std::clamp(part, 0.0, 1.0) * (kStops.size() - 1);
  const auto below = static_cast<std::size_t>(std::min(at, kStops.size() - 2.0));
  Colour colour;
  for (std::size_t i = 0; i < 3; ++i)
    colour[i] = std::lerp(kStops[below][i], kStops[below + 1][i], at - static_cast<double>(below));
  return colour;
}

}  // namespace

Picture8 heat_map(isp::PlaneView<const float> magnitudes, double most, int width) {
  const int factor = std::max(1, (magnitudes.width + width - 1) / width);
  Picture8 picture(3 * std::max(1, magnitudes.width / factor), std::max(1, magnitudes.height / factor));
  for (int y = 0; y < picture.height(); ++y)
    for (int x = 0; x < picture.width() / 3; ++x) {
      double sum = 0;
      for (int dy = 0; dy < factor; ++dy)
        for (int dx = 0; dx < factor; ++dx)
          sum += double{magnitudes.row(std::min(y * factor + dy, magnitudes.height - 1))[x * factor + dx]};
      const Colour colour = colour_at(most > 0 ? sum / (factor * factor) / most : 0);
      for (std::size_t i = 0; i < 3; ++i)
        picture.row(y)[3 * x + static_cast<int>(i)] = static_cast<std::uint8_t>(colour[i] + 0.5);
    }
  return picture;
}

}  // namespace sunny16::sim
