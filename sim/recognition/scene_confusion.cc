#include "sim/recognition/scene_confusion.h"

namespace sunny16::sim {

void SceneConfusion::add(const SceneSample& sample, firmware::SceneKind called) {
  const bool is_right = called == sample.kind, kind = sample.kind != firmware::SceneKind::unknown;
  ++counts[static_cast<std::size_t>(sample.kind)][static_cast<std::size_t>(called)];
  families[sample.family][0] += is_right, ++families[sample.family][1];
  (kind ? right : doubted) += is_right, ++(kind ? all : kindless);
}

SceneConfusion confusion(const std::vector<SceneSample>& samples, const firmware::SceneNetwork& network,
                         FaceFinder finder) {
  SceneConfusion result;
  for (const SceneSample& sample : samples)
    result.add(sample,
               firmware::best_of(firmware::classify(firmware::scene_inputs(sample.seen_by(finder)), network)).kind);
  return result;
}

std::string confusion_markdown(const SceneConfusion& confusion) {
  const auto& names = isp::EnumNames<firmware::SceneKind>::names;
  std::string text = "| is \\ called |", rule = "|---|";
  for (std::size_t called = 0; called < names.size(); ++called) {
    text += " " + std::string(names[called]) + " |";
    rule += "---:|";
  }
  text += "\n" + rule + "\n";
  for (std::size_t place = 1; place <= names.size(); ++place) {
    const std::size_t kind = place % names.size();  // what is no kind comes last
    if (kind == 0 && confusion.kindless == 0) break;
    text += "| **" + std::string(kind == 0 ? "none" : names[kind]) + "** |";
    for (const int count : confusion.counts[kind]) text += count > 0 ? " " + std::to_string(count) + " |" : " |";
    text += "\n";
  }
  return text;
}

std::string families_markdown(const SceneConfusion& confusion) {
  std::string text = "| family | right | of |\n|---|---:|---:|\n";
  for (const auto& [family, counts] : confusion.families)
    text += "| " + family + " | " + std::to_string(counts[0]) + " | " + std::to_string(counts[1]) + " |\n";
  return text;
}

}  // namespace sunny16::sim
