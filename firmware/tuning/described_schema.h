// JSON Schema (draft 2020-12) of described structs, from their tables.
#pragma once

#include <string>

#include "firmware/tuning/described_json.h"

namespace sunny16::firmware {

/// `schema` or a curve whose values are such (see adaptive.h).
nlohmann::ordered_json with_curve(const nlohmann::ordered_json& schema);

template <isp::Described T>
nlohmann::ordered_json object_schema(bool curves);

/// What a field of type T may be, without its description.
template <class T>
nlohmann::ordered_json type_schema(Bounds bounds) {
  using Json = nlohmann::ordered_json;
  if constexpr (std::is_same_v<T, bool>) {
    return Json{{"type", "boolean"}};
  } else if constexpr (is_number<T>) {
    const char* type = std::is_same_v<T, int> ? "integer" : "number";
    return Json{{"type", type}, {"minimum", bounds.minimum}, {"maximum", bounds.maximum}};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return Json{{"type", "string"}};
  } else if constexpr (std::is_enum_v<T>) {
    return Json{{"enum", isp::EnumNames<T>::names}};
  } else if constexpr (Sequence<T>::value) {
    Json schema{{"type", "array"}, {"items", type_schema<typename T::value_type>(bounds)}};
    if constexpr (constexpr auto size = Sequence<T>::size) schema["minItems"] = schema["maxItems"] = *size;
    return schema;
  } else {
    return object_schema<T>(false);
  }
}

/// An object with T's fields; with `curves`, any number or array of numbers may be a curve.
template <isp::Described T>
nlohmann::ordered_json object_schema(bool curves) {
  nlohmann::ordered_json properties = nlohmann::ordered_json::object();
  const T initial;
  isp::for_each_field(initial, [&](const auto& row, const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    nlohmann::ordered_json schema = type_schema<F>({row.minimum, row.maximum});
    if (may_be_curve<T, F> && curves) schema = with_curve(schema);
    schema["description"] = std::string(row.prose) + (row.unit.empty() ? "" : " Unit: " + std::string(row.unit) + ".");
    schema["default"] = to_json(field);
    properties[std::string(row.name)] = std::move(schema);
  });
  return {{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
}

}  // namespace sunny16::firmware
