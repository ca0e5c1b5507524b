// What cannot be measured, and why: one line.
#pragma once

#include <stdexcept>

namespace sunny16::sim {

class MetricError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace sunny16::sim
