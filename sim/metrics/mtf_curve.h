// A response over spatial frequency, and where it falls to a level.
#pragma once

#include <vector>

namespace sunny16::sim {

/// Frequencies at which metrics list a response: 0, 0.01, ... 1 cy/px.
std::vector<double> listed_frequencies_cy_px();

/// The lowest frequency at which the response falls to `level`, on straight lines between its values; the last
/// frequency if it stays above, the first if it begins below.
double frequency_at(double level, const std::vector<double>& frequency, const std::vector<double>& response);

/// The response at `at`, on straight lines; the outermost values beyond.
double response_at(double at, const std::vector<double>& frequency, const std::vector<double>& response);

}  // namespace sunny16::sim
