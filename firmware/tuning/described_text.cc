#include "firmware/tuning/described_text.h"

#include <charconv>

namespace sunny16::firmware {

nlohmann::json number_from_text(std::string_view text) {
  double v = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), v);
  if (error != std::errc() || end != text.data() + text.size()) return std::string(text);  // refused as "not a number"
  return v;
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
