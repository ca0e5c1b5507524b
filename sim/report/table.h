// Tables for people, on a terminal and in a report.
#pragma once

#include <string>
#include <vector>

namespace sunny16::sim {

class Table {
 public:
  using Row = std::vector<std::string>;

  /// Text stands left in its column, and numbers, whose heading begins with '>', right.
  explicit Table(Row headings);

  void add(Row row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.size() == 1; }

  /// Columns as wide as they need to be.
  std::string text() const;
  /// A <table>. `bars`, one a row, 0 to 1, are drawn in a last column.
  std::string html(const std::vector<double>& bars = {}) const;

 private:
  std::vector<bool> right_;
  std::vector<Row> rows_;  ///< the headings first
};

}  // namespace sunny16::sim
