// Weighted histogram of luma, for exposure.
//
// Domain: linear raw. 1024 even bins from black to white; what is brighter counts in the last one. The frame has 16 x
// 16 zones with weights (metering modes, faces). One quad in four is enough and is what is counted: every second row
// and column.
#pragma once

#include "isp/stage/tap.h"
#include "isp/taps/luma.h"
#include "isp/taps/zones.h"

namespace sunny16::isp {

struct HistogramTuning {
  bool enabled = true;
  std::array<double, 256> weights = [] {
    std::array<double, 256> even;
    even.fill(1);
    return even;
  }();
};
template <>
struct Describe<HistogramTuning> {
  static constexpr auto fields = std::tuple{
      field<&HistogramTuning::enabled>("enabled", 0, 1, "", "Count the luma histogram; automatic exposure needs it."),
      field<&HistogramTuning::weights>("weights", 0, 1, "ratio", "Metering weights of 16 x 16 zones, row by row.")};
};

struct Histogram {
  static constexpr std::string_view name = "histogram";
  using In = domain::LinearRaw;
  using Tuning = HistogramTuning;
  static constexpr int kZones = 16;
  /// Largest weight. Bound of a bin: 8192^2 quads * 63 < 2^32, even without sub-sampling.
  static constexpr int kMaxWeight = 63;
  struct Registers {
    std::int32_t enabled = 0;
    std::int32_t step = 2;  ///< counts each step-th quad of each step-th row
    Zones<kZones> x, y;
    LumaWeights luma;
    std::array<std::array<std::uint8_t, kZones>, kZones> weights{};
  };

  /// floor(luma / 15) to within a quarter of a bin; 15 levels a bin make 1024 bins of black .. white.
  static constexpr std::uint16_t kBinScale = 4370;
  static_assert(domain::LinearRaw::range == 15 * Statistics::kHistogramBins);

  static constexpr int border_x = 0;
  static void reference_row(const Registers&, const RowIo&, Span, Statistics&);
  static void fast_row(const Registers&, const RowIo&, Span, Statistics&);
  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
