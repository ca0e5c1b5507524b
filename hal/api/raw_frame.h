// A raw frame with everything that its file or sensor says about it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hal/api/network_output.h"
#include "isp/core/conditions.h"
#include "isp/core/plane.h"
#include "isp/core/raw_view.h"

namespace sunny16::hal {

/// What phase-detection pixels say of the focus.
struct FocusPhase {
  double phase = 0;       ///< in the tuning's units (rpi.af); its sign is the way to go
  double confidence = 0;  ///< in the tuning's units; 0: none
};

/// What was really applied to the frame, in libcamera's units. Absent where the source does not say.
struct AppliedSettings {
  std::optional<double> exposure_us;             ///< ExposureTime
  std::optional<double> analogue_gain;           ///< AnalogueGain (ISO 100 is 1)
  std::optional<double> digital_gain;            ///< DigitalGain
  std::optional<double> lens_position;           ///< LensPosition, dioptres
  std::optional<double> lux;                     ///< Lux
  std::optional<double> colour_temperature;      ///< ColourTemperature, kelvin
  std::optional<double> frame_duration_us{};     ///< FrameDuration
  std::optional<double> sensor_temperature_c{};  ///< SensorTemperature
  std::optional<FocusPhase> focus_phase{};       ///< of the picture's middle
};

/// One calibration of a sensor's colour under an illuminant, as in a DNG.
struct ColourCalibration {
  double illuminant_temperature = 0;              ///< correlated colour temperature, kelvin
  isp::Matrix3 xyz_to_camera{};                   ///< ColorMatrix: CIE XYZ to camera RGB
  std::optional<isp::Matrix3> camera_to_xyz_d50;  ///< ForwardMatrix: white-balanced camera RGB to XYZ D50
};

/// What the board's own processor has made of the same exposure: Y, Cb and Cr of 8 bits, chroma of half the size both
/// ways, as JFIF has them (BT.601, full range).
struct BoardPicture {
  std::shared_ptr<const void> storage;  ///< keeps alive what the planes view: one of the camera's few buffers
  std::array<isp::PlaneView<const std::uint8_t>, 3> planes{};
};

struct RawFrame {
  std::shared_ptr<const void> storage;  ///< keeps alive what `raw` views
  isp::RawView raw;                     ///< `phase` says nothing where the sensor is monochrome
  bool monochrome = false;              ///< no colour filters: each sample is the light at its place
  int cell = 1;                         ///< pixels a side under one filter: 1 is Bayer, 2 Quad-Bayer
  int bits = 16;                        ///< significant bits of a sample, for information

  std::array<double, 4> black{};  ///< DN in R Gr Gb B order, fractions allowed
  bool black_known = true;        ///< false: nobody told, and `black` is 0
  double white = 65535;           ///< DN at saturation
  AppliedSettings applied;
  std::uint64_t timestamp_ns = 0;  ///< when the first row's exposure began, on hal::Clock; 0: unknown
  std::uint64_t sequence = 0;      ///< frames that the sensor made before in this run, lost ones included
  std::uint64_t ticket = 0;        ///< last command (hal::Ticket) that went out up to this frame's request

  std::string make, model, unique_model;
  std::string date_time;  ///< "YYYY:MM:DD HH:MM:SS", EXIF form; empty: unknown
  std::optional<double> aperture, focal_length_mm;
  int orientation = 1;  ///< EXIF orientation, 1..8

  std::vector<ColourCalibration> calibrations;           ///< none, one or two, coolest illuminant first
  std::optional<std::array<double, 3>> as_shot_neutral;  ///< camera RGB of a neutral, green 1
  std::optional<isp::NoiseProfile> noise;
  std::shared_ptr<const isp::GainMesh> shading;          ///< null: none
  std::shared_ptr<const NetworkOutput> network_output{};  ///< of a network on the sensor; null: it told nothing
  std::optional<BoardPicture> board_picture{};            ///< where the camera was asked for one and can give it

  /// Gives the frame memory of its own, which `raw` then views.
  void own(std::vector<std::byte> bytes) {
    auto owner = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
    raw.bytes = *owner;
    storage = std::move(owner);
  }
};

}  // namespace sunny16::hal
