#include "firmware/tuning/described_text.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace sunny16::firmware {

namespace {

template <class T>
std::optional<T> whole_text(std::string_view text) {
  T v{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), v);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(v) : std::nullopt;
}

}  // namespace

/// A whole number stays one, so that errors show it as it was typed.
nlohmann::json number_from_text(std::string_view text) {
  if (const auto integer = whole_text<std::int64_t>(text)) return *integer;
  if (const auto number = whole_text<double>(text)) return *number;
  return std::string(text);  // refused as "not a number"
}

nlohmann::json numbers_from_text(std::string_view text) {
  auto array = nlohmann::json::array();
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    array.push_back(number_from_text(text.substr(0, comma)));
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  return array;
}

nlohmann::json bool_from_text(std::string_view text) {
  if (text == "true" || text == "on" || text == "1") return true;
  if (text == "false" || text == "off" || text == "0") return false;
  return std::string(text);  // refused as "not true or false"
}

nlohmann::json structure_from_text(std::string_view text, const std::string& path) { return read_json(text, path); }

}  // namespace sunny16::firmware
