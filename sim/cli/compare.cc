// sunny16 compare: two tunings, pictures or versions of the line, and where they differ.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include "firmware/tuning/json_reader.h"
#include "hal/replay/open_frame.h"
#include "sim/cli/commands.h"
#include "sim/cli/options.h"
#include "sim/cli/progress.h"
#include "sim/cli/raw_options.h"
#include "sim/cli/text_file.h"
#include "sim/compare/comparison_page.h"
#include "sim/compare/comparison_text.h"

namespace sunny16::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDefault = "default";

constexpr const char* kExamples = R"(Examples:
  sunny16 compare default imx477.json --raw shot.dng --report tunings.html
  sunny16 compare vc4/imx708.json pisp/imx708.json --raw frame.raw --raw-format 2304x1296:SBGGR10_CSI2P --black 64
  sunny16 compare before.png after.png --json -
  sunny16 compare stages-0.1/ stages-0.2/ --report versions.html      (written by develop --dump-stages))";

struct CompareOptions {
  std::vector<std::string> candidates, sets;
  std::string raw_file, profile = "full", awb = "as-shot", json, report;
  RawOptions raw;
  int threads = 1;
};

enum class Kind { tuning, picture, stages };

/// What a candidate is: its content decides.
Kind kind_of(const std::string& candidate) {
  if (candidate == kDefault) return Kind::tuning;
  std::error_code error;
  if (!fs::exists(candidate, error)) throw UsageError(candidate + ": no such file");
  if (fs::is_directory(candidate, error)) return Kind::stages;
  char first = 0;
  std::ifstream(candidate, std::ios::binary) >> first;  // behind blanks
  // JSON, or a comment before it: no picture begins like that.
  return first == '{' || first == '/' || first == '#' ? Kind::tuning : Kind::picture;
}

/// The kind of all candidates. Throws UsageError if they are not of one.
Kind common_kind(const CompareOptions& options) {
  constexpr std::array<std::string_view, 3> kNames{"a tuning", "a picture", "a folder of stages"};
  const auto name_of = [&](Kind kind) { return std::string(kNames[static_cast<std::size_t>(kind)]); };
  const Kind kind = kind_of(options.candidates[0]);
  for (const std::string& candidate : options.candidates)
    if (const Kind other = kind_of(candidate); other != kind)
      throw UsageError(candidate + ": found " + name_of(other) + ", allowed " + name_of(kind) + " as " +
                       options.candidates[0] + " is");
  if (kind == Kind::tuning && options.raw_file.empty())
    throw UsageError("--raw: found nothing, allowed a raw file, on which the tunings are compared");
  if (kind != Kind::tuning && !options.raw_file.empty())
    throw UsageError("--raw: found " + options.raw_file + ", allowed with tunings only");
  return kind;
}

/// The ends of the candidates' paths, as short as they can be without being the same.
std::vector<std::string> short_names(const std::vector<std::string>& candidates) {
  const auto end_of = [](const std::string& candidate, int parts) {
    const fs::path path = fs::path(candidate).lexically_normal();
    std::vector<fs::path> all;
    for (const fs::path& part : path)
      if (!part.empty()) all.push_back(part);
    fs::path name;
    for (std::size_t i = all.size() - std::min(all.size(), static_cast<std::size_t>(parts)); i < all.size(); ++i)
      name /= all[i];
    return name.string();
  };
  constexpr int kMostParts = 8;
  std::vector<std::string> names;
  for (const std::string& candidate : candidates) {
    int parts = 1;
    const auto is_taken = [&] {
      return std::ranges::any_of(candidates, [&](const std::string& other) {
        return other != candidate && end_of(other, parts) == end_of(candidate, parts);
      });
    };
    while (parts < kMostParts && is_taken()) ++parts;
    names.push_back(end_of(candidate, parts));
  }
  return names;
}

/// Outputs that could not be written are found before the work, not after it.
void check_output(const std::string& output, const CompareOptions& options) {
  if (output.empty() || output == "-") return;
  std::error_code error;
  if (const fs::path folder = fs::path(output).parent_path(); !folder.empty() && !fs::is_directory(folder, error))
    throw UsageError(output + ": no such folder");
  std::vector<std::string> inputs = options.candidates;
  inputs.push_back(options.raw_file);
  for (const std::string& input : inputs)
    if (fs::equivalent(input, output, error)) throw UsageError(output + ": the output is the input");
}

sim::Candidate make_candidate(Kind kind, const std::string& given, const std::string& name, const hal::RawFrame& frame,
                              const CompareOptions& options) {
  if (kind == Kind::picture) return sim::picture_candidate(name, given);
  if (kind == Kind::stages) return sim::dump_candidate(name, given);
  firmware::CameraTuning tuning = given == kDefault ? firmware::CameraTuning{} : firmware::load_tuning(given);
  for (const std::string& note : tuning.notes) std::fprintf(stderr, "%s: %s\n", name.c_str(), note.c_str());
  for (const std::string& assignment : options.sets) set_parameter(tuning, assignment);
  firmware::FrameRequest request;
  request.profile = static_cast<isp::Profile>(choice("--profile", options.profile, isp::kProfileNames));
  request.as_shot = choice("--awb", options.awb, std::array<std::string_view, 2>{"as-shot", "auto"}) == 0;
  request.threads = options.threads;
  return sim::tuning_candidate(name, tuning, frame, request);
}

void compare(const CompareOptions& options) {
  check_output(options.json, options);
  check_output(options.report, options);
  const Kind kind = common_kind(options);
  hal::RawFrame frame;  // of dumped stages: their levels
  frame.white = 65535;
  if (kind == Kind::tuning) frame = hal::open_frame(options.raw_file, description(options.raw));

  const std::vector<std::string> names = short_names(options.candidates);
  const Progress progress(2 * names.size() - 1);
  std::size_t done = 0;
  std::vector<sim::Candidate> candidates;
  for (std::size_t i = 0; i < names.size(); ++i) {
    progress.at(done++, names[i]);
    candidates.push_back(make_candidate(kind, options.candidates[i], names[i], frame, options));
  }
  std::vector<sim::Comparison> comparisons;
  std::vector<std::vector<sim::Html>> stages;
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    progress.at(done++, names[i] + " against " + names[0]);
    std::vector<sim::Html>& figures = stages.emplace_back();
    comparisons.push_back(sim::compare(candidates[0], candidates[i], options.threads,
                                       [&](const auto& difference, const auto& first, const auto& second) {
                                         if (!options.report.empty() && difference.differs())
                                           figures.push_back(sim::stage_figure(difference, first, second, frame));
                                       }));
  }
  progress.at(done, "");

  const std::vector<sim::Measured> measured = sim::side_by_side(candidates, comparisons);
  if (!options.json.empty())
    write_text(options.json, firmware::write_json(sim::comparison_json(candidates, comparisons, measured)));
  if (!options.report.empty())
    write_text(options.report, sim::ComparisonPage{.shot = fs::path(options.raw_file).filename(),
                                                   .candidates = candidates,
                                                   .comparisons = comparisons,
                                                   .stages = stages,
                                                   .measured = measured}
                                   .html());
  if (options.json != "-") std::fputs(sim::comparison_text(candidates, comparisons, measured).c_str(), stdout);
}

}  // namespace

void add_compare(CLI::App& app) {
  const auto options = std::make_shared<CompareOptions>();
  CompareOptions& o = *options;
  o.threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  CLI::App& command =
      *app.add_subcommand("compare", "Show where tunings, pictures or versions differ, and by how much");
  command.footer(kExamples);
  command
      .add_option(
          "A B", o.candidates,
          "Tuning files (ours, Raspberry Pi's, or the word default), pictures (PNG, JPEG, TIFF), or folders that "
          "develop --dump-stages wrote; each is compared with the first")
      ->required()
      ->expected(2, 16);
  command.add_option("--raw", o.raw_file, "Raw file that the tunings develop");
  add_raw_options(command, o.raw);
  command.add_option("--profile", o.profile, "full, lite, preview or plain")->capture_default_str();
  command.add_option("--awb", o.awb, "as-shot (the file's own, else estimated) or auto (estimated)")
      ->capture_default_str();
  command.add_option("--set", o.sets, "Set a parameter of each tuning: stage.field=value")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  command.add_option("--json", o.json, "Write all figures as JSON: a file, or - for standard output instead of tables");
  command.add_option("--report", o.report, "Write a page with pictures, plots and tables: an HTML file");
  command.add_option("--threads", o.threads, "Threads")->check(CLI::Range(1, 256))->capture_default_str();
  command.callback([options] { compare(*options); });
}

}  // namespace sunny16::cli
