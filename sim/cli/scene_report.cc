#include "sim/cli/scene_report.h"

#include <algorithm>
#include <cstdlib>

#include "sim/cli/table.h"
#include "sim/cli/text_file.h"
#include "sim/recognition/real_pictures.h"

namespace sunny16::cli {
namespace {

using sim::FaceFinder;

std::string families_text() {
  std::string text = "| kind | family | part | what it shows |\n|---|---|---|---|\n";
  for (const sim::SceneFamily& family : sim::scene_families())
    text += "| " + std::string(family.kind == "unknown" ? "none" : family.kind) + " | `" + std::string(family.name) +
            "` | " + std::string(isp::EnumNames<sim::FamilyPart>::names[static_cast<std::size_t>(family.part)]) +
            " | " + std::string(family.description) + " |\n";
  return text;
}

/// How many faces the detector found where there are some, and where there are none.
std::string detector_text(const std::vector<sim::SceneSample>& samples) {
  double found = 0, there = 0, misled = 0, without = 0;
  for (const sim::SceneSample& sample : samples) {
    const double seen = sample.seen_by(FaceFinder::detector).faces, are = sample.seen_by(FaceFinder::oracle).faces;
    if (are > 0)
      found += seen, there += are;
    else
      ++without, misled += seen > 0;
  }
  return format(
      "In the shots of people the camera's detector counts %.0f faces, where there are %.0f; in %.0f of the %.0f shots "
      "without people it finds some.\n\n",
      found, there, misled, without);
}

}  // namespace

SceneTraining train_and_choose(const std::vector<sim::SceneSample>& samples, int threads) {
  SceneTraining result;
  result.table =
      "| networks x hidden units | weight decay | right without detector | with | none called none | cross entropy, "
      "bit | softness |\n|---|---:|---:|---:|---:|---:|---:|\n";
  sim::TrainingOptions best;
  double least = 1e300, softness = 1;
  for (const int hidden : {12, 16})
    for (const double decay : {0.001, 0.003, 0.01}) {
      const sim::TrainingOptions options{.hidden = hidden, .decay = decay};
      const sim::CrossValidation validation(samples, options, threads);
      const double soft = validation.best_softness(), entropy = validation.cross_entropy(soft);
      const auto alone = validation.confusion(FaceFinder::nobody, soft);
      const auto with = validation.confusion(FaceFinder::detector, soft);
      result.table += format("| %d x %d | %g | %.1f %% | %.1f %% | %.0f %% | %.3f | %.2f |\n", options.members, hidden,
                             decay, 100 * alone.accuracy(), 100 * with.accuracy(), 100 * alone.doubts(), entropy, soft);
      if (entropy < least) least = entropy, softness = soft, best = options;
    }
  result.network = sim::softened(train(samples, best), softness);
  result.provenance = format("%zu simulated shots, %d networks of %d hidden units, decay %g, softness %.2f.",
                             samples.size(), best.members, best.hidden, best.decay, softness);
  return result;
}

std::string scene_figures(const SceneJudgement& judgement, const firmware::SceneNetwork& network) {
  const auto row = [&](FaceFinder finder) {
    if (finder == FaceFinder::detector && !judgement.no_detector.empty()) return std::string("**not measured** | |");
    const sim::SceneConfusion judged = confusion(judgement.held_out, network, finder);
    return format("**%.1f %%** | %d of %d |", 100 * judged.accuracy(), judged.right, judged.all);
  };
  std::string text = "| who looks for faces | right | |\n|---|---:|---:|\n";
  text += "| nobody | " + row(FaceFinder::nobody) + "\n";
  text += "| the camera's detector | " + row(FaceFinder::detector) + "\n";
  text += "| an oracle, which finds every face and nothing else | " + row(FaceFinder::oracle) + "\n";
  if (!judgement.no_detector.empty())
    text += "\n**The camera's detector was not there:** " + judgement.no_detector + "\n";
  return text;
}

std::string scene_report(const SceneJudgement& judgement, const firmware::SceneNetwork& network) {
  const sim::SceneConfusion alone = confusion(judgement.held_out, network, FaceFinder::nobody);
  std::string text =
      "# Scene classifier\n\nWritten by `scripts/train-scenes`; do not edit. What the network sees are the scene "
      "statistics of `firmware/control/scene/scene_statistics.h`, counted in simulated shots by the camera's own code: "
      "random scenes of the families below, four sensors, several lights, exposures up to 0.6 EV off. In training each "
      "shot is seen without faces and with those that the camera's detector (`sunny16-faces.so`) found in the "
      "developed "
      "picture, its misses and false ones among them, and now and then without illuminance and focus distance. Of what "
      "is none of the kinds it learns that all are as likely; below a likelihood of " +
      format("%g", firmware::kSceneConfidence) +
      " a picture is called unknown.\n\n## Families\n\nHeld-out families are in no training and were in no "
      "choice.\n\n" +
      families_text();
  if (!judgement.choice.empty())
    text +=
        "\n## The network\n\nChosen by the least cross entropy on training families, some of each kind left out at a "
        "time. It rises with what is wrong and sure of it; softness, chosen by it as well, makes likelihoods as sure "
        "as families that were left out justify.\n\n" +
        judgement.choice;
  text += format("\n## Held-out families\n\n%d shots of each.\n\n", judgement.samples) +
          scene_figures(judgement, network) + "\n";
  if (judgement.no_detector.empty()) text += detector_text(judgement.held_out);
  text += "Without a detector:\n\n" + confusion_markdown(alone) + "\n" + families_markdown(alone);
  if (judgement.no_detector.empty())
    text += "\nWith the camera's detector:\n\n" +
            confusion_markdown(confusion(judgement.held_out, network, FaceFinder::detector));
  if (const char* folder = std::getenv("SUNNY16_DATA"); folder && !judgement.real_list.empty())
    text +=
        "\n## Real pictures\n\nFew, and none was trained on. Raw files say neither illuminance nor distance here; "
        "photographs (`ref_rgb`) went through the simulated imx708 under daylight. \"none\": by eye it is none of the "
        "kinds, so that unknown would be right.\n\n" +
        sim::real_pictures_markdown(
            sim::judge_real_pictures(read_text(judgement.real_list), judgement.real_list, folder, network));
  return text;
}

}  // namespace sunny16::cli
