// sunny16 docs: the documents that follow from the code, compared with their files or written to them.
#include <filesystem>

#include "firmware/looks/look_reference.h"
#include "firmware/tuning/camera_tuning.h"
#include "sim/cli/commands.h"
#include "sim/cli/look_options.h"
#include "sim/cli/stages.h"
#include "sim/cli/text_file.h"
#include "sim/measure/look_changes.h"
#include "sim/sensor/module_file.h"

namespace sunny16::cli {
namespace {

struct DocsOptions {
  std::string folder = "docs/generated";
  bool update = false;
};

void docs(const DocsOptions& options) {
  const std::filesystem::path folder = options.folder;
  constexpr std::array<std::string_view, 2> kDetailed{"signature/authentic", "signature/vibrant"};
  const firmware::LookLibrary library = library_of({});
  for (const auto& [name, text] :
       {std::pair{"stages.md", stages_markdown()},
        {"tuning.md", firmware::tuning_reference_text()},
        {"looks.md", firmware::look_reference_text(library, firmware::load_boards(sim::boards_folder() / "profiles"))},
        {"look_changes.md", sim::look_changes_markdown(library.looks(), kDetailed)}}) {
    const std::string file = folder / name;
    if (options.update)
      write_text(file, text);
    else if (read_text(file) != text)
      throw CheckError(file + ": not what the code says; scripts/docs writes it");
  }
}

}  // namespace

void add_docs(CLI::App& app) {
  const auto options = std::make_shared<DocsOptions>();
  CLI::App& command = *app.add_subcommand("docs", "Compare the generated documents with the code");
  command.footer("Examples:\n  sunny16 docs\n  sunny16 docs --update");
  command.add_option("--folder", options->folder, "Where they are")->capture_default_str();
  command.add_flag("--update", options->update, "Write them");
  command.callback([options] { docs(*options); });
}

}  // namespace sunny16::cli
