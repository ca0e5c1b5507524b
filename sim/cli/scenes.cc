// sunny16 scenes: trains and judges the camera's scene classifier on the families of scenes.
#include <cstdio>
#include <thread>

#include "firmware/detect/open_detectors.h"
#include "sim/cli/commands.h"
#include "sim/cli/progress.h"
#include "sim/cli/scene_report.h"
#include "sim/cli/text_file.h"

namespace sunny16::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sunny16 scenes --samples 20
  sunny16 scenes --features features.csv
  sunny16 scenes --train firmware/control/scene/scene_weights.h --report docs/generated/scene_classifier.md)";

struct ScenesOptions {
  int samples = 20, threads = 1;
  std::string features, train, report, real;
};

/// Why there is no face detector; empty: it is open.
std::string open_faces(firmware::Detectors& detectors) {
  try {
    detectors = firmware::open_detectors({.faces = true});
    return {};
  } catch (const firmware::DetectorError& error) {
    return error.what();
  }
}

void scenes(const ScenesOptions& options) {
  firmware::Detectors detectors;
  const std::string no_detector = open_faces(detectors);
  if (!no_detector.empty()) {
    if (!options.train.empty()) throw UsageError("--train: needs the face detector: " + no_detector);
    std::fprintf(stderr, "sunny16: SKIPPED: no figures with the camera's face detector: %s\n", no_detector.c_str());
  }
  const auto samples = [&](sim::FamilyPart part) {
    return sim::take_samples(part, options.samples, detectors, options.threads);
  };
  const auto held_out = samples(sim::FamilyPart::held_out);
  std::vector<sim::SceneSample> training;
  if (!options.train.empty() || !options.features.empty()) training = samples(sim::FamilyPart::training);
  if (!options.features.empty()) {
    auto all = training;
    all.insert(all.end(), held_out.begin(), held_out.end());
    write_text(options.features, samples_csv(all));
  }
  firmware::SceneNetwork network = firmware::scene_network();
  std::string choice;
  if (!options.train.empty()) {
    const SceneTraining trained = train_and_choose(training, options.threads);
    network = trained.network, choice = trained.table;
    write_text(options.train, sim::weights_header(network, trained.provenance));
  }
  const SceneJudgement judgement{choice, held_out, options.samples, no_detector, options.real};
  if (!options.report.empty()) write_text(options.report, scene_report(judgement, network));
  std::printf("%s\n%s", confusion_markdown(confusion(held_out, network, sim::FaceFinder::nobody)).c_str(),
              scene_figures(judgement, network).c_str());
}

}  // namespace

void add_scenes(CLI::App& app) {
  const auto options = std::make_shared<ScenesOptions>();
  ScenesOptions& o = *options;
  o.threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  CLI::App& command = *app.add_subcommand("scenes", "Train and judge the scene classifier on simulated scenes");
  command.footer(kExamples);
  command.add_option("--samples", o.samples, "Shots of each family of scenes")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  command.add_option("--features", o.features, "Write all shots' scene statistics (.csv)");
  command.add_option("--train", o.train, "Train, and write the weights as this header");
  command.add_option("--report", o.report, "Write a document about the classifier (.md)");
  command.add_option("--real", o.real, "Real pictures for the report: a list of them (.json)");
  command.add_option("--threads", o.threads, "Threads")->check(CLI::Range(1, 256))->capture_default_str();
  command.callback([options] { scenes(*options); });
}

}  // namespace sunny16::cli
