// A person's head and shoulders: relief, and what lies where on it.
#pragma once

#include <vector>

#include "sim/scene/solids.h"

namespace sunny16::sim {

enum class Feature : std::uint8_t { none, skin, lips, hair, brow, eye, iris, pupil, cloth };

/// The unit is half of the face's height; the face's middle is (0, 0).
class Portrait {
 public:
  Portrait();

  /// What is seen at a place.
  Feature feature(Point p) const;
  /// The surface's direction there.
  Direction normal(Point p) const;

 private:
  struct Slope {
    float x, y;
  };
  std::vector<Slope> relief_;
};

}  // namespace sunny16::sim
