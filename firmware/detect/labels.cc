#include "firmware/detect/labels.h"

#include <sstream>

#include "firmware/detect/detector.h"
#include "firmware/tuning/text_file.h"

namespace sunny16::firmware {
namespace {

constexpr std::size_t kMostLabels = 10000, kLongest = 100;

}  // namespace

Labels read_labels(const std::filesystem::path& file) {
  const auto text = read_text_file(file, kMostLabels * (kLongest + 2));
  if (!text) throw DetectorError(file.string() + ": cannot be read");
  std::istringstream in(*text);
  Labels labels;
  std::size_t number = 0, named = 0;
  for (std::string line; std::getline(in, line);) {
    const auto refuse = [&](const std::string& found, const std::string& allowed) {
      throw DetectorError(file.string() + ":" + std::to_string(number) + ": found " + found + ", allowed " + allowed);
    };
    if (++number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    if (line.ends_with('\r')) line.pop_back();
    if (line.size() > kLongest)
      refuse("a name of " + std::to_string(line.size()) + " bytes", "at most " + std::to_string(kLongest));
    if (line.find_first_of(std::string_view("\0\t", 2)) != std::string::npos) refuse("a control character", "text");
    if (number > kMostLabels) refuse("one more name", std::to_string(kMostLabels) + " names");
    labels.push_back(line);
    if (!line.empty()) named = labels.size();
  }
  labels.resize(named);
  if (labels.empty()) throw DetectorError(file.string() + ": found no names, allowed one a line");
  return labels;
}

Labels labels_of_names(std::string_view names) {
  Labels labels;
  if (!names.starts_with('{') || !names.ends_with('}')) return {};
  for (std::size_t at = 0;;) {
    const std::size_t open = names.find_first_of("'\"", at);
    if (open == std::string_view::npos) return labels;
    const std::size_t close = names.find(names[open], open + 1);
    if (close == std::string_view::npos || close - open > kLongest || labels.size() == kMostLabels) return {};
    labels.emplace_back(names.substr(open + 1, close - open - 1));
    at = close + 1;
  }
}

std::string label_of(const Labels& labels, std::size_t kind) {
  return kind < labels.size() && !labels[kind].empty() ? labels[kind] : "class " + std::to_string(kind);
}

}  // namespace sunny16::firmware
