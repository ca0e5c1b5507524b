#include "firmware/control/focus_contrast.h"

#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

/// How much of zone i the part from `start`, `length` long, covers.
double covered(double start, double length, std::size_t i, std::size_t zones) {
  const double n = static_cast<double>(zones), zone = static_cast<double>(i);
  return exact::max(0, exact::min((start + length) * n, zone + 1) - exact::max(start * n, zone));
}

}  // namespace

FocusWindows::FocusWindows() : FocusWindows(std::vector<double>{}) {}

FocusWindows::FocusWindows(const std::vector<double>& windows) {
  const auto add = [this](double x, double y, double width, double height) {
    double sum = 0;
    for (std::size_t row = 0; row < kZones; ++row)
      for (std::size_t column = 0; column < kZones; ++column) {
        const double area = covered(x, width, column, kZones) * covered(y, height, row, kZones);
        weights_[row][column] += area;
        sum += area;
      }
    return sum;
  };
  double sum = 0;
  for (std::size_t i = 0; i + 4 <= windows.size(); i += 4)
    sum += add(windows[i], windows[i + 1], windows[i + 2], windows[i + 3]);
  if (!(sum > 0)) add(0.25, 0.25, 0.5, 0.5);
}

double FocusWindows::contrast(const isp::Statistics& statistics) const {
  double sum = 0, count = 0;
  for (std::size_t row = 0; row < kZones; ++row)
    for (std::size_t column = 0; column < kZones; ++column) {
      sum += weights_[row][column] * static_cast<double>(statistics.focus[row][column].sum);
      count += weights_[row][column] * static_cast<double>(statistics.focus[row][column].count);
    }
  return count > 0 ? sum / count : 0;
}

double mean_green(const isp::Statistics& statistics) {
  isp::Statistics::Sum all;
  for (const auto& band : statistics.rows) all += band;
  return all.mean() / 2;  // each quad counts once, and adds two greens
}

}  // namespace sunny16::firmware
