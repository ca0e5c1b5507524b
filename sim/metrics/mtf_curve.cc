#include "sim/metrics/mtf_curve.h"

#include <algorithm>

namespace sunny16::sim {

std::vector<double> listed_frequencies_cy_px() {
  std::vector<double> frequency;
  for (int i = 0; i <= 100; ++i) frequency.push_back(i / 100.0);
  return frequency;
}

double frequency_at(double level, const std::vector<double>& frequency, const std::vector<double>& response) {
  const auto below = std::ranges::find_if(response, [level](double r) { return r <= level; });
  if (below == response.end()) return frequency.back();
  const auto i = static_cast<std::size_t>(below - response.begin());
  if (i == 0) return frequency.front();
  const double part = (response[i - 1] - level) / (response[i - 1] - response[i]);
  return frequency[i - 1] + part * (frequency[i] - frequency[i - 1]);
}

double response_at(double at, const std::vector<double>& frequency, const std::vector<double>& response) {
  const auto i = static_cast<std::size_t>(std::ranges::lower_bound(frequency, at) - frequency.begin());
  if (i == 0) return response.front();
  if (i == frequency.size()) return response.back();
  const double part = (at - frequency[i - 1]) / (frequency[i] - frequency[i - 1]);
  return response[i - 1] + part * (response[i] - response[i - 1]);
}

}  // namespace sunny16::sim
