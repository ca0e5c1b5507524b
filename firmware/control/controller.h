// Automatic exposure, white balance and focus as one state machine: statistics of a frame in, commands to the sensor
// and decisions for the line out. It knows no time but the frames' own, and no delay: what a command becomes is seen in
// the frames that come.
#pragma once

#include <memory>
#include <optional>

#include "firmware/control/control_metadata.h"
#include "firmware/control/control_types.h"
#include "firmware/control/controls.h"

namespace sunny16::firmware {

class Controller {
 public:
  Controller(ControlTuning tuning, const hal::SensorLimits& limits);
  ~Controller();
  Controller(Controller&&) noexcept;
  Controller& operator=(Controller&&) noexcept;

  /// From the next frame on. State is kept: the picture does not jump.
  void set_controls(const Controls& controls);
  void set_tuning(ControlTuning tuning);
  void act(FocusAction action);
  /// The camera begins a new run, perhaps in another mode: commands in flight are lost.
  void restart(const hal::SensorLimits& limits);

  /// For the first frame, before it is taken.
  hal::SensorSettings first_settings() const;
  /// How to develop a frame that was taken with these settings.
  FrameDecisions decide(const hal::AppliedSettings& applied) const;
  /// Learns from a frame that was developed so. What to submit, if anything; submitted() then tells the ticket.
  std::optional<hal::SensorSettings> step(const FrameReport& report);
  void submitted(hal::Ticket ticket);

  const ControlMetadata& metadata() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sunny16::firmware
