// The commands of `sunny16`. Each adds itself to the parser; its work runs when it was chosen.
#pragma once

#include <CLI/CLI.hpp>

namespace sunny16::cli {

void add_develop(CLI::App& app);

/// Thrown for what the user gave: reported as one line, exit code 2.
class UsageError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace sunny16::cli
