// A strict reader of Prometheus' text exposition format 0.0.4.
#pragma once

#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>

namespace sunny16 {

struct MetricFamily {
  std::string type, help;
  std::map<std::string, double> samples;  ///< by their labels as written, {} for none
};

/// Throws std::runtime_error with the offending line: names and labels must be well formed, HELP and TYPE come once
/// and before the samples, a family's lines stand together, no sample comes twice, counters end with _total and only
/// they do, and the text ends with a new line.
inline std::map<std::string, MetricFamily> read_metrics(const std::string& text) {
  static const std::regex comment(R"(# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+))");
  static const std::regex sample(
      R"re(([a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*"(,(?!\})|(?=\})))+\})? (-?[0-9.]+(e[-+]?[0-9]+)?|NaN|[-+]Inf))re");
  static const std::set<std::string> types{"counter", "gauge", "histogram", "summary", "untyped"};
  const auto fail = [](const std::string& line, const char* why) {
    throw std::runtime_error(std::string(why) + ": " + line);
  };
  std::map<std::string, MetricFamily> families;
  std::string current;
  if (!text.ends_with('\n')) fail(text.substr(text.size() - std::min<std::size_t>(text.size(), 40)), "no new line");
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_match(line, match, comment)) {
      const std::string name = match[2];
      if (name != current && families.contains(name)) fail(line, "a family in two places");
      current = name;
      MetricFamily& family = families[name];
      std::string& field = match[1] == "HELP" ? family.help : family.type;
      if (!field.empty() || !family.samples.empty()) fail(line, "twice, or too late");
      field = match[3];
      if (match[1] == "TYPE" && !types.contains(field)) fail(line, "unknown type");
    } else if (std::regex_match(line, match, sample)) {
      if (match[1] != current) fail(line, "a sample outside its family");
      MetricFamily& family = families[current];
      if (family.type.empty() || family.help.empty()) fail(line, "a sample without TYPE or HELP");
      if (!family.samples.emplace(match[2].str(), std::stod(match[6])).second) fail(line, "the same sample twice");
    } else {
      fail(line, "not understood");
    }
  }
  for (const auto& [name, family] : families)
    if ((family.type == "counter") != name.ends_with("_total")) fail(name, "counters, and only they, end with _total");
  return families;
}

}  // namespace sunny16
