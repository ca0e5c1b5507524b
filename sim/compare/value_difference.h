// What differs between two JSON documents: tunings, metadata.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace sunny16::sim {

struct ValueDifference {
  std::string name;           ///< "sharpen.strength", "colour.matrices[1].temperature"
  std::string first, second;  ///< as people read them: numbers with six digits, long arrays in a few words
};

/// Walks both documents and lists what is not equal, down to numbers, texts, arrays of numbers, and curves. Arrays of
/// different lengths differ as a whole.
std::vector<ValueDifference> differing_values(const nlohmann::ordered_json& first,
                                              const nlohmann::ordered_json& second);

/// A value for people.
std::string value_text(const nlohmann::ordered_json& value);

}  // namespace sunny16::sim
