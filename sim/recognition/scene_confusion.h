// How often the classifier is right, and what it takes for what.
#pragma once

#include <array>
#include <map>
#include <string>

#include "sim/recognition/scene_samples.h"

namespace sunny16::sim {

struct SceneConfusion {
  static constexpr std::size_t kKinds = firmware::kSceneKinds + 1;
  std::array<std::array<int, kKinds>, kKinds> counts{};  ///< by what it is, then by what it was called
  std::map<std::string, std::array<int, 2>> families;    ///< right ones, all
  int right = 0, all = 0;                                ///< of what is a kind
  int doubted = 0, kindless = 0;                         ///< of what is none: what was called unknown, all

  void add(const SceneSample& sample, firmware::SceneKind called);
  double doubts() const { return kindless > 0 ? static_cast<double>(doubted) / kindless : 0; }
  double accuracy() const { return all > 0 ? static_cast<double>(right) / all : 0; }
};

SceneConfusion confusion(const std::vector<SceneSample>& samples, const firmware::SceneNetwork& network,
                         FaceFinder finder);

/// A table in Markdown: rows are what it is, columns what it was called; and one of the families.
std::string confusion_markdown(const SceneConfusion& confusion);
std::string families_markdown(const SceneConfusion& confusion);

}  // namespace sunny16::sim
