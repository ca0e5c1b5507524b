// The list of stages as a document.
#pragma once

#include <string>

namespace sunny16::cli {

/// docs/generated/stages.md.
std::string stages_markdown();

}  // namespace sunny16::cli
