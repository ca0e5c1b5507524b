// sunny16 scenes: trains and judges the camera's scene classifier on the families of scenes.
#include <cstdio>
#include <thread>

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

void scenes(const ScenesOptions& options) {
  const auto samples = [&](sim::FamilyPart part) { return sim::take_samples(part, options.samples, options.threads); };
  const auto training = samples(sim::FamilyPart::training), validation = samples(sim::FamilyPart::validation);
  const auto held_out = samples(sim::FamilyPart::held_out);
  if (!options.features.empty()) {
    auto all = training;
    all.insert(all.end(), validation.begin(), validation.end());
    all.insert(all.end(), held_out.begin(), held_out.end());
    write_text(options.features, samples_csv(all));
  }
  firmware::SceneNetwork network = firmware::scene_network();
  std::string choice;
  if (!options.train.empty()) {
    const SceneTraining trained = train_and_choose(training, validation);
    network = trained.network, choice = trained.table;
    write_text(options.train, sim::weights_header(network, trained.provenance));
  }
  if (!options.report.empty())
    write_text(options.report, scene_report({choice, held_out, options.samples, options.real}, network));
  const sim::SceneConfusion judged = confusion(held_out, network, false);
  std::printf("%s\nheld out: %d of %d right, %.1f %%; with faces found: %.1f %%\n", confusion_markdown(judged).c_str(),
              judged.right, judged.all, 100 * judged.accuracy(), 100 * confusion(held_out, network, true).accuracy());
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
