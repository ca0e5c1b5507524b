// Described structs as people type and read them: `--set stage.field=value`, and the table of parameters in the docs.
#pragma once

#include <string>
#include <string_view>

#include "firmware/tuning/described_json.h"

namespace sunny16::firmware {

/// Text as JSON, by the field's type: 0.5, true/on/1, an enum's name, numbers separated by commas. What has no such
/// form is read as JSON.
nlohmann::json number_from_text(std::string_view text);
nlohmann::json numbers_from_text(std::string_view text);
nlohmann::json bool_from_text(std::string_view text);
nlohmann::json structure_from_text(std::string_view text, const std::string& path);

template <class T>
nlohmann::json json_from_text(std::string_view text, const std::string& path) {
  if constexpr (std::is_same_v<T, bool>)
    return bool_from_text(text);
  else if constexpr (is_number<T>)
    return number_from_text(text);
  else if constexpr (Numeric<T>)
    return text.starts_with('[') ? structure_from_text(text, path) : numbers_from_text(text);
  else if constexpr (std::is_enum_v<T> || std::is_same_v<T, std::string>)
    return std::string(text);
  else
    return structure_from_text(text, path);
}

/// Sets one field by its name; a curve that stood there goes.
template <isp::Described T>
void set_field(Adaptive<T>& value, std::string_view name, std::string_view text, const std::string& path) {
  nlohmann::json object = nlohmann::json::object();
  isp::for_each_field(value.base, [&](const auto& row, const auto& field) {
    if (row.name == name)
      object[std::string(name)] = json_from_text<std::remove_cvref_t<decltype(field)>>(text, member_path(path, name));
  });
  if (object.empty()) object[std::string(name)] = nullptr;  // unknown: reading says so
  Adaptive<T> changed = value;
  read_adaptive(object, changed, path);
  value = std::move(changed);
}

/// Rows of a table of parameters: name, default, what is allowed, unit, meaning. Members of structs in lists are named
/// list[].member.
template <isp::Described T>
std::string markdown_rows(const std::string& prefix) {
  std::string out;
  const T initial;
  isp::for_each_field(initial, [&](const auto& row, const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    std::string shown = to_json(field).dump(), allowed, members;
    if constexpr (std::is_same_v<F, bool>) {
      allowed = "true, false";
    } else if constexpr (std::is_enum_v<F>) {
      allowed = names_text<F>();
    } else if constexpr (std::is_same_v<F, std::string>) {
      allowed = "text";
    } else if constexpr (Numeric<F>) {
      allowed = number_text(row.minimum) + " .. " + number_text(row.maximum);
    } else if constexpr (Sequence<F>::value) {
      using Item = typename F::value_type;
      if constexpr (isp::Described<Item>) {
        shown = std::to_string(field.size()) + " entries";
        allowed = "a list of";
        members = markdown_rows<Item>(prefix + std::string(row.name) + "[].");
      } else if constexpr (std::is_enum_v<Item>) {
        allowed = "a list: each " + names_text<Item>();
      } else {
        allowed = "a list of texts";
      }
    } else {
      shown = "";
      allowed = "an object of";
      members = markdown_rows<F>(prefix + std::string(row.name) + ".");
    }
    out += "| `" + prefix + std::string(row.name) + "` | " + shown + " | " + allowed + " | " + std::string(row.unit) +
           " | " + std::string(row.prose) + " |\n" + members;
  });
  return out;
}

/// A heading and a table of one described struct's fields.
template <isp::Described T>
std::string markdown_section(std::string_view heading, std::string_view prose = {}) {
  const std::string rows = markdown_rows<T>("");
  return "## " + std::string(heading) + "\n\n" + (prose.empty() ? "" : std::string(prose) + "\n\n") +
         (rows.empty() ? "No parameters.\n"
                       : "| parameter | default | allowed | unit | meaning |\n|---|---|---|---|---|\n" + rows) +
         "\n";
}

}  // namespace sunny16::firmware
