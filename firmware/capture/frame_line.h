// One turn of the camera's line: a raw frame in, pictures and metadata out. The daemon loops it; `sunny16 develop`
// turns it once.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "firmware/control/colour.h"
#include "firmware/control/controller.h"
#include "firmware/looks/look.h"
#include "firmware/tuning/camera_tuning.h"
#include "hal/api/raw_frame.h"
#include "isp/core/thumbnail.h"
#include "isp/pipeline/phone_pipeline.h"

namespace sunny16::firmware {

/// The cache that a thread's rings may fill half of. A Raspberry Pi 5 core has 512 KiB of L2. Desktop cores share a
/// large L3, and wide tiles gain more from fewer borders and longer rows than they lose by leaving L2: 1.6 times the
/// speed of 512 columns for the full line.
#if defined(__aarch64__)
inline constexpr std::size_t kCacheBytes = 512u << 10;
#else
inline constexpr std::size_t kCacheBytes = 8u << 20;
#endif

/// Controls of the finished picture, relative to the tuning; see Controls.
struct Adjustments {
  double brightness = 0, contrast = 1, saturation = 1, sharpness = 1;
};

/// What the user wants of a frame.
struct FrameRequest {
  isp::Profile profile = isp::Profile::full;
  std::vector<isp::OutputRequest> outputs{{}};
  std::optional<std::array<double, 2>> colour_gains{};  ///< red, blue; else as shot, else estimated
  bool as_shot = true;                                  ///< believe the frame's own neutral
  std::optional<isp::Matrix3> colour_matrix{};          ///< white-balanced camera RGB to linear sRGB
  std::optional<double> digital_gain{};                 ///< else estimated
  double exposure_value = 0;                            ///< EV, on top of the digital gain
  HdrMode hdr_mode = HdrMode::off;
  std::optional<FrameDecisions> decisions{};            ///< a controller's, in place of all that would be estimated
  /// Of the frames before, at this one's exposure; null: where a stage needs it, this frame's is counted first.
  std::shared_ptr<const isp::Thumbnail> thumbnail{};
  bool statistics = false;                              ///< count them, even where nothing has to be estimated
  Adjustments adjustments{};
  std::shared_ptr<const Look> look{};   ///< null: the tuning's own
  LookUse look_use{};                   ///< with decisions, their strength comes on top, and their skin protection counts
  bool jfif = false;                    ///< YUV as JPEG files have it, whatever the tuning says
  bool colorimetric = false;            ///< linear light, the matrix, the sRGB curve, no look, no automatic exposure
  std::vector<std::string> disabled{};  ///< stages left out, by name
  int threads = 1;
};

/// Thrown for requests that a frame or a tuning cannot meet: one clear line.
class RequestError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A finished output: interleaved RGB of 8 or 16 bits, or planes of YUV.
struct Picture {
  isp::OutputFormat format = isp::OutputFormat::rgb8;
  int width = 0, height = 0;
  std::array<isp::Image<std::uint8_t>, 3> planes;  ///< rows of bytes
};

/// What really happened, in libcamera's terms.
struct FrameMetadata {
  hal::AppliedSettings applied;
  std::array<double, 2> colour_gains{1, 1};  ///< ColourGains: red, blue
  double colour_temperature = 0;             ///< kelvin
  bool estimated_white_balance = false;
  isp::Matrix3 colour_matrix{};  ///< ColourCorrectionMatrix
  double digital_gain = 1;
  double hdr_strength = 0;  ///< of single-exposure HDR, 0..1
  std::array<double, 4> black{};
  double white = 0;
  isp::NoiseProfile noise;
  LookRecord look;  ///< and how it was applied; empty: none
  std::vector<Detection> detections{};  ///< what was known to be in the picture
  std::optional<HdrChoice> hdr{};      ///< where a controller or recognise() said so
  std::optional<SceneReport> scene{};  ///< likewise
  std::uint64_t registers_hash = 0;
  double statistics_ms = 0, line_ms = 0;
};

struct DevelopedFrame {
  std::vector<Picture> pictures;
  FrameMetadata metadata;
  isp::LineRegisters registers;
  isp::Statistics statistics;  ///< zero where nothing had to be estimated and nobody asks
};

/// Decides what is not given, derives registers and runs the line; with a controller's decisions it counts statistics
/// in the same pass. Throws RequestError.
DevelopedFrame run_frame(const hal::RawFrame& frame, const CameraTuning& tuning, const FrameRequest& request);

/// The decisions alone: registers, and metadata without timings.
DevelopedFrame prepare_frame(const hal::RawFrame& frame, const CameraTuning& tuning, const FrameRequest& request);

/// Empty pictures of the registers' outputs, and views of them for the executors.
std::vector<Picture> make_pictures(const isp::LineRegisters& registers);
std::vector<isp::OutputView> views_of(std::vector<Picture>& pictures);

/// Runs the line over a raw frame with `threads` bands at the same time; outputs may be none.
void run_line(const isp::LineRegisters& registers, const isp::RawView& raw, std::span<const isp::OutputView> outputs,
              isp::Statistics* statistics, int threads);

}  // namespace sunny16::firmware
