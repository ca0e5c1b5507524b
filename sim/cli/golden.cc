// sunny16 golden: the golden hashes, compared with their file or written to it.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "sim/cli/commands.h"
#include "sim/cli/text_file.h"
#include "sim/reference/golden.h"

namespace sunny16::cli {
namespace {

struct GoldenOptions {
  std::string file = "tests/golden/golden.txt";
  bool update = false;
};

void golden(const GoldenOptions& options) {
  const std::string found = sim::golden_text();
  if (options.update) return write_text(options.file, found);
  const auto changed = sim::golden_difference(read_text(options.file), found);
  for (const std::string& name : changed) std::printf("%s\n", name.c_str());
  if (!changed.empty())
    throw CheckError(options.file + ": " + std::to_string(changed.size()) +
                     " hashes differ; --update writes the new ones");
}

}  // namespace

void add_golden(CLI::App& app) {
  const auto options = std::make_shared<GoldenOptions>();
  CLI::App& command = *app.add_subcommand("golden", "Compare what the line computes with the golden hashes");
  command.footer("Examples:\n  sunny16 golden\n  sunny16 golden --update");
  command.add_option("--file", options->file, "File of the hashes")->capture_default_str();
  command.add_flag("--update", options->update, "Write the file");
  command.callback([options] { golden(*options); });
}

}  // namespace sunny16::cli
