#include "sim/report/table.h"

#include <algorithm>

#include "sim/report/html.h"

namespace sunny16::sim {

Table::Table(Row headings) {
  for (std::string& heading : headings) {
    right_.push_back(heading.starts_with('>'));
    if (right_.back()) heading.erase(0, 1);
  }
  rows_.push_back(std::move(headings));
}

std::string Table::text() const {
  const auto width_of = [](const std::string& text) {  // in characters: UTF-8 has bytes that continue one
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
  };
  std::vector<std::size_t> widths(right_.size());
  for (const Row& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  std::string out;
  for (const Row& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string blanks(widths[i] - width_of(row[i]), ' ');
      line += (i ? "  " : "") + (right_[i] ? blanks + row[i] : row[i] + blanks);
    }
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

std::string Table::html(const std::vector<double>& bars) const {
  std::string out = "<div class=\"scroll\"><table>\n";
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    const std::string cell = r == 0 ? "th" : "td";
    out += "<tr>";
    for (std::size_t i = 0; i < rows_[r].size(); ++i)
      out += "<" + cell + (right_[i] ? " class=\"number\">" : ">") + escaped(rows_[r][i]) + "</" + cell + ">";
    if (!bars.empty())
      out += r == 0 ? "<th class=\"bar\"></th>"
                    : "<td class=\"bar\"><i style=\"width:" + fixed(100 * bars[r - 1], 1) + "%\"></i></td>";
    out += "</tr>\n";
  }
  return out + "</table></div>\n";
}

}  // namespace sunny16::sim
