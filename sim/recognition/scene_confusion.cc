#include "sim/recognition/scene_confusion.h"

namespace sunny16::sim {

SceneConfusion confusion(const std::vector<SceneSample>& samples, const firmware::SceneNetwork& network,
                         bool with_faces) {
  SceneConfusion result;
  for (const SceneSample& sample : samples) {
    const auto inputs = firmware::scene_inputs(with_faces ? sample.with_faces : sample.statistics);
    const firmware::SceneKind called = firmware::best_of(firmware::classify(inputs, network)).kind;
    const bool right = called == sample.kind;
    ++result.counts[static_cast<std::size_t>(sample.kind)][static_cast<std::size_t>(called)];
    result.families[sample.family][0] += right, ++result.families[sample.family][1];
    result.right += right, ++result.all;
  }
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
  for (std::size_t kind = 1; kind < names.size(); ++kind) {
    text += "| **" + std::string(names[kind]) + "** |";
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
