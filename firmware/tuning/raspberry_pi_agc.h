// The rpi.agc block of Raspberry Pi tuning files.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/tuning/raspberry_pi.h"
#include "firmware/tuning/raspberry_pi_block.h"

namespace sunny16::firmware {

void read_raspberry_pi_agc(RaspberryPiBlock& block, RaspberryPiTuning& tuning, std::vector<std::string>& notes);

/// Moves the mode of that name to the front, where the default is: JSON objects have no order.
template <class Mode>
void put_first(std::vector<Mode>& modes, std::string_view name) {
  const auto found = std::find_if(modes.begin(), modes.end(), [&](const Mode& mode) { return mode.name == name; });
  if (found != modes.end()) std::rotate(modes.begin(), found, found + 1);
}

}  // namespace sunny16::firmware
