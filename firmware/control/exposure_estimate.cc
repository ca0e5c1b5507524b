#include "firmware/control/exposure_estimate.h"

#include <algorithm>

#include "isp/core/exact_math.h"

namespace sunny16::firmware {

double estimate_exposure_gain(const isp::Statistics& statistics) {
  constexpr double kMidGrey = 0.18, kHighlight = 1.0, kHighlightPart = 0.99, kLargest = 8;
  const auto& bins = statistics.histogram;
  std::uint64_t total = 0;
  for (const std::uint32_t n : bins) total += n;
  if (total == 0) return 1;
  const auto quantile = [&](double part) {
    const double wanted = part * static_cast<double>(total);
    double seen = 0;
    for (std::size_t i = 0; i < bins.size(); ++i) {
      seen += bins[i];
      if (seen >= wanted) return (static_cast<double>(i) + 0.5) / static_cast<double>(bins.size());
    }
    return 1.0;
  };
  // The middle is the mean logarithm between two quantiles: neither a black border nor a lamp moves it.
  double middle = 0;
  for (int i = 1; i <= 9; ++i) middle += isp::exact::log(quantile(0.1 * i)) / 9;
  const double wanted = kMidGrey / isp::exact::exp(middle), allowed = kHighlight / quantile(kHighlightPart);
  return std::clamp(std::min(wanted, std::max(1.0, allowed)), 1.0, kLargest);
}

}  // namespace sunny16::firmware
