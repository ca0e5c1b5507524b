#include "sim/compare/comparison_text.h"

#include "firmware/tuning/described_json.h"
#include "sim/report/html.h"

namespace sunny16::sim {
namespace {

using Json = nlohmann::ordered_json;

/// At most so many characters; UTF-8 stays whole.
std::string cut(const std::string& text, std::size_t most) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((text[i] & 0xC0) != 0x80 && ++characters > most) return text.substr(0, i) + "…";
  return text;
}

Json values_json(const std::vector<ValueDifference>& values) {
  Json array = Json::array();
  for (const ValueDifference& v : values) array.push_back({{"name", v.name}, {"first", v.first}, {"second", v.second}});
  return array;
}

}  // namespace

Table measured_table(std::span<const Candidate> candidates, std::span<const Measured> measured) {
  Table::Row headings{""};
  for (const Candidate& candidate : candidates) headings.push_back(">" + candidate.name);
  Table table(headings);
  for (const Measured& m : measured) {
    Table::Row row{m.name};
    for (const auto& v : m.values) row.push_back(v ? significant(*v, 5) : "–");
    table.add(std::move(row));
  }
  return table;
}

Table stage_table(const std::string& first, const std::string& second, const Comparison& comparison) {
  Table table({"Stage", ">Mean %", ">RMS %", ">P99 %", ">Max %", ">at x, y", ">Differing %", ""});
  for (const StageDifference& s : comparison.stages) {
    if (s.in != Presence::both)
      table.add({s.stage, "", "", "", "", "", "", "only " + (s.in == Presence::first ? first : second)});
    else if (!s.differs())
      table.add({s.stage, "0", "0", "0", "0", "", "0", "equal"});
    else
      table.add({s.stage, significant(s.mean_percent, 3), significant(s.rms_percent, 3), significant(s.p99_percent, 3),
                 significant(s.max_percent, 3), std::to_string(s.max_x) + ", " + std::to_string(s.max_y),
                 significant(s.differing_percent, 3), ""});
  }
  return table;
}

Table value_table(const std::string& first, const std::string& second, const std::vector<ValueDifference>& values,
                  std::size_t most) {
  Table table({"", first, second});
  for (const ValueDifference& v : values) table.add({v.name, cut(v.first, most), cut(v.second, most)});
  return table;
}

std::string verdict(const std::string& first, const std::string& second, const Comparison& comparison) {
  if (comparison.equal()) return "no differences";
  if (comparison.stages.empty()) return "the pictures differ";
  const StageDifference* parting = first_difference(comparison.stages);
  if (!parting) return "every stage writes the same";
  if (parting->in == Presence::both) return "the lines part at " + parting->stage;
  return "the lines part at " + parting->stage + ", which only " + (parting->in == Presence::first ? first : second) +
         " has";
}

std::string comparison_text(std::span<const Candidate> candidates, std::span<const Comparison> comparisons,
                            std::span<const Measured> measured) {
  constexpr std::size_t kMost = 56;
  std::string out;
  if (!measured.empty()) out += measured_table(candidates, measured).text();
  const std::string& first = candidates[0].name;
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    const Comparison& c = comparisons[i];
    const std::string& second = candidates[i + 1].name;
    out += (out.empty() ? "" : "\n") + second + " against " + first + ": " + verdict(first, second, c) + "\n";
    if (c.equal()) continue;
    if (!c.stages.empty()) out += "\n" + stage_table(first, second, c).text();
    for (const auto* values : {&c.metadata, &c.tuning})
      if (!values->empty()) out += "\n" + value_table(first, second, *values, kMost).text();
  }
  return out;
}

nlohmann::ordered_json comparison_json(std::span<const Candidate> candidates, std::span<const Comparison> comparisons,
                                       std::span<const Measured> measured) {
  Json json{{"candidates", Json::array()}, {"measured", Json::object()}, {"comparisons", Json::array()}};
  for (const Candidate& candidate : candidates) json["candidates"].push_back(candidate.name);
  for (const Measured& m : measured) {
    Json& values = json["measured"][m.name] = Json::array();
    for (const auto& v : m.values) values.push_back(v ? Json(*v) : Json());
  }
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    const Comparison& c = comparisons[i];
    Json entry{{"first", candidates[0].name}, {"second", candidates[i + 1].name}, {"equal", c.equal()}};
    if (!c.stages.empty()) {
      const StageDifference* parting = first_difference(c.stages);
      entry["first_different_stage"] = parting ? Json(parting->stage) : Json();
      entry["stages"] = firmware::to_json(c.stages);
    }
    if (c.pictures) entry["picture"] = firmware::to_json(c.pictures->difference);
    if (candidates[0].metadata) entry["metadata"] = values_json(c.metadata);
    if (!candidates[0].tuning.is_null()) entry["tuning"] = values_json(c.tuning);
    json["comparisons"].push_back(std::move(entry));
  }
  return json;
}

}  // namespace sunny16::sim
