// Option values that the command line writes as text.
#pragma once

#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "isp/core/raw_view.h"
#include "sim/cli/commands.h"

namespace sunny16::cli {

/// Numbers separated by commas. Throws UsageError unless there are `count` finite ones.
inline std::vector<double> numbers(const std::string& option, std::string_view text, std::size_t count) {
  std::vector<double> values;
  const char *at = text.data(), *end = at + text.size();
  while (at < end) {
    double v = 0;
    const auto [next, error] = std::from_chars(at, end, v);
    if (error != std::errc() || !(v - v == 0) || (next < end && *next != ',')) break;
    values.push_back(v);
    at = next + 1;
    if (next == end) break;
  }
  if (values.size() != count || at != end + 1)
    throw UsageError(option + ": found \"" + std::string(text) + "\", allowed " + std::to_string(count) +
                     " numbers separated by commas");
  return values;
}

/// Checks a real number's range; CLI::Range would let a NaN pass.
inline CLI::Validator within(double minimum, double maximum) {
  const std::string range = "[" + CLI::detail::to_string(minimum) + " - " + CLI::detail::to_string(maximum) + "]";
  return {[=](std::string& text) {
            double v = 0;
            return CLI::detail::lexical_cast(text, v) && v >= minimum && v <= maximum
                       ? std::string()
                       : "found " + text + ", allowed " + range;
          },
          "FLOAT in " + range};
}

/// "W:H" in pixels. Throws UsageError outside the frame limits.
inline std::pair<int, int> size(const std::string& option, std::string_view text) {
  int width = 0, height = 0;
  const char* end = text.data() + text.size();
  const auto [colon, bad_width] = std::from_chars(text.data(), end, width);
  const bool separated = bad_width == std::errc() && colon < end && *colon == ':';
  const auto [last, bad_height] = std::from_chars(separated ? colon + 1 : end, end, height);
  const auto allowed = [](int side) { return side >= isp::kMinSide && side <= isp::kMaxSide; };
  if (!separated || bad_height != std::errc() || last != end || !allowed(width) || !allowed(height))
    throw UsageError(option + ": found \"" + std::string(text) + "\", allowed width:height, " +
                     std::to_string(isp::kMinSide) + " to " + std::to_string(isp::kMaxSide) + " pixels each");
  return {width, height};
}

/// One of `names`, as its index. Throws UsageError that lists them.
template <class Names>
std::size_t choice(const std::string& option, std::string_view text, const Names& names) {
  std::string allowed;
  for (std::size_t i = 0; i < std::size(names); ++i) {
    if (text == names[i]) return i;
    allowed.append(" ").append(names[i]);
  }
  throw UsageError(option + ": found \"" + std::string(text) + "\", allowed" + allowed);
}

}  // namespace sunny16::cli
