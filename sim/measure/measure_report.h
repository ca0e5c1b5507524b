// What was measured, as a page.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/measure/measure.h"

namespace sunny16::sim {

struct MeasuredSubject {
  std::string name;
  const Subject* subject;  ///< null for what was measured of several files
  std::vector<Measurement> measurements;
};

/// One HTML page that stands alone: pictures with what was measured in them, tables, plots.
std::string measure_report_html(std::span<const MeasuredSubject> results);

}  // namespace sunny16::sim
