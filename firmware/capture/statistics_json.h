// Statistics as the live page draws them.
#pragma once

#include <nlohmann/json.hpp>

#include "isp/core/statistics.h"

namespace sunny16::firmware {

/// Shares of the metered picture in 64 even steps from black to white; the last one holds what is clipped too.
nlohmann::ordered_json histogram_json(const isp::Statistics& statistics);

}  // namespace sunny16::firmware
