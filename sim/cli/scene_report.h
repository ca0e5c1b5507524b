// The document about the scene classifier: what it learned from, how it was chosen, how often it is right.
#pragma once

#include <string>
#include <vector>

#include "sim/recognition/cross_validation.h"

namespace sunny16::cli {

struct SceneTraining {
  firmware::SceneNetwork network;
  std::string table;       ///< Markdown: what was tried
  std::string provenance;  ///< one line
};

/// Tries sizes and decays on families that are left out in turn, keeps what does best, and trains that on all.
SceneTraining train_and_choose(const std::vector<sim::SceneSample>& samples, int threads);

struct SceneJudgement {
  std::string choice;  ///< SceneTraining::table; empty: nothing was trained
  std::vector<sim::SceneSample> held_out;
  int samples = 0;          ///< of a family
  std::string no_detector;  ///< why the camera's face detector was not there; empty: it was
  std::string real_list;    ///< a list of real pictures; empty: none
};

/// Right ones of held-out shots in percent, by who looked for faces.
std::string scene_figures(const SceneJudgement& judgement, const firmware::SceneNetwork& network);
std::string scene_report(const SceneJudgement& judgement, const firmware::SceneNetwork& network);

}  // namespace sunny16::cli
