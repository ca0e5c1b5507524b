#include "sim/cli/scene_report.h"

#include <cstdlib>

#include "sim/cli/table.h"
#include "sim/cli/text_file.h"
#include "sim/recognition/real_pictures.h"

namespace sunny16::cli {
namespace {

std::string families_text() {
  std::string text = "| kind | family | part | what it shows |\n|---|---|---|---|\n";
  for (const sim::SceneFamily& family : sim::scene_families())
    text += "| " + std::string(family.kind) + " | `" + std::string(family.name) + "` | " +
            std::string(isp::EnumNames<sim::FamilyPart>::names[static_cast<std::size_t>(family.part)]) + " | " +
            std::string(family.description) + " |\n";
  return text;
}

}  // namespace

SceneTraining train_and_choose(const std::vector<sim::SceneSample>& training,
                               const std::vector<sim::SceneSample>& validation) {
  SceneTraining result;
  result.table = "| hidden units | weight decay | validation families right |\n|---:|---:|---:|\n";
  sim::TrainingOptions best;
  double most = -1;
  for (const int hidden : {12, 24, 32})
    for (const double decay : {0.001, 0.003, 0.01}) {
      const sim::TrainingOptions options{.hidden = hidden, .decay = decay};
      const auto network = train(training, options);
      const double right =
          (confusion(validation, network, false).accuracy() + confusion(validation, network, true).accuracy()) / 2;
      result.table += format("| %d | %g | %.1f %% |\n", hidden, decay, 100 * right);
      if (right > most) most = right, best = options;
    }
  std::vector<sim::SceneSample> both = training;
  both.insert(both.end(), validation.begin(), validation.end());
  result.network = train(both, best);
  result.provenance = format("%zu simulated shots, %d hidden units, decay %g.", both.size(), best.hidden, best.decay);
  return result;
}

std::string scene_report(const SceneJudgement& judgement, const firmware::SceneNetwork& network) {
  const sim::SceneConfusion alone = confusion(judgement.held_out, network, false);
  const sim::SceneConfusion with_faces = confusion(judgement.held_out, network, true);
  std::string text =
      "# Scene classifier\n\nWritten by `scripts/train-scenes`; do not edit. What the network sees are the scene "
      "statistics "
      "of `firmware/control/scene/scene_statistics.h`, counted in simulated shots by the camera's own code: random "
      "scenes of the families below, four sensors, several lights, exposures up to 0.6 EV off. In training each shot "
      "is "
      "seen with and without faces, illuminance and focus distance.\n\n## Families\n\nHeld-out families are in no "
      "training and were in no choice.\n\n" +
      families_text();
  if (!judgement.choice.empty())
    text += "\n## The network's size\n\nChosen on the validation families, which then joined the training.\n\n" +
            judgement.choice;
  text +=
      format(
          "\n## Held-out families\n\n%d shots of each. Right without a face detector: **%.1f %%**; with one that finds "
          "every face: **%.1f %%**. Without:\n\n",
          judgement.samples, 100 * alone.accuracy(), 100 * with_faces.accuracy()) +
      confusion_markdown(alone) + "\n" + families_markdown(alone);
  if (const char* folder = std::getenv("SUNNY16_DATA"); folder && !judgement.real_list.empty())
    text +=
        "\n## Real pictures\n\nFew, and none was trained on. Raw files say neither illuminance nor distance here; "
        "photographs (`ref_rgb`) went through the simulated imx708 under daylight. \"none\": by eye it is none of the "
        "kinds, so "
        "that unknown would be right.\n\n" +
        sim::real_pictures_markdown(
            sim::judge_real_pictures(read_text(judgement.real_list), judgement.real_list, folder, network));
  return text;
}

}  // namespace sunny16::cli
