// docs/generated/looks.md: the looks and boards that come with the program, and the fields of their files.
#pragma once

#include <string>
#include <vector>

#include "firmware/looks/board_profile.h"

namespace sunny16::firmware {

std::string look_reference_text(const LookLibrary& library, const std::vector<BoardProfile>& boards);

}  // namespace sunny16::firmware
