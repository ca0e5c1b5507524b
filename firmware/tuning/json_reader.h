// Strict reading of JSON text, and its one-line errors.
//
// Tuning files come from strangers' disks: size, depth and number of values are limited, a key may stand only once in
// an object, and every message says where (file:line:column, or the JSON path), what was found and what is allowed.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace sunny16::firmware {

/// Anything wrong with a tuning: what() is one printable line.
class TuningError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct JsonLimits {
  std::size_t bytes = std::size_t{16} << 20;
  std::size_t values = 1'000'000;
  std::size_t depth = 32;
};

enum class JsonDialect {
  strict,   ///< RFC 8259
  relaxed,  ///< also a comma after the last element, and comments (// and /* */), as Raspberry Pi tuning files may have
};

/// Parses `text`; `name` is what messages call it, usually the file's name. Throws TuningError.
nlohmann::json read_json(std::string_view text, std::string_view name, JsonDialect dialect = JsonDialect::strict,
                         const JsonLimits& limits = {});

/// Indented text, with arrays of plain values on one line and numbers in their shortest exact form.
std::string write_json(const nlohmann::ordered_json& value);

/// The path of a member: $.stages.sharpen, or $["odd key"].
std::string member_path(const std::string& path, std::string_view key);
std::string element_path(const std::string& path, std::size_t index);

/// The value as it stands in a message: JSON in one printable line, cut when long.
std::string excerpt(const nlohmann::json& value);

/// Throws "path: found ..., allowed ...".
[[noreturn]] void reject(const std::string& path, const nlohmann::json& found, std::string_view allowed);

}  // namespace sunny16::firmware
