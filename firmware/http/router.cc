#include "firmware/http/router.h"

#include <algorithm>
#include <optional>
#include <ranges>
#include <set>
#include <stdexcept>
#include <utility>

namespace sunny16::firmware {
namespace {

std::vector<std::string> segments_of(std::string_view path) {
  std::vector<std::string> segments;
  for (std::size_t begin = 1; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    segments.emplace_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return segments;
}

bool is_parameter(std::string_view segment) { return segment.starts_with('{'); }

/// The path's parameters, or nothing where it is another path.
std::optional<std::map<std::string, std::string>> parameters_of(const std::vector<std::string>& pattern,
                                                                const std::vector<std::string>& path) {
  if (pattern.size() != path.size()) return std::nullopt;
  std::map<std::string, std::string> parameters;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (is_parameter(pattern[i]))
      parameters[pattern[i].substr(1, pattern[i].size() - 2)] = path[i];
    else if (pattern[i] != path[i])
      return std::nullopt;
  }
  return parameters;
}

}  // namespace

Router::Router(std::vector<Route> routes) {
  std::set<std::pair<std::string, std::string>> known;
  for (Route& route : routes) {
    const std::size_t mark = std::min(route.path.find('?'), route.path.size());
    const auto query = parse_query(std::string_view(route.path).substr(std::min(mark + 1, route.path.size())));
    if (!route.path.starts_with('/') || !query || !known.emplace(route.method, route.path).second)
      throw std::invalid_argument("route " + route.method + ' ' + route.path + ": found twice, or not a path");
    auto segments = segments_of(std::string_view(route.path).substr(0, mark));
    patterns_.push_back({std::move(route), std::move(segments), *query});
  }
  // The more a route demands, the earlier it is asked.
  const auto demands = [](const Pattern& pattern) {
    const auto parameters = std::ranges::count_if(pattern.segments, is_parameter);
    return std::pair(-static_cast<std::ptrdiff_t>(pattern.query.size()), parameters);
  };
  std::ranges::stable_sort(patterns_, {}, demands);
}

Router::Match Router::find(const RequestHead& head) const {
  const std::string_view method = head.method == "HEAD" ? "GET" : std::string_view(head.method);
  const std::vector<std::string> path = segments_of(head.path);
  std::set<std::string> allowed;
  for (const Pattern& pattern : patterns_) {
    auto parameters = parameters_of(pattern.segments, path);
    const bool asked_for = std::ranges::includes(head.query, pattern.query);
    if (!parameters || !asked_for) continue;
    if (pattern.route.method == method) return {&pattern.route, std::move(*parameters), {}};
    allowed.insert(pattern.route.method);
    if (pattern.route.method == "GET") allowed.insert("HEAD");
  }
  return {nullptr, {}, {allowed.begin(), allowed.end()}};
}

}  // namespace sunny16::firmware
