// The document about the scene classifier: what it learned from, how its size was chosen, how often it is right.
#pragma once

#include <string>
#include <vector>

#include "sim/recognition/scene_confusion.h"
#include "sim/recognition/scene_training.h"

namespace sunny16::cli {

struct SceneTraining {
  firmware::SceneNetwork network;
  std::string table;       ///< Markdown: what was tried
  std::string provenance;  ///< one line
};

/// Tries sizes and decays on the training families, keeps what the validation families like best, and trains that on
/// both.
SceneTraining train_and_choose(const std::vector<sim::SceneSample>& training,
                               const std::vector<sim::SceneSample>& validation);

struct SceneJudgement {
  std::string choice;  ///< SceneTraining::table; empty: nothing was trained
  std::vector<sim::SceneSample> held_out;
  int samples = 0;        ///< of a family
  std::string real_list;  ///< a list of real pictures; empty: none
};

std::string scene_report(const SceneJudgement& judgement, const firmware::SceneNetwork& network);

}  // namespace sunny16::cli
