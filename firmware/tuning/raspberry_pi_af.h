// rpi.af of a Raspberry Pi tuning file.
#pragma once

#include "firmware/tuning/raspberry_pi.h"
#include "firmware/tuning/raspberry_pi_block.h"

namespace sunny16::firmware {

/// What is absent has libcamera's default: macro and fast are then as normal, and full spans both.
void read_raspberry_pi_af(RaspberryPiBlock& block, RaspberryPiTuning& tuning, std::vector<std::string>& notes);

}  // namespace sunny16::firmware
