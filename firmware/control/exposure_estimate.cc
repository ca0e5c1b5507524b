#include "firmware/control/exposure_estimate.h"

#include "isp/core/exact_math.h"
#include "isp/core/layout.h"

namespace sunny16::firmware {

namespace {

namespace exact = isp::exact;

/// Level below which a part of the histogram lies; `total` is that of its weights.
double quantile(const isp::Statistics& statistics, double total, double part) {
  const auto& bins = statistics.histogram;
  double seen = 0;
  for (std::size_t i = 0; i < bins.size(); ++i) {
    seen += bins[i];
    if (seen >= part * total) return (static_cast<double>(i) + 0.5) / static_cast<double>(bins.size());
  }
  return 1;
}

double total_of(const isp::Statistics& statistics) {
  double total = 0;
  for (const std::uint32_t n : statistics.histogram) total += n;
  return total;
}

/// Brings the middle tones to mid-grey. The middle is the mean logarithm between two quantiles: neither a black border
/// nor a lamp moves it.
double wanted_gain(const isp::Statistics& statistics, double total) {
  constexpr double kMidGrey = 0.18;
  double middle = 0;
  for (int i = 1; i <= 9; ++i) middle += exact::log(quantile(statistics, total, 0.1 * i)) / 9;
  return kMidGrey / exact::exp(middle);
}

}  // namespace

double mean_luminance(const isp::Statistics& statistics) {
  isp::Statistics::Sum all;
  for (const isp::Statistics::Sum& band : statistics.rows) all += band;
  return all.mean() / 2 / isp::domain::LinearRaw::range;
}

double estimate_exposure_gain(const isp::Statistics& statistics) {
  constexpr double kHighlight = 1.0, kHighlightPart = 0.99, kLargest = 8;
  const double total = total_of(statistics);
  if (total == 0) return 1;
  const double allowed = kHighlight / quantile(statistics, total, kHighlightPart);
  return exact::clamp(exact::min(wanted_gain(statistics, total), exact::max(1, allowed)), 1, kLargest);
}

double estimate_midtone_gain(const isp::Statistics& statistics) {
  constexpr double kLargest = 4;
  const double total = total_of(statistics);
  return total == 0 ? 1 : exact::clamp(wanted_gain(statistics, total), 1, kLargest);
}

}  // namespace sunny16::firmware
