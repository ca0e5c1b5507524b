// What the simulator was asked for and cannot do: one line that says what, where, what was found and what is allowed.
#pragma once

#include <stdexcept>

namespace sunny16::sim {

class SimulationError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace sunny16::sim
