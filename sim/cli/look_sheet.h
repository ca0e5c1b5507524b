// sunny16 look sheet: a contact sheet of looks.
#pragma once

#include "sim/cli/commands.h"

namespace sunny16::cli {

/// Adds the command to `look`.
void add_sheet(CLI::App& look);

}  // namespace sunny16::cli
