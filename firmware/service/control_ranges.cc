#include "firmware/service/control_ranges.h"

#include <optional>
#include <string_view>
#include <type_traits>

#include "firmware/control/controls.h"
#include "firmware/tuning/described_json.h"

namespace sunny16::firmware {
namespace {

using Json = nlohmann::ordered_json;

bool needs_lens(std::string_view name) { return name.starts_with("Af") || name == "LensPosition"; }

std::optional<hal::Range> sensor_range(std::string_view name, const hal::SensorLimits& limits) {
  if (name == "ExposureTime") return limits.exposure_us;
  if (name == "AnalogueGain") return limits.analogue_gain;
  if (name == "FrameDurationLimits") return limits.frame_duration_us;
  if (name == "LensPosition") return limits.lens_position;
  return std::nullopt;
}

template <class F>
void add_type(Json& range, double minimum, double maximum) {
  if constexpr (std::is_same_v<F, bool>) {
    range["type"] = "boolean";
  } else if constexpr (std::is_enum_v<F>) {
    range["type"] = "enum";
    range["values"] = isp::EnumNames<F>::names;
  } else {
    range["type"] = Sequence<F>::value ? "numbers" : std::is_same_v<F, int> ? "integer" : "number";
    range["minimum"] = minimum;
    range["maximum"] = maximum;
    if constexpr (Sequence<F>::value)
      if constexpr (constexpr auto size = Sequence<F>::size) range["size"] = *size;
  }
}

}  // namespace

nlohmann::ordered_json control_ranges(const hal::SensorLimits& limits) {
  Json ranges = Json::array();
  const Controls initial;
  isp::for_each_field(initial, [&](const auto& row, const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    const auto sensor = sensor_range(row.name, limits);
    Json range{{"name", row.name}};
    add_type<F>(range, sensor ? sensor->minimum : row.minimum, sensor ? sensor->maximum : row.maximum);
    // 0 stands for "automatic", or for the mode's own limits, below the sensor's minimum.
    if (sensor && row.name != "LensPosition") range["automatic"] = 0;
    range["default"] = to_json(field);
    range["unit"] = row.unit;
    range["description"] = row.prose;
    range["available"] = !needs_lens(row.name) || limits.lens_position.has_value();
    ranges.push_back(std::move(range));
  });
  return ranges;
}

nlohmann::ordered_json control_ranges_schema() {
  const Json number{{"type", "number"}}, text{{"type", "string"}};
  const Json properties{
      {"name", text},
      {"type", {{"enum", {"boolean", "integer", "number", "enum", "numbers"}}}},
      {"minimum", number},
      {"maximum", number},
      {"size", {{"type", "integer"}, {"description", "How many numbers there are; absent: any."}}},
      {"automatic", {{"type", "number"}, {"description", "The value below the minimum that means automatic."}}},
      {"values", {{"type", "array"}, {"items", text}}},
      {"default", Json::object()},
      {"unit", text},
      {"description", text},
      {"available", {{"type", "boolean"}, {"description", "False: this camera cannot do it."}}}};
  return {{"type", "array"},
          {"items",
           {{"title", "ControlRange"},
            {"type", "object"},
            {"required", {"name", "type", "default", "unit", "description", "available"}},
            {"properties", properties}}}};
}

}  // namespace sunny16::firmware
