// The daemon's status as Prometheus reads it: text exposition format 0.0.4, in base units.
#pragma once

#include <string>

#include "firmware/service/process_usage.h"
#include "firmware/service/status.h"

namespace sunny16::firmware {

inline constexpr const char* kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

std::string metrics_text(const DaemonStatus& status, const ProcessUsage& process);

}  // namespace sunny16::firmware
