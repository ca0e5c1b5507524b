// What the sensor was told, until frames show it.
#pragma once

#include <optional>

#include "firmware/control/control_types.h"

namespace sunny16::firmware {

/// Commands get lost, and nobody tells. So a wish goes out with every request until a frame's ticket shows that it went
/// out and the frame's metadata that it was done; or until the sensor had time enough: it then does what it can.
class Commands {
 public:
  /// What to submit after a frame, so that the sensor comes to `wish`.
  std::optional<hal::SensorSettings> due(const hal::SensorSettings& wish, const FrameReport& report);
  /// What due() returned was submitted.
  void submitted(hal::Ticket ticket);
  /// What was on its way is lost.
  void restart() { asked_.reset(); }

 private:
  std::optional<hal::SensorSettings> asked_;
  hal::Ticket ticket_ = 0;  ///< the first that carried it; 0: not yet submitted
  int overtaken_ = 0;       ///< frames since one came whose request carried it
};

}  // namespace sunny16::firmware
