// A comparison as a page: wipe view, differences as pictures, plots and tables.
#pragma once

#include <string>

#include "sim/compare/comparison.h"
#include "sim/report/page.h"

namespace sunny16::sim {

/// A stage of two lines where they differ most: the first, the second, and their difference as a heat map. `frame`
/// tells the sensor's levels.
Html stage_figure(const StageDifference& difference, const StageOutput& first, const StageOutput& second,
                  const hal::RawFrame& frame);

struct ComparisonPage {
  std::string shot;  ///< the raw file; empty where there is none
  std::span<const Candidate> candidates;
  std::span<const Comparison> comparisons;    ///< one a candidate but the first
  std::span<const std::vector<Html>> stages;  ///< their stage figures
  std::span<const Measured> measured;

  std::string html() const;
};

}  // namespace sunny16::sim
