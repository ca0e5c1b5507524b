// What a user asks of the camera, by libcamera's control names and with its meanings; where libcamera has a number for
// "automatic" or leaves a control out, it is 0 here. Rectangles are those of rpicam-apps: x, y, width and height as
// fractions of the picture.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "isp/core/describe.h"

namespace sunny16::firmware {

enum class AeMeteringMode : std::uint8_t { centre_weighted, spot, matrix, custom };
enum class AeConstraintMode : std::uint8_t { normal, highlight, shadows, custom };
enum class AeExposureMode : std::uint8_t { normal, short_exposure, long_exposure, custom };
enum class AeFlickerMode : std::uint8_t { off, manual, automatic };
enum class AwbMode : std::uint8_t { automatic, incandescent, tungsten, fluorescent, indoor, daylight, cloudy, custom };
enum class AfMode : std::uint8_t { manual, automatic, continuous };
enum class AfRange : std::uint8_t { normal, macro, full };
enum class AfSpeed : std::uint8_t { normal, fast };
enum class AfMetering : std::uint8_t { automatic, windows };
enum class HdrMode : std::uint8_t { automatic, off, multi_exposure, single_exposure, night };
enum class FaceDetectMode : std::uint8_t { off, simple };

struct Controls {
  bool ae_enable = true;
  AeMeteringMode ae_metering_mode = AeMeteringMode::centre_weighted;
  AeConstraintMode ae_constraint_mode = AeConstraintMode::normal;
  AeExposureMode ae_exposure_mode = AeExposureMode::normal;
  double exposure_value = 0;
  double exposure_time = 0;
  double analogue_gain = 0;
  AeFlickerMode ae_flicker_mode = AeFlickerMode::automatic;
  double ae_flicker_period = 10000;
  std::array<double, 2> frame_duration_limits{0, 0};
  bool awb_enable = true;
  AwbMode awb_mode = AwbMode::automatic;
  std::array<double, 2> colour_gains{0, 0};
  double colour_temperature = 0;
  AfMode af_mode = AfMode::continuous;
  AfRange af_range = AfRange::normal;
  AfSpeed af_speed = AfSpeed::normal;
  AfMetering af_metering = AfMetering::automatic;
  std::vector<double> af_windows{};
  double lens_position = 1;
  HdrMode hdr_mode = HdrMode::automatic;
  FaceDetectMode face_detect_mode = FaceDetectMode::simple;
  bool scene_detection = true;
  bool scene_auto = false;
  bool skin_protection_enable = true;
  double brightness = 0;
  double contrast = 1;
  double saturation = 1;
  double sharpness = 1;
  std::array<double, 4> scaler_crop{0, 0, 1, 1};

  std::string problem() const;
  friend bool operator==(const Controls&, const Controls&) = default;
};

/// AfTrigger and AfPause: what is done once rather than set.
enum class FocusAction : std::uint8_t { start, cancel, pause_immediate, pause_deferred, resume };

enum class AeState : std::uint8_t { idle, searching, converged };
enum class AfState : std::uint8_t { idle, scanning, focused, failed };
enum class AfPauseState : std::uint8_t { running, pausing, paused };

}  // namespace sunny16::firmware

namespace sunny16::isp {

template <>
struct EnumNames<firmware::AeMeteringMode> {
  static constexpr std::array<std::string_view, 4> names{"MeteringCentreWeighted", "MeteringSpot", "MeteringMatrix",
                                                         "MeteringCustom"};
};
template <>
struct EnumNames<firmware::AeConstraintMode> {
  static constexpr std::array<std::string_view, 4> names{"ConstraintNormal", "ConstraintHighlight", "ConstraintShadows",
                                                         "ConstraintCustom"};
};
template <>
struct EnumNames<firmware::AeExposureMode> {
  static constexpr std::array<std::string_view, 4> names{"ExposureNormal", "ExposureShort", "ExposureLong",
                                                         "ExposureCustom"};
};
template <>
struct EnumNames<firmware::AeFlickerMode> {
  static constexpr std::array<std::string_view, 3> names{"FlickerOff", "FlickerManual", "FlickerAuto"};
};
template <>
struct EnumNames<firmware::AwbMode> {
  static constexpr std::array<std::string_view, 8> names{"AwbAuto",        "AwbIncandescent", "AwbTungsten",
                                                         "AwbFluorescent", "AwbIndoor",       "AwbDaylight",
                                                         "AwbCloudy",      "AwbCustom"};
};
template <>
struct EnumNames<firmware::AfMode> {
  static constexpr std::array<std::string_view, 3> names{"AfModeManual", "AfModeAuto", "AfModeContinuous"};
};
template <>
struct EnumNames<firmware::AfRange> {
  static constexpr std::array<std::string_view, 3> names{"AfRangeNormal", "AfRangeMacro", "AfRangeFull"};
};
template <>
struct EnumNames<firmware::AfSpeed> {
  static constexpr std::array<std::string_view, 2> names{"AfSpeedNormal", "AfSpeedFast"};
};
template <>
struct EnumNames<firmware::AfMetering> {
  static constexpr std::array<std::string_view, 2> names{"AfMeteringAuto", "AfMeteringWindows"};
};
template <>
struct EnumNames<firmware::HdrMode> {
  static constexpr std::array<std::string_view, 5> names{"HdrModeAuto", "HdrModeOff", "HdrModeMultiExposure",
                                                         "HdrModeSingleExposure", "HdrModeNight"};
};
template <>
struct EnumNames<firmware::FaceDetectMode> {
  static constexpr std::array<std::string_view, 2> names{"FaceDetectModeOff", "FaceDetectModeSimple"};
};
template <>
struct EnumNames<firmware::FocusAction> {
  static constexpr std::array<std::string_view, 5> names{"AfTriggerStart", "AfTriggerCancel", "AfPauseImmediate",
                                                         "AfPauseDeferred", "AfPauseResume"};
};
template <>
struct EnumNames<firmware::AeState> {
  static constexpr std::array<std::string_view, 3> names{"AeStateIdle", "AeStateSearching", "AeStateConverged"};
};
template <>
struct EnumNames<firmware::AfState> {
  static constexpr std::array<std::string_view, 4> names{"AfStateIdle", "AfStateScanning", "AfStateFocused",
                                                         "AfStateFailed"};
};
template <>
struct EnumNames<firmware::AfPauseState> {
  static constexpr std::array<std::string_view, 3> names{"AfPauseStateRunning", "AfPauseStatePausing",
                                                         "AfPauseStatePaused"};
};

template <>
struct Describe<firmware::Controls> {
  using C = firmware::Controls;
  static constexpr auto fields = std::tuple{
      field<&C::ae_enable>("AeEnable", 0, 1, "", "Automatic exposure; off holds what is in use, or was set."),
      field<&C::ae_metering_mode>("AeMeteringMode", 0, 0, "", "Which parts of the picture are metered."),
      field<&C::ae_constraint_mode>("AeConstraintMode", 0, 0, "", "What highlights and shadows may become."),
      field<&C::ae_exposure_mode>("AeExposureMode", 0, 0, "", "How exposure is split into time and gain."),
      field<&C::exposure_value>("ExposureValue", -8, 8, "EV", "Brighter or darker than metered."),
      field<&C::exposure_time>("ExposureTime", 0, 1e9, "us", "Fixed exposure time; 0: automatic."),
      field<&C::analogue_gain>("AnalogueGain", 0, 256, "ratio", "Fixed gain; 0: automatic."),
      field<&C::ae_flicker_mode>("AeFlickerMode", 0, 0, "",
                                 "Exposure in whole periods of the lamps: never, of AeFlickerPeriod, as detected."),
      field<&C::ae_flicker_period>("AeFlickerPeriod", 100, 1e6, "us",
                                   "Period of the light's brightness: 10000 at 50 Hz mains, 8333 at 60 Hz."),
      field<&C::frame_duration_limits>("FrameDurationLimits", 0, 1e9, "us",
                                       "Shortest and longest time from frame to frame; 0: what the mode allows."),
      field<&C::awb_enable>("AwbEnable", 0, 1, "", "Automatic white balance; off holds what is in use, or was set."),
      field<&C::awb_mode>("AwbMode", 0, 0, "", "Range of colour temperatures looked for."),
      field<&C::colour_gains>("ColourGains", 0, 32, "ratio", "Fixed gains of red and blue; 0: automatic."),
      field<&C::colour_temperature>("ColourTemperature", 0, 25000, "K",
                                    "Fixed white balance for a light; 0: automatic. ColourGains come first."),
      field<&C::af_mode>("AfMode", 0, 0, "", "Focus by LensPosition, by AfTriggerStart, or always."),
      field<&C::af_range>("AfRange", 0, 0, "", "Distances among which the focus is looked for."),
      field<&C::af_speed>("AfSpeed", 0, 0, "", "How fast the lens moves."),
      field<&C::af_metering>("AfMetering", 0, 0, "", "Focus on the picture's middle, or in AfWindows."),
      field<&C::af_windows>("AfWindows", 0, 1, "ratio",
                            "Windows to focus in: x, y, width and height of each as fractions of the picture."),
      field<&C::lens_position>("LensPosition", 0, 100, "1/m", "Distance of the manual focus as its inverse; 0: far."),
      field<&C::hdr_mode>("HdrMode", 0, 0, "", "How a scene of more range than a picture is held; Auto: as it needs."),
      field<&C::face_detect_mode>("FaceDetectMode", 0, 0, "",
                                  "Simple: faces are looked for; exposure, focus and the colours of skin follow them."),
      field<&C::scene_detection>("SceneDetection", 0, 1, "", "Say what kind of scene it is, and what suits it."),
      field<&C::scene_auto>("SceneAuto", 0, 1, "", "Do what is suggested for the scene; off only shows it."),
      field<&C::skin_protection_enable>("SkinProtectionEnable", 0, 1, "",
                                        "Looks spare the colours of skin where there are faces."),
      field<&C::brightness>("Brightness", -1, 1, "ratio", "Added to the finished picture."),
      field<&C::contrast>("Contrast", 0, 4, "ratio", "Of the finished picture; 1 leaves it."),
      field<&C::saturation>("Saturation", 0, 4, "ratio", "Of colours; 0 is grey, 1 leaves them."),
      field<&C::sharpness>("Sharpness", 0, 4, "ratio", "Of edges; 0 adds none, 1 is the tuning's."),
      field<&C::scaler_crop>("ScalerCrop", 0, 1, "ratio",
                             "The part that is shown and kept (digital zoom): x, y, width, height as fractions.")};
};

}  // namespace sunny16::isp
