// Pictures of the line, turned to stand upright.
#pragma once

#include "firmware/capture/frame_line.h"
#include "firmware/output/orient.h"

namespace sunny16::firmware {

void turn(Picture& picture, Orientation orientation);

}  // namespace sunny16::firmware
