// The commands of `sunny16`. Each adds itself to the parser; its work runs when it was chosen.
#pragma once

#include <CLI/CLI.hpp>

namespace sunny16::cli {

void add_develop(CLI::App& app);
void add_info(CLI::App& app);
void add_plan(CLI::App& app);
void add_stages(CLI::App& app);
void add_schema(CLI::App& app);
void add_docs(CLI::App& app);
void add_golden(CLI::App& app);
void add_bench(CLI::App& app);
void add_simulate(CLI::App& app);
void add_measure(CLI::App& app);
void add_compare(CLI::App& app);
void add_look(CLI::App& app);
void add_scenes(CLI::App& app);

/// Thrown for what the user gave: reported as one line, exit code 2.
class UsageError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Thrown where a check failed: reported as one line, exit code 1.
class CheckError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace sunny16::cli
