// Option values that the command line writes as text.
#pragma once

#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

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
    throw UsageError(option + ": found \"" + std::string(text) + "\", allowed " + std::to_string(count) + " numbers separated by commas");
  return values;
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
