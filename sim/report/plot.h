// Plots as SVG: lines, points and bars over linear or logarithmic axes. Colours come from the report's style sheet, so
// that they suit light and dark pages; the same data gives the same text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sunny16::sim {

/// Colours that series have one after the other: c0 to c5 of the style sheet.
inline constexpr std::size_t kSeriesColours = 6;

struct Axis {
  std::string label = {}, unit = {};
  bool logarithmic = false;
  std::optional<double> from = {}, to = {};  ///< else as the data are
};

struct Series {
  enum class Kind : std::uint8_t { line, points, bars };

  std::string name;
  std::vector<double>
      x = {},
      y = {};  ///< of the same size; values that are not finite, or not above 0 on a logarithmic axis, are gaps
  std::vector<double> low = {}, high = {};  ///< if given: a band of uncertainty around y
  Kind kind = Kind::line;
  std::string colour = {};  ///< "red", "green", "blue", "grey", "c0" to "c5"; empty: the next of those six
};

struct Plot {
  std::string title;
  Axis x, y;
  std::vector<Series> series = {};  ///< with a legend if there are several
};

/// An <svg> element.
std::string svg(const Plot& plot);

/// Places of an axis's marks between `from` and `to`, about `most` or fewer: multiples of 1, 2 or 5 times a power of
/// ten; on a logarithmic axis (0 < from) powers of ten, and of less than three decades their doubles and fives.
std::vector<double> nice_ticks(double from, double to, bool logarithmic, int most = 6);

}  // namespace sunny16::sim
