// Sums of red, green and blue in 96 x 72 cells of the frame, for what must know the whole picture: local tone mapping,
// bloom.
//
// Domain: linear raw. Every quad counts, clipped and dark ones too; levels below black count as black.
#pragma once

#include "isp/stage/tap.h"
#include "isp/taps/zones.h"

namespace sunny16::isp {

struct ThumbnailTuning {
  bool enabled = true;
};
template <>
struct Describe<ThumbnailTuning> {
  static constexpr auto fields =
      std::tuple{field<&ThumbnailTuning::enabled>("enabled", 0, 1, "", "Sum the cells where a stage needs them.")};
};

struct ThumbnailCells {
  static constexpr std::string_view name = "thumbnail";
  using In = domain::LinearRaw;
  using Tuning = ThumbnailTuning;
  struct Registers {
    std::int32_t enabled = 0;
    Zones<Statistics::kThumbnailColumns> x;
    Zones<Statistics::kThumbnailRows> y;
  };

  static constexpr int border_x = 0;
  static void reference_row(const Registers&, const RowIo&, Span, Statistics&);
  static void fast_row(const Registers&, const RowIo&, Span, Statistics&);
  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
