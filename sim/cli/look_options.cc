#include "sim/cli/look_options.h"

#include <cstdio>

#include "sim/sensor/module_file.h"

namespace sunny16::cli {

void add_library_options(CLI::App& command, LookOptions& options) {
  command
      .add_option("--looks", options.folders,
                  "A pack of looks, or a folder of them, beside those that came with the program")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  command.add_option("--board", options.board, "Only looks that a board's camera has: a profile by name, or its file");
}

firmware::LookLibrary library_of(const LookOptions& options) {
  std::vector<std::filesystem::path> folders{sim::boards_folder() / "looks"};
  folders.insert(folders.end(), options.folders.begin(), options.folders.end());
  firmware::LookLibrary library(folders);
  for (const std::string& problem : library.problems()) std::fprintf(stderr, "sunny16: %s\n", problem.c_str());
  return library;
}

LookChooser::LookChooser(const LookOptions& options) : name_(options.look), library_(library_of(options)) {
  if (!options.board.empty()) board_ = firmware::load_board(sim::boards_folder() / "profiles", options.board);
}

std::shared_ptr<const firmware::Look> LookChooser::look_for(const std::string& model) const {
  if (name_ == "none") return nullptr;
  if (board_) return look_of(profile_of(*board_, model), library_, name_);
  return name_ == "default" ? nullptr : find_look(library_.looks(), name_);
}

void LookChooser::require(firmware::Feature feature, const std::string& model, const std::string& option) const {
  if (!board_) return;
  const firmware::CameraProfile profile = profile_of(*board_, model);
  if (!profile.has(feature)) throw UsageError(option + ": " + profile.lacks(feature));
}

firmware::LookList LookChooser::looks_for(const std::string& model) const {
  return board_ ? looks_of(profile_of(*board_, model), library_) : library_.looks();
}

}  // namespace sunny16::cli
