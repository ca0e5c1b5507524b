#include "sim/compare/value_difference.h"

#include <algorithm>
#include <cmath>

#include "sim/report/html.h"

namespace sunny16::sim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kShort = 12;  // numbers that a line shows one by one

bool is_numbers(const Json& value) {
  return value.is_array() && !value.empty() && std::ranges::all_of(value, [](const Json& v) { return v.is_number(); });
}

/// A parameter that follows the light (firmware/tuning/adaptive.h).
bool is_curve(const Json& value) { return value.is_object() && value.contains("by") && value.contains("at"); }

bool has_members(const Json& value) { return value.is_object() && !is_curve(value); }

/// What is different between two long arrays: not their numbers.
ValueDifference array_difference(const std::string& name, const Json& first, const Json& second) {
  double sum = 0, most = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    const double d = std::abs(second[i].get<double>() - first[i].get<double>());
    sum += d;
    if (d > most) most = d, at = i;
  }
  return {name, value_text(first),
          value_text(second) + "; differing by " + significant(sum / static_cast<double>(first.size()), 3) +
              " on average, at most " + significant(most, 3) + " at [" + std::to_string(at) + "]"};
}

void walk(const std::string& name, const Json& first, const Json& second, std::vector<ValueDifference>& out) {
  if (first == second) return;
  if (has_members(first) && has_members(second)) {
    const auto member = [&](const std::string& key) { return name.empty() ? key : name + "." + key; };
    const Json none;
    for (const auto& [key, value] : first.items())
      walk(member(key), value, second.contains(key) ? second[key] : none, out);
    for (const auto& [key, value] : second.items())
      if (!first.contains(key)) walk(member(key), none, value, out);
  } else if (first.is_array() && second.is_array() && first.size() == second.size() && !is_numbers(first)) {
    for (std::size_t i = 0; i < first.size(); ++i) walk(name + "[" + std::to_string(i) + "]", first[i], second[i], out);
  } else if (is_numbers(first) && is_numbers(second) && first.size() == second.size() && first.size() > kShort) {
    out.push_back(array_difference(name, first, second));
  } else {
    out.push_back({name, value_text(first), value_text(second)});
  }
}

}  // namespace

std::string value_text(const Json& value) {
  if (value.is_null()) return "–";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number()) return significant(value.get<double>(), 6);
  if (is_curve(value)) {
    std::string text = "by " + value_text(value["by"]) + ":";
    for (std::size_t i = 0; i < value["at"].size(); ++i)
      text += (i ? ", " : " ") + value_text(value["at"][i]) + " → " + value_text(value["value"][i]);
    return text;
  }
  if (is_numbers(value) && value.size() > kShort) {
    const auto numbers = value.get<std::vector<double>>();
    const auto [least, most] = std::ranges::minmax(numbers);
    return std::to_string(value.size()) + " numbers from " + significant(least, 4) + " to " + significant(most, 4);
  }
  if (is_numbers(value)) {
    std::string text;
    for (const Json& v : value) text += (text.empty() ? "" : ", ") + value_text(v);
    return text;
  }
  if (value.is_array()) return value.empty() ? "none" : std::to_string(value.size()) + " entries";
  return value.dump();
}

std::vector<ValueDifference> differing_values(const Json& first, const Json& second) {
  std::vector<ValueDifference> out;
  walk("", first, second, out);
  return out;
}

}  // namespace sunny16::sim
