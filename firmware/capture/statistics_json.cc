#include "firmware/capture/statistics_json.h"

#include <array>

namespace sunny16::firmware {

nlohmann::ordered_json histogram_json(const isp::Statistics& statistics) {
  constexpr std::size_t kBars = 64, kBinsOfBar = isp::Statistics::kHistogramBins / kBars;
  std::array<double, kBars> bars{};
  double sum = 0;
  for (std::size_t i = 0; i < statistics.histogram.size(); ++i) {
    bars[i / kBinsOfBar] += statistics.histogram[i];
    sum += statistics.histogram[i];
  }
  if (sum > 0)
    for (double& bar : bars) bar /= sum;
  return bars;
}

}  // namespace sunny16::firmware
