// Subjects compared: each with the first one, and figures of all side by side.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/compare/candidate.h"
#include "sim/compare/picture_difference.h"
#include "sim/compare/stage_difference.h"
#include "sim/compare/value_difference.h"

namespace sunny16::sim {

/// A figure with a value for each candidate that has one. Figures of differences have none for the first candidate.
struct Measured {
  std::string name;  ///< with its unit, as a JSON key: "psnr_db"
  std::vector<std::optional<double>> values = {};
};

/// A candidate against the first one.
struct Comparison {
  std::vector<StageDifference> stages;
  std::optional<ComparedPictures> pictures;
  std::vector<ValueDifference> metadata, tuning;

  /// Nothing at all differs.
  bool equal() const;
};

/// Throws MetricError where pictures or stages have different sizes.
Comparison compare(const Candidate& first, const Candidate& second, int threads, const StagePairVisitor& visit = {});

/// What the candidates themselves tell: gains, colour temperature, and the comparisons' figures (one a candidate but
/// the first). EV and angles are against the first candidate.
std::vector<Measured> side_by_side(std::span<const Candidate> candidates, std::span<const Comparison> comparisons);

}  // namespace sunny16::sim
