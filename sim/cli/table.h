// Tables for people: columns as wide as they need to be.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

namespace sunny16::cli {

class Table {
 public:
  using Row = std::vector<std::string>;

  /// Text stands left in its column, and numbers, whose heading begins with '>', right.
  explicit Table(Row headings);

  void add(Row row) { rows_.push_back(std::move(row)); }
  std::string text() const;

 private:
  std::vector<bool> right_;
  std::vector<Row> rows_;
};

/// printf into a string.
template <class... Args>
std::string format(const char* pattern, Args... args) {
  std::string text(static_cast<std::size_t>(std::snprintf(nullptr, 0, pattern, args...)), '\0');
  std::snprintf(text.data(), text.size() + 1, pattern, args...);
  return text;
}

}  // namespace sunny16::cli
