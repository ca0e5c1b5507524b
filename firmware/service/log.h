// The daemon's log: the journal under systemd, else the console.
#pragma once

#include "firmware/service/settings.h"

namespace sunny16::firmware {

void set_up_log(LogLevel level);

}  // namespace sunny16::firmware
