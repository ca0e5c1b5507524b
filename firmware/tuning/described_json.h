// Described structs (isp/core/describe.h) to and from JSON, by walking their tables.
//
// Fields may be bool, int, double, std::string, enums with EnumNames, described structs, and std::array or std::vector
// of those. Reading starts from the struct's defaults; keys that are not in the table and values outside
// their range are errors that name the JSON path, what was found and what is allowed. A struct may offer
// `std::string problem() const`: empty, or what is inconsistent between its fields, as the end of a message that starts
// with the struct's path: ".rows: found 1, allowed 2 or more" or ": found ...".
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "firmware/tuning/adaptive.h"
#include "firmware/tuning/json_reader.h"
#include "isp/core/describe.h"
#include "isp/core/exact_math.h"

namespace sunny16::firmware {

/// What each number in a field may be.
struct Bounds {
  double minimum, maximum;
  bool contains(double v) const { return v >= minimum && v <= maximum; }  // false for NaN
};

/// "4", "0.25", "1e-07": the shortest text of a number.
std::string number_text(double v);
std::string range_text(Bounds bounds, bool whole);

template <class T>
struct Sequence : std::false_type {};
template <class T>
struct Sequence<std::vector<T>> : std::true_type {
  static constexpr std::optional<std::size_t> size{};
};
template <class T, std::size_t N>
struct Sequence<std::array<T, N>> : std::true_type {
  static constexpr std::optional<std::size_t> size{N};
};

/// The names of an enum as in "one of a, b, c".
template <class E>
std::string names_text() {
  std::string text = "one of ";
  for (const std::string_view name : isp::EnumNames<E>::names)
    text += (text.ends_with(' ') ? "" : ", ") + std::string(name);
  return text;
}

template <class T>
std::string field_names_text() {
  std::string text = "the keys ";
  std::apply([&](const auto&... row) { ((text += (text.ends_with(' ') ? "" : ", ") + std::string(row.name)), ...); },
             isp::Describe<T>::fields);
  return text;
}

/// Calls read(row, field, path) for each member of `object` that a row of T's table names; other members are errors.
template <isp::Described T, class Read>
void read_members(const nlohmann::json& object, T& value, const std::string& path, Read&& read) {
  if (!object.is_object()) reject(path, object, "an object");
  for (const auto& member : object.items()) {
    bool known = false;
    isp::for_each_field(value, [&](const auto& row, auto& field) {
      if (row.name != member.key()) return;
      known = true;
      read(row, field, member.value(), member_path(path, row.name));
    });
    if (!known)
      throw TuningError(member_path(path, member.key()) + ": found an unknown key, allowed " + field_names_text<T>());
  }
}

template <class T>
void check_consistent(const T& value, const std::string& path) {
  if constexpr (requires { value.problem(); })
    if (const std::string problem = value.problem(); !problem.empty()) throw TuningError(path + problem);
}

template <class T>
void read_value(const nlohmann::json& json, T& value, const std::string& path, Bounds bounds) {
  if constexpr (std::is_same_v<T, bool>) {
    if (!json.is_boolean()) reject(path, json, "true or false");
    value = json.get<bool>();
  } else if constexpr (std::is_same_v<T, int>) {
    const double v = json.is_number() ? json.get<double>() : bounds.minimum - 1;
    if (!bounds.contains(v) || v != isp::exact::floor(v)) reject(path, json, range_text(bounds, true));
    value = static_cast<int>(v);
  } else if constexpr (std::is_same_v<T, double>) {
    if (!json.is_number() || !bounds.contains(json.get<double>())) reject(path, json, range_text(bounds, false));
    value = json.get<double>();
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!json.is_string()) reject(path, json, "a string");
    value = json.get<std::string>();
  } else if constexpr (std::is_enum_v<T>) {
    const auto& names = isp::EnumNames<T>::names;
    const auto found = json.is_string() ? std::find(names.begin(), names.end(), json.get<std::string>()) : names.end();
    if (found == names.end()) reject(path, json, names_text<T>());
    value = static_cast<T>(found - names.begin());
  } else if constexpr (Sequence<T>::value) {
    if (!json.is_array()) reject(path, json, "an array");
    if (constexpr auto size = Sequence<T>::size; size && json.size() != *size)
      reject(path, json, "an array of " + std::to_string(*size));
    if constexpr (!Sequence<T>::size) value.assign(json.size(), {});
    for (std::size_t i = 0; i < json.size(); ++i) read_value(json[i], value[i], element_path(path, i), bounds);
  } else {
    static_assert(isp::Described<T>, "a field's type has no form in JSON, or its struct's table misses a field");
    read_members(json, value, path,
                 [](const auto& row, auto& field, const nlohmann::json& member, const std::string& at) {
                   read_value(member, field, at, {row.minimum, row.maximum});
                 });
    check_consistent(value, path);
  }
}

template <class T>
nlohmann::ordered_json to_json(const T& value) {
  if constexpr (std::is_enum_v<T>) {
    return isp::EnumNames<T>::names[static_cast<std::size_t>(value)];
  } else if constexpr (Sequence<T>::value) {
    auto array = nlohmann::ordered_json::array();
    for (const auto& item : value) array.push_back(to_json(item));
    return array;
  } else if constexpr (isp::Described<T>) {
    auto object = nlohmann::ordered_json::object();
    isp::for_each_field(value,
                        [&](const auto& row, const auto& field) { object[std::string(row.name)] = to_json(field); });
    return object;
  } else {
    return value;
  }
}

// Curves: {"by": axis, "at": [...], "value": [...]} in the place of a number or an array of numbers.

/// Reads the axis and the nodes, and returns the array of values, one a node.
const nlohmann::json& read_curve_nodes(const nlohmann::json& json, Curve& curve, const std::string& path);

template <Numeric T>
Curve read_curve(const nlohmann::json& json, std::string_view field, T& first, const std::string& path, Bounds bounds) {
  Curve curve{.field = std::string(field), .by = {}, .at = {}, .value = {}};
  const nlohmann::json& values = read_curve_nodes(json, curve, path);
  const std::string values_path = member_path(path, "value");
  for (std::size_t i = values.size(); i-- > 0;) {  // the first node last: `first` keeps it
    read_value(values[i], first, element_path(values_path, i), bounds);
    curve.value.insert(curve.value.begin(), to_numbers(first));
    if (curve.value.front().size() != curve.value.back().size())
      reject(element_path(values_path, i), values[i],
             "as many as in the other nodes, " + std::to_string(curve.value.back().size()));
  }
  return curve;
}

template <isp::Described T>
void read_adaptive(const nlohmann::json& json, Adaptive<T>& value, const std::string& path) {
  read_members(json, value.base, path,
               [&](const auto& row, auto& field, const nlohmann::json& member, const std::string& at) {
                 std::erase_if(value.curves, [&](const Curve& curve) { return curve.field == row.name; });
                 if constexpr (may_be_curve<T, std::remove_cvref_t<decltype(field)>>)
                   if (member.is_object()) {
                     value.curves.push_back(read_curve(member, row.name, field, at, {row.minimum, row.maximum}));
                     return;
                   }
                 read_value(member, field, at, {row.minimum, row.maximum});
               });
  check_consistent(value.base, path);
}

template <isp::Described T>
nlohmann::ordered_json to_json(const Adaptive<T>& value) {
  nlohmann::ordered_json object = to_json(value.base);
  for (const Curve& curve : value.curves)
    isp::for_each_field(value.base, [&](const auto& row, const auto& field) {
      using F = std::remove_cvref_t<decltype(field)>;
      if constexpr (Numeric<F>)
        if (row.name == curve.field) {
          auto values = nlohmann::ordered_json::array();
          for (const auto& numbers : curve.value) {
            F node = field;
            from_numbers(numbers, node);
            values.push_back(to_json(node));
          }
          object[curve.field] = {{"by", to_json(curve.by)}, {"at", curve.at}, {"value", std::move(values)}};
        }
    });
  return object;
}

}  // namespace sunny16::firmware
