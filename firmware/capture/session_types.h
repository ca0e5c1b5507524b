// What a camera session tells of itself and can be asked for: described structs, so that the HTTP API, its OpenAPI
// document and the metadata follow from their tables.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "firmware/control/scene/detection.h"
#include "firmware/looks/look_record.h"
#include "firmware/output/frame_caption.h"
#include "isp/core/describe.h"

namespace sunny16::firmware {

enum class CameraState : std::uint8_t {
  stopped,       ///< nobody has started it, or the mode is being changed
  starting,      ///< no frame yet
  running,       ///< frames come
  no_frames,     ///< it should send frames and does not; it is being started again
  disconnected,  ///< it is not there; tried again and again
  busy,          ///< another program has it; tried again and again
  no_memory,     ///< there is none for its frame buffers; tried again and again
  stalled,       ///< a call of the driver does not return
};

/// Something that is wrong now.
struct Problem {
  std::string code;     ///< "camera.no_frames", "storage.full": stable, for programs
  std::string message;  ///< one line for people
  double since = 0;     ///< Unix time, s
};

struct ModeInfo {
  int width = 0, height = 0;
  int bits = 0;
  std::string packing;  ///< "P" packed, "U" unpacked, as rpicam-apps' --mode has it
  double fps_max = 0;
  bool in_use = false;
};

struct SessionStatus {
  CameraState state = CameraState::stopped;
  std::string camera, model;
  int width = 0, height = 0;
  double frames = 0, frames_lost = 0, restarts = 0;
  double fps = 0;
  double line_ms = 0, encode_ms = 0;
  double frame_age_s = 0;
  double exposure_time = 0, analogue_gain = 0;
  double sensor_temperature = 0;
  double uptime_s = 0;
  int tuning_version = 0;
  LookRecord look{};
  std::string capture;
  std::vector<Problem> problems;
};

/// What detectors found last.
struct DetectionReport {
  double time = 0;                        ///< of the picture: Unix time, s; 0: none was looked at
  int orientation = 1;                    ///< EXIF: what makes the sensor's picture upright
  std::vector<std::string> detectors{};   ///< what looks
  std::vector<Detection> detections{};
};

enum class CaptureMode : std::uint8_t { photo, burst, bracket, timelapse, pro };
enum class CaptureState : std::uint8_t { queued, running, done, cancelled, failed };

struct CaptureRequest {
  CaptureMode mode = CaptureMode::photo;
  int count = 1;
  double interval_s = 1;
  std::vector<double> exposure_values{-2, 0, 2};
  double exposure_time = 0, analogue_gain = 0;
  std::array<double, 2> colour_gains{0, 0};
  double lens_position = -1;
  bool full_resolution = false;
  bool jpeg = true, raw = true;
  int quality = 93;
  PictureFrame frame = PictureFrame::off;

  std::string problem() const;
};

struct CaptureFile {
  std::string name{};  ///< also its id in the API
  std::string type{};  ///< "image/jpeg", "image/x-adobe-dng", "application/json"
  double bytes = 0;
};

struct CaptureInfo {
  std::string id{};
  CaptureMode mode = CaptureMode::photo;
  CaptureState state = CaptureState::queued;
  int done = 0, total = 0;
  double created = 0;  ///< Unix time, s
  std::string error{};
  std::vector<CaptureFile> files{};
};

}  // namespace sunny16::firmware

namespace sunny16::isp {

template <>
struct EnumNames<firmware::CameraState> {
  static constexpr std::array<std::string_view, 8> names{"stopped",      "starting", "running",   "no_frames",
                                                         "disconnected", "busy",     "no_memory", "stalled"};
};
template <>
struct EnumNames<firmware::CaptureMode> {
  static constexpr std::array<std::string_view, 5> names{"photo", "burst", "bracket", "timelapse", "pro"};
};
template <>
struct EnumNames<firmware::CaptureState> {
  static constexpr std::array<std::string_view, 5> names{"queued", "running", "done", "cancelled", "failed"};
};

template <>
struct Describe<firmware::Problem> {
  using P = firmware::Problem;
  static constexpr auto fields =
      std::tuple{field<&P::code>("code", 0, 0, "", "What it is, for programs: camera.no_frames, storage.full."),
                 field<&P::message>("message", 0, 0, "", "What it is, in one line."),
                 field<&P::since>("since", 0, 1e12, "s", "Unix time at which it began.")};
};

template <>
struct Describe<firmware::ModeInfo> {
  using M = firmware::ModeInfo;
  static constexpr auto fields = std::tuple{field<&M::width>("width", 1, 16384, "px", "Columns of a frame."),
                                            field<&M::height>("height", 1, 16384, "px", "Rows of a frame."),
                                            field<&M::bits>("bits", 8, 16, "", "Bits of a sample."),
                                            field<&M::packing>("packing", 0, 0, "", "P: packed, U: unpacked."),
                                            field<&M::fps_max>("fps_max", 0, 10000, "1/s", "Highest frame rate."),
                                            field<&M::in_use>("in_use", 0, 1, "", "The mode of the stream.")};
};

template <>
struct Describe<firmware::SessionStatus> {
  using S = firmware::SessionStatus;
  static constexpr auto fields = std::tuple{
      field<&S::state>("state", 0, 0, "", "What the camera is doing."),
      field<&S::camera>("camera", 0, 0, "", "The camera's id."),
      field<&S::model>("model", 0, 0, "", "The sensor's model."),
      field<&S::width>("width", 0, 16384, "px", "Columns of the stream's frames."),
      field<&S::height>("height", 0, 16384, "px", "Rows of the stream's frames."),
      field<&S::frames>("frames", 0, 1e15, "", "Frames taken since the daemon began."),
      field<&S::frames_lost>("frames_lost", 0, 1e15, "", "Gaps in the sensor's sequence, in frames."),
      field<&S::restarts>("restarts", 0, 1e15, "", "How often the camera was started again after a fault."),
      field<&S::fps>("fps", 0, 10000, "1/s", "Frames a second, by the sensor's timestamps."),
      field<&S::line_ms>("line_ms", 0, 1e6, "ms", "Time of the line for a frame, smoothed."),
      field<&S::encode_ms>("encode_ms", 0, 1e6, "ms", "Time of encoding a preview picture, smoothed."),
      field<&S::frame_age_s>("frame_age_s", 0, 1e9, "s", "Since the last frame came."),
      field<&S::exposure_time>("ExposureTime", 0, 1e9, "us", "Of the last frame, as applied."),
      field<&S::analogue_gain>("AnalogueGain", 0, 1e3, "ratio", "Of the last frame, as applied."),
      field<&S::sensor_temperature>("SensorTemperature", -300, 1000, "degC", "-300 where the sensor does not tell."),
      field<&S::uptime_s>("uptime_s", 0, 1e12, "s", "Since the session began."),
      field<&S::tuning_version>("tuning_version", 0, 1e9, "", "Counts the tunings that were applied."),
      field<&S::look>("look", 0, 0, "", "The look that is on."),
      field<&S::capture>("capture", 0, 0, "", "Id of the capture that is going on; empty: none."),
      field<&S::problems>("problems", 0, 0, "", "What is wrong now; empty: nothing.")};
};

template <>
struct Describe<firmware::DetectionReport> {
  using D = firmware::DetectionReport;
  static constexpr auto fields = std::tuple{
      field<&D::time>("time", 0, 1e12, "s", "Unix time of the picture that was looked at last; 0: none."),
      field<&D::orientation>("orientation", 1, 8, "", "EXIF orientation that makes the sensor's picture upright."),
      field<&D::detectors>("detectors", 0, 0, "", "What looks: faces, the model's name, sensor; empty: nothing."),
      field<&D::detections>("detections", 0, 0, "", "What was found, in the sensor's picture, the surest first.")};
};

template <>
struct Describe<firmware::CaptureRequest> {
  using C = firmware::CaptureRequest;
  static constexpr auto fields = std::tuple{
      field<&C::mode>("mode", 0, 0, "",
                      "One picture; several at the full frame rate; one for each of exposure_values; "
                      "one each interval; one with the settings of this request."),
      field<&C::count>("count", 1, 100000, "", "Pictures of a burst (at most 100) or a time lapse."),
      field<&C::interval_s>("interval_s", 0.01, 86400, "s", "From picture to picture of a time lapse."),
      field<&C::exposure_values>("exposure_values", -8, 8, "EV", "Of a bracket, relative to the metered exposure."),
      field<&C::exposure_time>("ExposureTime", 0, 1e9, "us", "For mode pro; 0: as it is."),
      field<&C::analogue_gain>("AnalogueGain", 0, 256, "ratio", "For mode pro; 0: as it is."),
      field<&C::colour_gains>("ColourGains", 0, 32, "ratio", "For mode pro; 0: as they are."),
      field<&C::lens_position>("LensPosition", -1, 100, "1/m", "For mode pro; -1: as it is."),
      field<&C::full_resolution>("full_resolution", 0, 1, "",
                                 "Change to the sensor's largest mode for the picture; viewers wait meanwhile."),
      field<&C::jpeg>("jpeg", 0, 1, "", "Write the developed picture."),
      field<&C::raw>("raw", 0, 1, "", "Write a DNG."),
      field<&C::quality>("quality", 1, 100, "", "Of the JPEG."),
      field<&C::frame>("frame", 0, 0, "", "Around the JPEG, with camera, exposure and day below the picture.")};
};

template <>
struct Describe<firmware::CaptureFile> {
  using F = firmware::CaptureFile;
  static constexpr auto fields = std::tuple{field<&F::name>("name", 0, 0, "", "The file's name."),
                                            field<&F::type>("type", 0, 0, "", "Its media type."),
                                            field<&F::bytes>("bytes", 0, 1e15, "B", "Its size.")};
};

template <>
struct Describe<firmware::CaptureInfo> {
  using C = firmware::CaptureInfo;
  static constexpr auto fields = std::tuple{field<&C::id>("id", 0, 0, "", "Names the capture; never used twice."),
                                            field<&C::mode>("mode", 0, 0, "", "As it was asked for."),
                                            field<&C::state>("state", 0, 0, "", "Where it stands."),
                                            field<&C::done>("done", 0, 1e6, "", "Pictures that are safely stored."),
                                            field<&C::total>("total", 0, 1e6, "", "Pictures asked for."),
                                            field<&C::created>("created", 0, 1e12, "s", "Unix time of the request."),
                                            field<&C::error>("error", 0, 0, "", "Why it failed; empty: it did not."),
                                            field<&C::files>("files", 0, 0, "", "What is stored.")};
};

}  // namespace sunny16::isp
