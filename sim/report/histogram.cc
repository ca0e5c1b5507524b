#include "sim/report/histogram.h"

#include <algorithm>
#include <vector>

#include "hal/api/raw_sample.h"
#include "isp/core/exact_math.h"
#include "sim/report/html.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;

constexpr int kWidth = 560, kHeight = 160, kLegend = 20;

using Counts = std::array<std::vector<double>, 3>;

/// Areas of three colours; heights are square roots, so that small parts show. The outermost bins, where clipped values
/// gather, may rise out of the picture.
std::string svg(const Counts& counts, std::string_view title, const std::vector<std::string>& legend) {
  double most = 1;
  for (const auto& colour : counts)
    for (std::size_t i = 1; i + 1 < colour.size(); ++i) most = std::max(most, colour[i]);
  std::string out = "<svg class=\"histogram\" viewBox=\"0 0 " + std::to_string(kWidth) + ' ' +
                    std::to_string(kHeight + kLegend) + "\" role=\"img\" aria-label=\"" + escaped(title) + "\">\n";
  constexpr std::array<const char*, 3> kClasses{"r", "g", "b"};
  for (std::size_t c = 0; c < 3; ++c) {
    const double step = static_cast<double>(kWidth) / static_cast<double>(counts[c].size());
    out += "<path class=\"" + std::string(kClasses[c]) + "\" d=\"M0," + std::to_string(kHeight);
    for (std::size_t i = 0; i < counts[c].size(); ++i) {
      const double height = kHeight * exact::min(1, exact::sqrt(counts[c][i] / most));
      out += " L" + fixed((static_cast<double>(i) + 0.5) * step, 1) + ',' + fixed(kHeight - height, 1);
    }
    out += " L" + std::to_string(kWidth) + ',' + std::to_string(kHeight) + "Z\"/>\n";
  }
  for (std::size_t i = 0; i < legend.size(); ++i) {
    const bool first = i == 0, last = i + 1 == legend.size();
    out += "<text x=\"" +
           fixed(first  ? 4
                 : last ? kWidth - 4
                        : kWidth * static_cast<double>(i) / static_cast<double>(legend.size() - 1),
                 0) +
           "\" y=\"" + std::to_string(kHeight + 14) + "\" text-anchor=\"" +
           (first  ? "start"
            : last ? "end"
                   : "middle") +
           "\">" + escaped(legend[i]) + "</text>\n";
  }
  return out + "</svg>\n";
}

}  // namespace

std::string raw_histogram_svg(const hal::RawFrame& frame) {
  constexpr int kStops = 12, kBinsPerStop = 8;
  // Logarithms for each of the 65,536 samples that there may be, not for each pixel.
  std::array<std::vector<std::uint32_t>, 4> levels;
  for (auto& plane : levels) plane.resize(65536);
  for (int y = 0; y < frame.raw.height; ++y)
    for (int x = 0; x < frame.raw.width; ++x)
      ++levels[isp::quad_plane(frame.raw.phase, x, y)][hal::raw_sample(frame.raw, x, y)];
  Counts counts;
  for (auto& colour : counts) colour.resize(kStops * kBinsPerStop);
  for (std::size_t plane = 0; plane < 4; ++plane)
    for (std::size_t level = 0; level < levels[plane].size(); ++level) {
      const double part = (static_cast<double>(level) - frame.black[plane]) / (frame.white - frame.black[plane]);
      const double stop = part > 0 ? kStops + isp::exact::log2(part) : 0;
      const auto bin = static_cast<std::size_t>(exact::clamp(stop * kBinsPerStop, 0, kStops * kBinsPerStop - 1));
      counts[(plane + 1) / 2][bin] += levels[plane][level] * (plane == 1 || plane == 2 ? 0.5 : 1);
    }
  return svg(counts, "Histogram of the raw samples", {"-12 stops", "-9", "-6", "-3", "white"});
}

std::string picture_histogram_svg(firmware::Rgb8 picture) {
  Counts counts;
  for (auto& colour : counts) colour.resize(256);
  for (int y = 0; y < picture.height; ++y)
    for (int i = 0; i < picture.width; ++i) ++counts[static_cast<std::size_t>(i % 3)][picture.row(y)[i]];
  return svg(counts, "Histogram of the picture", {"0", "64", "128", "192", "255"});
}

}  // namespace sunny16::sim
