// Automatic exposure, white balance and focus as one state machine: statistics of a frame in, commands to the sensor
// and decisions for the line out. It knows no time but the frames' own, and no delay: what a command becomes is seen in
// the frames that come.
#pragma once

#include <array>
#include <memory>
#include <optional>

#include "firmware/control/controls.h"
#include "firmware/tuning/af_tuning.h"
#include "firmware/tuning/agc_tuning.h"
#include "firmware/tuning/awb_tuning.h"
#include "firmware/tuning/sensor_model.h"
#include "hal/api/raw_frame.h"
#include "hal/api/sensor.h"
#include "isp/core/statistics.h"

namespace sunny16::firmware {

/// The part of a camera's tuning that steers control.
struct ControlTuning {
  AgcTuning agc;
  AwbTuning awb;
  AfTuning af;
  LuxModel lux;
};

/// How a frame is developed and metered.
struct FrameDecisions {
  std::array<double, 2> colour_gains{1, 1};  ///< ColourGains: red, blue
  double colour_temperature = 5500;          ///< kelvin
  double digital_gain = 1;
  double lux = 400;
  std::array<double, 256> metering_weights{};  ///< of the histogram's 16 x 16 zones, 0..1
};

/// What control learns from a frame.
struct FrameReport {
  const isp::Statistics& statistics;
  const hal::AppliedSettings& applied;
  hal::Ticket ticket = 0;          ///< RawFrame::ticket
  std::uint64_t timestamp_ns = 0;  ///< RawFrame::timestamp_ns
  std::uint64_t sequence = 0;      ///< RawFrame::sequence
  int width = 0, height = 0;       ///< of the raw frame
};

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
