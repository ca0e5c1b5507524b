#include "firmware/tuning/described_schema.h"

namespace sunny16::firmware {

nlohmann::ordered_json with_curve(const nlohmann::ordered_json& schema) {
  using Json = nlohmann::ordered_json;
  const Json nodes{{"type", "array"}, {"minItems", 1}, {"items", {{"type", "number"}, {"exclusiveMinimum", 0}}}};
  const Json values{{"type", "array"}, {"minItems", 1}, {"items", schema}};
  const Json curve{{"type", "object"},
                   {"additionalProperties", false},
                   {"required", Json::array({"by", "at", "value"})},
                   {"properties", {{"by", type_schema<Axis>({})}, {"at", nodes}, {"value", values}}}};
  return {{"anyOf", Json::array({schema, curve})}};
}

}  // namespace sunny16::firmware
