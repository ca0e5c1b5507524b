#include "firmware/tuning/described_json.h"

namespace sunny16::firmware {
namespace {

/// Bounds of every axis: from starlight in lux to direct sun, and any colour temperature.
constexpr Bounds kNodeBounds{1e-4, 1e6};

}  // namespace

std::string number_text(double v) {
  return v == isp::exact::floor(v) && isp::exact::abs(v) < 1e15 ? std::to_string(static_cast<long long>(v))
                                                                : nlohmann::json(v).dump();
}

std::string range_text(Bounds bounds, bool whole) {
  return std::string(whole ? "a whole number " : "a number ") + number_text(bounds.minimum) + " .. " +
         number_text(bounds.maximum);
}

const nlohmann::json& read_curve_nodes(const nlohmann::json& json, Curve& curve, const std::string& path) {
  for (const auto& member : json.items())
    if (member.key() != "by" && member.key() != "at" && member.key() != "value")
      throw TuningError(member_path(path, member.key()) + ": found an unknown key, allowed by, at, value (a curve)");
  for (const char* key : {"by", "at", "value"})
    if (!json.contains(key))
      throw TuningError(member_path(path, key) + ": found nothing, allowed a curve's by, at and value");

  read_value(json["by"], curve.by, member_path(path, "by"), {});
  const std::string at_path = member_path(path, "at");
  read_value(json["at"], curve.at, at_path, kNodeBounds);
  if (curve.at.empty()) reject(at_path, json["at"], "one node or more");
  for (std::size_t i = 1; i < curve.at.size(); ++i)
    if (!(curve.at[i] > curve.at[i - 1]))
      reject(element_path(at_path, i), json["at"][i], "more than the node before, " + number_text(curve.at[i - 1]));

  const nlohmann::json& values = json["value"];
  if (!values.is_array() || values.size() != curve.at.size())
    reject(member_path(path, "value"), values, "an array of " + std::to_string(curve.at.size()) + ", one value a node");
  return values;
}

}  // namespace sunny16::firmware
