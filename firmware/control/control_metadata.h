// What control knows and has decided, as a frame's metadata says it, by libcamera's names where it has one.
#pragma once

#include "firmware/control/controls.h"
#include "firmware/control/scene/scene.h"

namespace sunny16::firmware {

struct ControlMetadata {
  AeState ae_state = AeState::idle;
  double lux = 0;
  double digital_gain = 1;
  double ae_flicker_detected = 0;
  bool ae_flicker_avoided = true;
  bool awb_locked = false;
  double colour_temperature = 0;
  std::array<double, 2> colour_gains{1, 1};
  AfState af_state = AfState::idle;
  AfPauseState af_pause_state = AfPauseState::running;
  double lens_position = 0;
  double focus_fom = 0;
  std::vector<double> face_rectangles{};
  double face_exposure_value = 0;
  double look_strength = 1;
  double skin_protection = 0;
  HdrMode hdr_mode = HdrMode::off;
  HdrMode hdr_mode_applied = HdrMode::off;
  std::string hdr_reason{};
  SceneReport scene{};
};

}  // namespace sunny16::firmware

namespace sunny16::isp {

template <>
struct Describe<firmware::ControlMetadata> {
  using M = firmware::ControlMetadata;
  static constexpr auto fields = std::tuple{
      field<&M::ae_state>("AeState", 0, 0, "", "Whether exposure has settled."),
      field<&M::lux>("Lux", 0, 1e7, "lx", "Estimated illuminance of the scene."),
      field<&M::digital_gain>("DigitalGain", 0, 1024, "ratio", "Gain in the line, on top of the sensor's."),
      field<&M::ae_flicker_detected>("AeFlickerDetected", 0, 1e6, "us", "Period of the lamps' flicker; 0: none seen."),
      field<&M::ae_flicker_avoided>("AeFlickerAvoided", 0, 1, "",
                                    "False: the light is too bright for an exposure of a whole period."),
      field<&M::awb_locked>("AwbLocked", 0, 1, "", "White balance is held or set."),
      field<&M::colour_temperature>("ColourTemperature", 0, 25000, "K", "Of the light; 0: not known."),
      field<&M::colour_gains>("ColourGains", 0, 32, "ratio", "Gains of red and blue."),
      field<&M::af_state>("AfState", 0, 0, "", "What the focus is doing."),
      field<&M::af_pause_state>("AfPauseState", 0, 0, "", "Whether continuous focus pauses."),
      field<&M::lens_position>("LensPosition", 0, 100, "1/m", "Where the lens was sent."),
      field<&M::focus_fom>("FocusFoM", 0, 1e12, "", "Contrast in the focus windows: more is sharper."),
      field<&M::face_rectangles>("FaceDetectFaceRectangles", 0, 1, "ratio",
                                 "Faces: x, y, width and height of each as fractions of the picture."),
      field<&M::face_exposure_value>("FaceExposureValue", -8, 8, "EV",
                                     "How much brighter the picture is for the sake of faces."),
      field<&M::look_strength>("LookStrength", 0, 1, "ratio",
                               "How much of the chosen look suits the scene; 1 while SceneAuto is off."),
      field<&M::skin_protection>("SkinProtection", 0, 1, "ratio", "How far a look spares the colours of skin."),
      field<&M::hdr_mode>("HdrMode", 0, 0, "", "Which HDR was asked for, or what the scene needs."),
      field<&M::hdr_mode_applied>("HdrModeApplied", 0, 0, "",
                                  "What is done of it: exposures are not merged, so one stands in for several."),
      field<&M::hdr_reason>("HdrReason", 0, 0, "", "Why."),
      field<&M::scene>("Scene", 0, 0, "", "What the camera looks at, and what it suggests.")};
};

}  // namespace sunny16::isp
