// What taps count in a frame: integer sums. Threads and tiles count into their own Statistics, which are added up
// afterwards; the order does not matter, so a frame's statistics are exact and the same for any division of the work.
#pragma once

#include <array>
#include <cstdint>

namespace sunny16::isp {

/// Levels are linear raw above black, before white balance; a quad is a 2x2 cell of the colour filter array.
struct Statistics {
  static constexpr int kHistogramBins = 1024, kWhiteZones = 32, kRowBands = 512, kFocusZones = 8, kFloatingZones = 8;
  static constexpr int kThumbnailColumns = 96, kThumbnailRows = 72;

  struct Sum {
    std::uint64_t sum = 0, count = 0;
    constexpr double mean() const { return count ? static_cast<double>(sum) / static_cast<double>(count) : 0; }
    constexpr Sum& operator+=(const Sum& s) { return sum += s.sum, count += s.count, *this; }
    friend constexpr bool operator==(const Sum&, const Sum&) = default;
  };
  struct WhiteZone {
    std::uint64_t red = 0, green = 0, blue = 0;  ///< green: both greens of each quad
    std::uint64_t count = 0;                     ///< quads
    constexpr WhiteZone& operator+=(const WhiteZone& z) {
      return red += z.red, green += z.green, blue += z.blue, count += z.count, *this;
    }
    friend constexpr bool operator==(const WhiteZone&, const WhiteZone&) = default;
  };
  /// Bound: at most 86 x 114 quads, whose greens sum up to 2 * 61439 each: below 2^31.
  struct ThumbnailCell {
    std::uint32_t red = 0, green = 0, blue = 0;  ///< green: both greens of each quad
    std::uint32_t count = 0;                     ///< quads
    constexpr ThumbnailCell& operator+=(const ThumbnailCell& c) {
      return red += c.red, green += c.green, blue += c.blue, count += c.count, *this;
    }
    friend constexpr bool operator==(const ThumbnailCell&, const ThumbnailCell&) = default;
  };
  template <class T, int Columns, int Rows>
  using Grid = std::array<std::array<T, Columns>, Rows>;

  std::array<std::uint32_t, kHistogramBins> histogram{};      ///< sums of zone weights, by luma; black .. white
  Grid<WhiteZone, kWhiteZones, kWhiteZones> white_balance{};  ///< quads with every sample within limits
  std::array<Sum, kRowBands> rows{};                          ///< both greens; count of quads
  Grid<Sum, kFocusZones, kFocusZones> focus{};                ///< squares of high-passed greens; count of samples
  std::array<Sum, kFloatingZones> floating{};                 ///< luma; count of quads
  Grid<ThumbnailCell, kThumbnailColumns, kThumbnailRows> thumbnail{};  ///< every quad, clipped ones too

  Statistics& operator+=(const Statistics& s) {
    const auto add = [](auto& a, const auto& b) {
      for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
    };
    add(histogram, s.histogram);
    for (std::size_t i = 0; i < white_balance.size(); ++i) add(white_balance[i], s.white_balance[i]);
    add(rows, s.rows);
    for (std::size_t i = 0; i < focus.size(); ++i) add(focus[i], s.focus[i]);
    add(floating, s.floating);
    for (std::size_t i = 0; i < thumbnail.size(); ++i) add(thumbnail[i], s.thumbnail[i]);
    return *this;
  }
  friend bool operator==(const Statistics&, const Statistics&) = default;
};

}  // namespace sunny16::isp
