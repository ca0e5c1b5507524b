#include "firmware/tuning/json_reader.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace sunny16::firmware {
namespace {

using nlohmann::json;

constexpr std::size_t kExcerptLength = 48;

/// One line of printable ASCII, at most `length` characters.
std::string printable(std::string text, std::size_t length) {
  if (text.size() > length) text = text.substr(0, length - 3) + "...";
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c >= 0x7F; }, '?');
  return text;
}

/// "line:column" of a byte, both from 1.
std::string position(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t newline = before.rfind('\n');
  const std::size_t column = newline == std::string_view::npos ? before.size() : before.size() - newline - 1;
  return std::to_string(line) + ":" + std::to_string(std::max<std::size_t>(column, 1));
}

/// Overwrites comments and the comma after a last element by spaces, so that positions in messages stay right.
std::string relax(std::string text) {
  const auto blank = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i)
      if (text[i] != '\n') text[i] = ' ';
  };
  std::size_t last = std::string::npos, before_last = std::string::npos;  // the last two significant characters
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (std::isspace(static_cast<unsigned char>(c))) continue;
    if (text.compare(i, 2, "//") == 0 || text.compare(i, 2, "/*") == 0) {
      const bool line = text[i + 1] == '/';
      const std::size_t end = line ? text.find('\n', i) : text.find("*/", i + 2);
      const std::size_t stop = end == std::string::npos ? text.size() : end + (line ? 0 : 2);
      blank(i, stop);
      i = stop - 1;
      continue;
    }
    if ((c == '}' || c == ']') && last != std::string::npos && text[last] == ',' && before_last != std::string::npos &&
        std::string_view("[{,:").find(text[before_last]) == std::string_view::npos)
      blank(last, last + 1);
    if (c == '"')
      while (++i < text.size() && text[i] != '"')
        if (text[i] == '\\') ++i;
    before_last = last;
    last = std::min(i, text.size() - 1);
  }
  return text;
}

/// Builds the document from the parser's events, and refuses what exceeds the limits as soon as it appears.
class Builder final : public json::json_sax_t {
 public:
  Builder(std::string_view text, std::string_view name, const JsonLimits& limits)
      : text_(text), name_(name), limits_(limits) {}

  json take() { return std::move(root_); }

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(json::number_integer_t value) override { return add(value); }
  bool number_unsigned(json::number_unsigned_t value) override { return add(value); }
  bool number_float(json::number_float_t value, const std::string&) override { return add(value); }
  bool string(std::string& value) override { return add(std::move(value)); }
  bool binary(json::binary_t&) override { return false; }  // not in text
  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(std::string& key) override {
    open_.back().key = key;
    if (open_.back().node->contains(key)) throw TuningError(path() + ": found this key twice, allowed once");
    return true;
  }

  bool parse_error(std::size_t byte, const std::string&, const json::exception& error) override {
    // "[json.exception.parse_error.101] parse error at line 1, column 3: syntax error while ...": keep the reason.
    std::string_view reason = error.what();
    if (const auto at = reason.find(": "); reason.find("parse error at") != std::string_view::npos)
      reason.remove_prefix(at + 2);
    else
      reason.remove_prefix(reason.find("] ") + 2);
    throw TuningError(name_ + ":" + position(text_, byte) + ": " + printable(std::string(reason), 200));
  }

 private:
  struct Open {
    json* node;
    std::string key;  ///< of the member being read
  };

  /// Of the value that comes next. Outer arrays hold the container that is being read already.
  std::string path() const {
    std::string path = name_ + ": $";
    for (const Open& open : open_) {
      const std::size_t index = open.node->size() - (&open != &open_.back() ? 1 : 0);
      path = open.node->is_object() ? member_path(path, open.key) : element_path(path, index);
    }
    return path;
  }

  bool add(json value) { return place(std::move(value)), true; }

  bool open(json container) {
    if (open_.size() >= limits_.depth)
      throw TuningError(path() + ": found deeper nesting, allowed " + std::to_string(limits_.depth) + " levels");
    open_.push_back({place(std::move(container)), {}});
    return true;
  }
  bool close() { return open_.pop_back(), true; }

  /// Pointers to open containers stay valid: only the innermost one grows.
  json* place(json value) {
    if (++values_ > limits_.values)
      throw TuningError(path() + ": found more values, allowed " + std::to_string(limits_.values));
    if (open_.empty()) return &(root_ = std::move(value));
    json& parent = *open_.back().node;
    if (parent.is_object()) return &(parent[open_.back().key] = std::move(value));
    parent.push_back(std::move(value));
    return &parent.back();
  }

  std::string_view text_;
  std::string name_;
  JsonLimits limits_;
  std::size_t values_ = 0;
  std::vector<Open> open_;
  json root_;
};

std::string plain_text(const nlohmann::ordered_json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// `[1, 2, 3]`, broken into lines where it gets long.
void write_flat_array(const nlohmann::ordered_json& array, const std::string& indent, std::string& out) {
  constexpr std::size_t kLineLength = 112;
  out += '[';
  std::size_t column = indent.size();
  for (std::size_t i = 0; i < array.size(); ++i) {
    const std::string item = plain_text(array[i]);
    if (i) out += ',';
    if (column += item.size() + 2; column > kLineLength) {
      out += "\n" + indent + "  ";
      column = indent.size() + item.size() + 2;
    } else if (i) {
      out += ' ';
    }
    out += item;
  }
  out += ']';
}

void write(const nlohmann::ordered_json& value, const std::string& indent, std::string& out) {
  const bool flat = std::none_of(value.begin(), value.end(), [](const auto& v) { return v.is_structured(); });
  if (value.is_array() && flat) return write_flat_array(value, indent, out);
  if (!value.is_structured() || value.empty()) {
    out += plain_text(value);
    return;
  }
  const std::string inner = indent + "  ";
  std::string separator = "\n" + inner;
  out += value.is_array() ? '[' : '{';
  for (const auto& item : value.items()) {
    out += separator;
    if (value.is_object()) out += plain_text(item.key()) + ": ";
    write(item.value(), inner, out);
    separator = ",\n" + inner;
  }
  out += "\n" + indent + (value.is_array() ? ']' : '}');
}

}  // namespace

nlohmann::json read_json(std::string_view text, std::string_view name, JsonDialect dialect, const JsonLimits& limits) {
  if (text.size() > limits.bytes)
    throw TuningError(std::string(name) + ": found " + std::to_string(text.size()) + " bytes, allowed " +
                      std::to_string(limits.bytes));
  const std::string relaxed = dialect == JsonDialect::relaxed ? relax(std::string(text)) : std::string();
  if (dialect == JsonDialect::relaxed) text = relaxed;
  Builder builder(text, name, limits);
  json::sax_parse(text, &builder);  // reports by throwing
  return builder.take();
}

std::string write_json(const nlohmann::ordered_json& value) {
  std::string out;
  write(value, "", out);
  return out + "\n";
}

std::string member_path(const std::string& path, std::string_view key) {
  const bool plain = !key.empty() && key.size() <= kExcerptLength && std::all_of(key.begin(), key.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
  });
  return plain ? path + "." + std::string(key) : path + "[" + excerpt(std::string(key)) + "]";
}

std::string element_path(const std::string& path, std::size_t index) {
  return path + "[" + std::to_string(index) + "]";
}

std::string excerpt(const nlohmann::json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "an array of " + std::to_string(value.size());
  return printable(value.dump(-1, ' ', true, json::error_handler_t::replace), kExcerptLength);
}

void reject(const std::string& path, const nlohmann::json& found, std::string_view allowed) {
  throw TuningError(path + ": found " + excerpt(found) + ", allowed " + std::string(allowed));
}

}  // namespace sunny16::firmware
