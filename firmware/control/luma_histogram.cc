#include "firmware/control/luma_histogram.h"

#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

/// Levels above white are guessed from those just below it, which are denser; and how far above the guess may reach.
constexpr double kBelowWhite = 0.75, kThinner = 1.0 / 3, kMostAbove = 8;
constexpr double kMostStops = 10;

/// Mean of min(level, 1) over levels spread evenly from `low` to `high`.
double clipped_mean(double low, double high) {
  if (high <= 1) return (low + high) / 2;
  if (low >= 1) return 1;
  return ((1 - low * low) / 2 + (high - 1)) / (high - low);
}

}  // namespace

LumaHistogram::LumaHistogram(const isp::Statistics& statistics) {
  for (const std::uint32_t weight : statistics.histogram) total_ += weight;
  if (empty()) return;
  for (std::size_t bin = 0; bin < kBins; ++bin) share_[bin] = statistics.histogram[bin] / total_;
  double below = 0;
  for (auto bin = static_cast<std::size_t>(kBelowWhite * kBins); bin + 1 < kBins; ++bin) below += share_[bin];
  const double spread = kThinner * below / (1 - kBelowWhite);
  brightest_ = 1 + (clipped() < kMostAbove * spread ? clipped() / spread : kMostAbove);
}

double LumaHistogram::quantile(double share) const {
  double below = 0;
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    if (below + share_[bin] >= share && share_[bin] > 0)
      return lower_edge(bin) + (upper_edge(bin) - lower_edge(bin)) * exact::max(share - below, 0) / share_[bin];
    below += share_[bin];
  }
  return brightest_;
}

double LumaHistogram::inter_quantile_mean(double low, double high) const {
  double below = 0, sum = 0, counted = 0;
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    const double from = exact::max(low - below, 0), to = exact::min(high - below, share_[bin]);
    below += share_[bin];
    if (to <= from) continue;
    const double middle = (from + to) / 2 / share_[bin];
    sum += (to - from) * (lower_edge(bin) + (upper_edge(bin) - lower_edge(bin)) * middle);
    counted += to - from;
  }
  return counted > 0 ? sum / counted : quantile(high);
}

double LumaHistogram::mean(double gain) const {
  double sum = 0;
  for (std::size_t bin = 0; bin < kBins; ++bin)
    if (share_[bin] > 0) sum += share_[bin] * clipped_mean(gain * lower_edge(bin), gain * upper_edge(bin));
  return sum;
}

double LumaHistogram::gain_to(double target) const {
  double low = -kMostStops, high = kMostStops;
  for (int i = 0; i < 24; ++i) {
    const double middle = (low + high) / 2;
    (mean(exact::exp2(middle)) < target ? low : high) = middle;
  }
  return exact::exp2((low + high) / 2);
}

}  // namespace sunny16::firmware
