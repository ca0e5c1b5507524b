#include "firmware/control/controls.h"

namespace sunny16::firmware {
namespace {

/// Rounding of decimal fractions may leave a rectangle this far outside.
constexpr double kRounding = 1e-9;

bool inside(double x, double y, double width, double height) {
  return x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 1 + kRounding && y + height <= 1 + kRounding;
}

std::string number(double v) {
  std::string text = std::to_string(v);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string rectangle(double x, double y, double width, double height) {
  return number(x) + " " + number(y) + " " + number(width) + " " + number(height);
}

}  // namespace

std::string Controls::problem() const {
  constexpr std::size_t kMostWindows = 10;
  const auto& [shortest, longest] = frame_duration_limits;
  if (longest > 0 && shortest > longest)
    return ".FrameDurationLimits: found the shortest, " + number(shortest) + " us, above the longest, " +
           number(longest) + " us, allowed the shortest first";
  if ((colour_gains[0] > 0) != (colour_gains[1] > 0))
    return ".ColourGains: found " + number(colour_gains[0]) + " and " + number(colour_gains[1]) +
           ", allowed both above 0, or both 0";
  if (af_windows.size() % 4 != 0 || af_windows.size() > 4 * kMostWindows)
    return ".AfWindows: found " + std::to_string(af_windows.size()) + " numbers, allowed four for each window, up to " +
           std::to_string(kMostWindows) + " windows";
  for (std::size_t i = 0; i < af_windows.size(); i += 4)
    if (const double* w = af_windows.data() + i; !inside(w[0], w[1], w[2], w[3]))
      return ".AfWindows: found " + rectangle(w[0], w[1], w[2], w[3]) + ", allowed x y width height inside the picture";
  if (const auto& c = scaler_crop; !inside(c[0], c[1], c[2], c[3]))
    return ".ScalerCrop: found " + rectangle(c[0], c[1], c[2], c[3]) + ", allowed x y width height inside the picture";
  return {};
}

}  // namespace sunny16::firmware
