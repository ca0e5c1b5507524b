// sunny16 golden: the golden hashes, compared with their files or written to them.
#include <algorithm>
#include <cstdio>
#include <thread>

#include "sim/camera/golden_shots.h"
#include "sim/cli/commands.h"
#include "sim/cli/text_file.h"
#include "sim/reference/golden.h"

namespace sunny16::cli {
namespace {

struct GoldenOptions {
  std::string file = "tests/golden/golden.txt", simulated = "tests/golden/simulated.txt";
  bool update = false;
};

/// How many hashes differ; their names are printed.
std::size_t differing(const std::string& file, const std::string& found) {
  const auto changed = sim::golden_difference(read_text(file), found);
  for (const std::string& name : changed) std::printf("%s\n", name.c_str());
  return changed.size();
}

void golden(const GoldenOptions& options) {
  const std::string line = sim::golden_text();
  const std::string shots =
      sim::simulated_golden_text(static_cast<int>(std::max(1u, std::thread::hardware_concurrency())));
  if (options.update) {
    write_text(options.file, line);
    write_text(options.simulated, shots);
    return;
  }
  if (const std::size_t count = differing(options.file, line) + differing(options.simulated, shots); count > 0)
    throw CheckError(options.file + ", " + options.simulated + ": " + std::to_string(count) +
                     " hashes differ; --update writes the new ones");
}

}  // namespace

void add_golden(CLI::App& app) {
  const auto options = std::make_shared<GoldenOptions>();
  CLI::App& command = *app.add_subcommand("golden", "Compare the line and the simulated camera with the golden hashes");
  command.footer("Examples:\n  sunny16 golden\n  sunny16 golden --update");
  command.add_option("--file", options->file, "File of the line's hashes")->capture_default_str();
  command.add_option("--simulated", options->simulated, "File of the simulated camera's")->capture_default_str();
  command.add_flag("--update", options->update, "Write the files");
  command.callback([options] { golden(*options); });
}

}  // namespace sunny16::cli
