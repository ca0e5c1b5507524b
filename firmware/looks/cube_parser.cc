#include "firmware/looks/cube_parser.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "firmware/tuning/json_reader.h"

namespace sunny16::firmware {
namespace {

/// The specification's 250, and room for tools that write more digits than it needs.
constexpr std::size_t kMostLineBytes = 1024;
constexpr double kMostValue = 1e6;

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kKeywords =
    "TITLE, LUT_1D_SIZE, LUT_3D_SIZE, DOMAIN_MIN, DOMAIN_MAX, LUT_1D_INPUT_RANGE, LUT_3D_INPUT_RANGE and rows of three "
    "numbers";

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t begin = line.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return words;
    const std::size_t end = std::min(line.find_first_of(kBlanks, begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    line.remove_prefix(end);
  }
}

std::string quoted(std::string_view word) { return excerpt(std::string(word)); }

/// Capitals, and too long for NAN or INF.
bool is_keyword(std::string_view word) {
  return word.size() > 3 &&
         std::ranges::all_of(word,
                             [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }) &&
         !(word[0] >= '0' && word[0] <= '9');
}

}  // namespace

CubeFile CubeParser::parse() {
  if (rest_.size() > kMostCubeBytes)
    throw TuningError(name_ + ": found " + std::to_string(rest_.size()) + " bytes, allowed " +
                      std::to_string(kMostCubeBytes));
  if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);  // a byte order mark
  while (const auto line = next_line()) {
    const Words words = words_of(*line);
    if (!is_keyword(words[0])) {
      settle_inputs();
      read_rows(words);
      return std::move(file_);
    }
    read_keyword(words, *line);
  }
  fail("the end of the file", "LUT_1D_SIZE or LUT_3D_SIZE, and the table's rows");
}

std::optional<std::string_view> CubeParser::next_line() {
  while (!rest_.empty()) {
    ++line_;
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() > kMostLineBytes)
      fail("a line of " + std::to_string(line.size()) + " bytes", std::to_string(kMostLineBytes));
    const std::size_t begin = line.find_first_not_of(kBlanks);
    if (begin != std::string_view::npos && line[begin] != '#') return line;
  }
  ++line_;
  return std::nullopt;
}

void CubeParser::read_keyword(const Words& words, std::string_view line) {
  const std::string_view keyword = words[0];
  if (keyword == "TITLE") return read_title(line);
  if (keyword == "LUT_1D_SIZE") return read_size(words, shaper_size_, kMost1dSize);
  if (keyword == "LUT_3D_SIZE") return read_size(words, file_.cube.size, isp::ColourCube::kMaxSize);
  if (keyword == "DOMAIN_MIN") return read_domain(words, domain_min_);
  if (keyword == "DOMAIN_MAX") return read_domain(words, domain_max_);
  if (keyword == "LUT_1D_INPUT_RANGE") return read_range(words, shaper_range_);
  if (keyword == "LUT_3D_INPUT_RANGE") return read_range(words, cube_range_);
  fail(quoted(keyword), kKeywords);
}

void CubeParser::read_title(std::string_view line) {
  const std::size_t open = line.find('"'), close = line.rfind('"');
  if (open == std::string_view::npos || close == open) fail("a title without quotes", "TITLE \"text\"");
  refuse_more(!file_.title.empty(), "TITLE");
  file_.title = line.substr(open + 1, close - open - 1);
}

void CubeParser::read_size(const Words& words, int& size, int most) {
  refuse_more(size != 0, words[0]);
  const std::string keyword(words[0]), allowed = "one whole number 2 .. " + std::to_string(most);
  if (words.size() != 2) fail(keyword + " with " + std::to_string(words.size() - 1) + " numbers", allowed);
  const double nodes = number(words[1]);
  if (nodes < 2 || nodes > most || nodes != std::floor(nodes)) fail(keyword + " " + quoted(words[1]), allowed);
  size = static_cast<int>(nodes);
}

void CubeParser::read_domain(const Words& words, std::optional<Rgb>& end) {
  refuse_more(end.has_value(), words[0]);
  end = row_of(Words(words.begin() + 1, words.end()));
}

void CubeParser::read_range(const Words& words, std::optional<std::array<double, 2>>& range) {
  refuse_more(range.has_value(), words[0]);
  if (words.size() != 3)
    fail(std::string(words[0]) + " with " + std::to_string(words.size() - 1) + " numbers", "a minimum and a maximum");
  range = {number(words[1]), number(words[2])};
}

/// At the header's end: what it said of the tables' inputs.
void CubeParser::settle_inputs() {
  const bool shaper = shaper_size_ > 0, cube = file_.cube.size > 0, domain = domain_min_ || domain_max_;
  if (!shaper && !cube) fail("a row before the table's size", "LUT_1D_SIZE or LUT_3D_SIZE first");
  if (domain && (shaper_range_ || cube_range_)) fail("DOMAIN_MIN or DOMAIN_MAX beside an input range", "one of them");
  if (domain && shaper && cube)
    fail("DOMAIN_MIN or DOMAIN_MAX of two tables", "LUT_1D_INPUT_RANGE and LUT_3D_INPUT_RANGE, or one table");
  if (shaper_range_ && !shaper) fail("LUT_1D_INPUT_RANGE without a 1D table", "LUT_1D_SIZE beside it");
  if (cube_range_ && !cube) fail("LUT_3D_INPUT_RANGE without a 3D table", "LUT_3D_SIZE beside it");
  const auto same = [](double v) { return Rgb{v, v, v}; };
  if (domain)
    set_input(shaper ? file_.shaper_input : file_.cube_input, domain_min_.value_or(same(0)),
              domain_max_.value_or(same(1)));
  if (shaper_range_) set_input(file_.shaper_input, same((*shaper_range_)[0]), same((*shaper_range_)[1]));
  if (cube_range_) set_input(file_.cube_input, same((*cube_range_)[0]), same((*cube_range_)[1]));
}

void CubeParser::set_input(InputRange& input, const Rgb& minimum, const Rgb& maximum) const {
  for (std::size_t c = 0; c < 3; ++c)
    if (!(maximum[c] > minimum[c]))
      fail("a domain that does not rise", "a maximum above the minimum, for each channel");
  input = {minimum, maximum};
}

void CubeParser::read_rows(const Words& first) {
  const auto rows_1d = static_cast<std::size_t>(shaper_size_), side = static_cast<std::size_t>(file_.cube.size);
  const std::size_t rows = rows_1d + side * side * side;
  const std::string allowed = std::to_string(rows) + " of them";
  file_.shaper.reserve(rows_1d);
  file_.cube.nodes.reserve(rows - rows_1d);
  std::size_t count = 0;
  const auto take = [&](const Words& words) {
    if (is_keyword(words[0])) fail(quoted(words[0]) + " after the first row", "keywords before the table");
    if (count == rows) fail("a further row", allowed);
    (count++ < rows_1d ? file_.shaper : file_.cube.nodes).push_back(row_of(words));
  };
  take(first);
  while (const auto line = next_line()) take(words_of(*line));
  if (count != rows) fail("the end after " + std::to_string(count) + " rows", allowed);
}

Rgb CubeParser::row_of(const Words& words) const {
  if (words.size() != 3) fail(std::to_string(words.size()) + " values", "three numbers");
  return {number(words[0]), number(words[1]), number(words[2])};
}

double CubeParser::number(std::string_view word) const {
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size() || !(std::fabs(value) <= kMostValue))
    fail(quoted(word), "a number from -1000000 to 1000000");
  return value;
}

void CubeParser::refuse_more(bool again, std::string_view keyword) const {
  if (again) fail(std::string(keyword) + " twice", "once");
}

void CubeParser::fail(std::string_view found, std::string_view allowed) const {
  throw TuningError(name_ + ":" + std::to_string(line_) + ": found " + std::string(found) + ", allowed " +
                    std::string(allowed));
}

}  // namespace sunny16::firmware
