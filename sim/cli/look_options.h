// Which look a command develops with, and where looks are.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "firmware/looks/board_profile.h"
#include "sim/cli/commands.h"

namespace sunny16::cli {

struct LookOptions {
  std::string look = "default", board;
  std::vector<std::string> folders;
};

/// --looks and --board.
void add_library_options(CLI::App& command, LookOptions& options);

/// The shipped packs, and those of the folders. Packs that cannot be read are told of on standard error.
firmware::LookLibrary library_of(const LookOptions& options);

/// Looks by name, of those that a board's camera has where a board is given, else of all.
class LookChooser {
 public:
  /// Throws firmware::TuningError for a board that there is not.
  explicit LookChooser(const LookOptions& options);

  /// The look for a camera of this model; null: the tuning alone. Throws firmware::TuningError that lists what there
  /// is.
  std::shared_ptr<const firmware::Look> look_for(const std::string& model) const;
  firmware::LookList looks_for(const std::string& model) const;
  /// Throws UsageError that begins with `option` where a board is given whose camera has not got the feature.
  void require(firmware::Feature feature, const std::string& model, const std::string& option) const;
  const firmware::LookLibrary& library() const { return library_; }

 private:
  std::string name_;
  std::optional<firmware::BoardProfile> board_;
  firmware::LookLibrary library_;
};

}  // namespace sunny16::cli
