// What a page's HTML must be, whatever it shows.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sunny16::sim {

/// The name of the first tag that is not closed in its place; empty if all are.
inline std::string unbalanced(std::string_view html) {
  const std::set<std::string_view> kVoid{"!DOCTYPE", "meta", "img", "input"};
  std::vector<std::string_view> open;
  for (std::size_t at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
    const std::size_t end = html.find('>', at);
    if (end == html.npos) return "<";
    std::string_view tag = html.substr(at + 1, end - at - 1);
    const bool closes = tag.starts_with('/'), alone = tag.ends_with('/');
    if (closes) tag.remove_prefix(1);
    tag = tag.substr(0, tag.find_first_of(" />"));
    if (closes) {
      if (open.empty() || open.back() != tag) return std::string(tag);
      open.pop_back();
    } else if (!alone && !kVoid.contains(tag)) {
      open.push_back(tag);
    }
  }
  return open.empty() ? "" : std::string(open.back());
}

inline std::size_t count(std::string_view text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++n;
  return n;
}

/// The page without the pictures' bytes, which may spell anything.
inline std::string without_pictures(std::string html) {
  for (std::size_t at = html.find("base64,"); at != html.npos; at = html.find("base64,", at + 1)) {
    const std::size_t data = at + 7;
    html.erase(data, html.find('"', data) - data);
  }
  return html;
}

}  // namespace sunny16::sim
