#include "sim/compare/comparison.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "firmware/capture/metadata_json.h"

namespace sunny16::sim {
namespace {

using Json = nlohmann::ordered_json;

/// Without what is different each time.
Json metadata_of(const Candidate& candidate) {
  Json json = Json::parse(firmware::metadata_json(*candidate.metadata));
  for (const char* timing : {"StatisticsTimeMs", "LineTimeMs"}) json.erase(timing);
  return json;
}

/// Between the colours that two white balances take for grey, as colour constancy is judged.
double neutral_angle_deg(const firmware::FrameMetadata& a, const firmware::FrameMetadata& b) {
  double dot = 0, aa = 0, bb = 0;
  const auto add = [&](double p, double q) { dot += p * q, aa += p * p, bb += q * q; };
  add(1 / a.colour_gains[0], 1 / b.colour_gains[0]);
  add(1, 1);
  add(1 / a.colour_gains[1], 1 / b.colour_gains[1]);
  return 180 / std::numbers::pi * std::acos(std::min(1.0, dot / std::sqrt(aa * bb)));
}

}  // namespace

bool Comparison::equal() const {
  return !first_difference(stages) && metadata.empty() && tuning.empty() &&
         (!pictures || (pictures->difference.delta_e2000_max == 0 && pictures->difference.psnr_db >= kMaxPsnrDb));
}

Comparison compare(const Candidate& first, const Candidate& second, int threads, const StagePairVisitor& visit) {
  Comparison result;
  if (first.picture && second.picture) result.pictures = compare_pictures(*first.picture, *second.picture, threads);
  if (first.stages && second.stages) result.stages = compare_stages(*first.stages(), *second.stages(), visit);
  if (first.metadata && second.metadata) result.metadata = differing_values(metadata_of(first), metadata_of(second));
  result.tuning = differing_values(first.tuning, second.tuning);
  for (ValueDifference& value : result.tuning)  // as --set names them
    if (const std::string stages(firmware::kStagesKey); value.name.starts_with(stages + "."))
      value.name.erase(0, stages.size() + 1);
  return result;
}

std::vector<Measured> side_by_side(std::span<const Candidate> candidates, std::span<const Comparison> comparisons) {
  std::vector<Measured> rows;
  const auto add = [&](const char* name, auto&& value_of) {
    Measured row{.name = name};
    for (std::size_t i = 0; i < candidates.size(); ++i) row.values.push_back(value_of(i));
    if (std::ranges::any_of(row.values, [](const auto& v) { return v.has_value(); })) rows.push_back(std::move(row));
  };
  const auto add_setting = [&](const char* name, auto&& value) {
    add(name, [&](std::size_t i) -> std::optional<double> {
      if (!candidates[i].metadata) return std::nullopt;
      return value(*candidates[i].metadata);
    });
  };
  using Metadata = firmware::FrameMetadata;
  add_setting("red_gain", [](const Metadata& m) { return m.colour_gains[0]; });
  add_setting("blue_gain", [](const Metadata& m) { return m.colour_gains[1]; });
  add_setting("colour_temperature_k", [](const Metadata& m) { return m.colour_temperature; });
  add_setting("digital_gain", [](const Metadata& m) { return m.digital_gain; });
  // Against the first candidate.
  const auto add_change = [&](const char* name, auto&& value) {
    add(name, [&](std::size_t i) -> std::optional<double> {
      if (i == 0 || !candidates[i].metadata || !candidates[0].metadata) return std::nullopt;
      return value(*candidates[0].metadata, *candidates[i].metadata);
    });
  };
  add_change("exposure_ev",
             [](const Metadata& a, const Metadata& b) { return std::log2(b.digital_gain / a.digital_gain); });
  add_change("white_balance_deg", neutral_angle_deg);
  const PictureDifference initial;
  isp::for_each_field(initial, [&](const auto& row, const auto&) {
    add(row.name.data(), [&](std::size_t i) -> std::optional<double> {
      if (i == 0 || !comparisons[i - 1].pictures) return std::nullopt;
      return comparisons[i - 1].pictures->difference.*(row.member);
    });
  });
  return rows;
}

}  // namespace sunny16::sim
