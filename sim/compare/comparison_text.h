// A comparison on a terminal, and as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "sim/compare/comparison.h"
#include "sim/report/table.h"

namespace sunny16::sim {

/// Figures of all candidates side by side.
Table measured_table(std::span<const Candidate> candidates, std::span<const Measured> measured);
Table stage_table(const std::string& first, const std::string& second, const Comparison& comparison);
/// Metadata or tuning values; those longer than `most` characters are cut.
Table value_table(const std::string& first, const std::string& second, const std::vector<ValueDifference>& values,
                  std::size_t most);

/// In a few words: where the lines part, or that nothing differs.
std::string verdict(const std::string& first, const std::string& second, const Comparison& comparison);

std::string comparison_text(std::span<const Candidate> candidates, std::span<const Comparison> comparisons,
                            std::span<const Measured> measured);
nlohmann::ordered_json comparison_json(std::span<const Candidate> candidates, std::span<const Comparison> comparisons,
                                       std::span<const Measured> measured);

}  // namespace sunny16::sim
