// What passes between control and the camera: the tuning that steers it, a frame's report in, a frame's development
// out.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "firmware/control/controls.h"
#include "firmware/control/scene/scene.h"
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
  double hdr_strength = 0;                     ///< of single-exposure HDR, 0..1
  std::vector<double> face_zones{};            ///< FloatingZones' rectangles: where the light of faces is summed
  std::vector<Detection> detections{};         ///< what was known to be in the picture
  double look_strength = 1;                    ///< 0..1: how much of a look suits the scene
  double skin_protection = 0;                  ///< 0..1: how far a look spares the colours of skin
  HdrChoice hdr{};                             ///< what the scene needs, and why
  SceneReport scene{};
};

/// What control learns from a frame.
struct FrameReport {
  const isp::Statistics& statistics;
  const hal::AppliedSettings& applied;
  hal::Ticket ticket = 0;                              ///< RawFrame::ticket
  std::uint64_t timestamp_ns = 0;                      ///< RawFrame::timestamp_ns
  std::uint64_t sequence = 0;                          ///< RawFrame::sequence
  int width = 0, height = 0;                           ///< of the raw frame
  isp::Matrix3 camera_to_srgb = kTypicalCameraToSrgb;  ///< that it was developed with
  std::span<const Detection> detections{};             ///< what is known to be in the picture
};

/// A number that a driver may say of a time or a gain.
inline bool is_valid(const std::optional<double>& v) { return v && *v > 0 && *v < 1e12; }
/// Whether a frame says what it was exposed with.
inline bool has_exposure(const hal::AppliedSettings& applied) {
  return is_valid(applied.exposure_us) && is_valid(applied.analogue_gain);
}

}  // namespace sunny16::firmware
