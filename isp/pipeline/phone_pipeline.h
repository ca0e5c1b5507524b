// The line, top to bottom: the page to open first.
//
//   raw bytes ─ PhoneStages, in order ─┬─ crop ─ scaler ─ ycbcr ─ dither ─ still
//                                      └─ crop ─ scaler ─ ycbcr ─ dither ─ preview
//
// Where the tuning corrects distortion there is a barrier before the outputs: the line fills a frame, which is warped.
//
// The line is a pure function of the raw frame and LineRegisters. Tunings and Conditions become registers by each stage's
// derive(); a stage whose registers say it is off is not in the graph at all. To add a stage, name it in PhoneStages where it belongs.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "isp/pipeline/display_frame.h"
#include "isp/pipeline/executor.h"
#include "isp/stages/bayer_denoise.h"
#include "isp/stages/black_level.h"
#include "isp/stages/bloom.h"
#include "isp/stages/bw_mixer.h"
#include "isp/stages/chroma_denoise.h"
#include "isp/stages/colour_matrix.h"
#include "isp/stages/defect_pixels.h"
#include "isp/stages/demosaic.h"
#include "isp/stages/demosaic_lite.h"
#include "isp/stages/destabilise.h"
#include "isp/stages/distortion.h"
#include "isp/stages/dither.h"
#include "isp/stages/grain.h"
#include "isp/stages/green_equalisation.h"
#include "isp/stages/highlight_clip.h"
#include "isp/stages/highlight_recovery.h"
#include "isp/stages/hue_sectors.h"
#include "isp/stages/lateral_ca.h"
#include "isp/stages/lens_shading.h"
#include "isp/stages/linearise.h"
#include "isp/stages/local_tone.h"
#include "isp/stages/look_curves.h"
#include "isp/stages/lut_3d.h"
#include "isp/stages/scaler.h"
#include "isp/stages/sharpen.h"
#include "isp/stages/split_toning.h"
#include "isp/stages/stabilise.h"
#include "isp/stages/tone_curve.h"
#include "isp/stages/unpack.h"
#include "isp/stages/vignette.h"
#include "isp/stages/white_balance.h"
#include "isp/stages/ycbcr.h"
#include "isp/taps/floating_zones.h"
#include "isp/taps/focus.h"
#include "isp/taps/histogram.h"
#include "isp/taps/row_sums.h"
#include "isp/taps/thumbnail.h"
#include "isp/taps/white_balance_zones.h"

namespace sunny16::isp {

using PhoneStages = std::tuple<  //
    Unpack,                      // bytes                -> sensor DN, R Gr Gb B planes
    Linearise,                   //
    BlackLevel,                  // sensor DN            -> linear raw
    DefectPixels,                //
    GreenEqualisation,           //
    LateralCa,                   //
    LensShading,                 //
    WhiteBalance,                //
    HighlightClip,               //
    Stabilise,                   // linear raw           -> code
    BayerDenoise,                //
    Demosaic,                    // code raw             -> code RGB
    DemosaicLite,                //   ... where the edge-directed one is off
    ChromaDenoise,               //
    Destabilise,                 // code                 -> linear camera RGB
    HighlightRecovery,           //
    ColourMatrix,                // camera RGB           -> linear sRGB
    LocalTone,                   //
    Bloom,                       //
    Vignette,                    //
    ToneCurve,                   // scene-linear         -> display
    LookCurves,                  //
    HueSectors,                  //
    BwMixer,                     //
    SplitToning,                 //
    Lut3d,                       //
    Sharpen,                     //
    Grain>;

/// Stages that a look may tune, and nothing else: a picture's feel, whatever camera it comes from.
using LookStages = std::tuple<LocalTone, Bloom, Vignette, LookCurves, HueSectors, BwMixer, SplitToning, Lut3d, Grain>;

/// The stage whose output the taps count: linear raw, shading undone, before white balance.
using TappedStage = LensShading;
using PhoneTaps = std::tuple<Histogram, WhiteBalanceZones, RowSums, Focus, FloatingZones, ThumbnailCells>;

/// Stages that need the whole frame, behind the line and before the outputs.
using FrameStages = std::tuple<Distortion>;

/// Stages of each output, behind the line.
using OutputStages = std::tuple<Ycbcr, Dither>;

template <class Tuple>
struct TuningsOf;
template <class... S>
struct TuningsOf<std::tuple<S...>> {
  using Type = std::tuple<typename S::Tuning...>;
};
template <class Tuple>
struct RegistersOf;
template <class... S>
struct RegistersOf<std::tuple<S...>> {
  using Type = std::tuple<typename S::Registers...>;
};

/// Everything that has a tuning, in the order in which documents and files list it.
using TunedStages = decltype(std::tuple_cat(std::declval<PhoneStages>(), std::declval<FrameStages>(), std::declval<OutputStages>(), std::declval<PhoneTaps>()));
using Tunings = TuningsOf<TunedStages>::Type;

/// What an output shall be. `crop` is in pixels of the frame that the stages see, without its reflected edges (the sensor's
/// picture, or half of it where unpacking bins); empty means all of it. Width and height 0: the crop's.
struct OutputRequest {
  OutputFormat format = OutputFormat::rgb8;
  Rect crop{};
  int width = 0, height = 0;
};

struct OutputRegisters {
  Rect crop;  ///< canonical frame
  int width = 0, height = 0;
  bool scaled = false, convert = false;
  Scaler::Registers scaler;
  Ycbcr::Registers ycbcr;
  Dither::Registers dither;
};

/// Every integer that can change a byte of the outputs.
struct LineRegisters {
  FrameGeometry frame;  ///< after binning
  int binning = 1;
  RegistersOf<PhoneStages>::Type stages;
  Distortion::Registers distortion;
  RegistersOf<PhoneTaps>::Type taps;
  std::vector<OutputRegisters> outputs;  ///< none: the line ends at its taps

  std::uint64_t hash() const;
};

/// Registers of a frame. Preconditions: requests have crops inside the picture and scales within the limits of output_tail.h
/// (see check_output), at most kMaxTails of them.
LineRegisters derive_line(const Tunings& tunings, const Conditions& conditions, std::span<const OutputRequest> requests);

/// The picture that the stages see of a sensor's: its active part after binning.
Rect picture_size(const Conditions& conditions);

/// Null if the request can be met, else why not.
const char* check_output(const OutputRequest& request, Rect picture);

/// Which stages run: data for tunings, not other code.
enum class Profile : std::uint8_t {
  full,     ///< everything that the tuning has on
  lite,     ///< black level, defects, shading, white balance, highlight clip, linear demosaic, matrix, curve, look, sharpen
  preview,  ///< lite, on a frame binned 2x2 while unpacking, in linear light, which saves the root
  plain,    ///< unpack, black level, white balance, highlight clip, edge-directed demosaic, matrix, curve
};
inline constexpr std::array<std::string_view, 4> kProfileNames{"full", "lite", "preview", "plain"};

/// Switches off what the profile leaves out.
void apply_profile(Profile profile, Tunings& tunings, Conditions& conditions);

/// The graph and the outputs' tails of some registers, which must outlive it.
class PhonePipeline {
 public:
  explicit PhonePipeline(const LineRegisters& registers);
  PhonePipeline(LineRegisters&&) = delete;

  const Graph& graph() const { return graph_; }
  /// What the executors make: the outputs, or, before a barrier, one frame of display RGB.
  std::span<const OutputTail> tails() const { return has_barrier() ? std::span(&frame_tail_, 1) : std::span(outputs_); }

  bool has_barrier() const { return distortion_ != nullptr; }
  /// Behind the barrier: rows [rows.first, rows.end) of the warped frame, and what the outputs make of them (whose rows read a few more,
  /// so that all must be warped first). Ranges may run in parallel.
  void warp(const DisplayFrame& from, DisplayFrame& to, Range rows, Kernels kernels) const;
  void finish(const DisplayFrame& warped, std::span<const OutputView> outputs, Range rows, Kernels kernels) const;

 private:
  Graph graph_;
  std::vector<OutputTail> outputs_;
  OutputTail frame_tail_;
  const Distortion::Registers* distortion_ = nullptr;
};

/// The tuning (registers) of stage S in a tuple of tunings (registers).
template <class S>
typename S::Tuning& tuning_of(Tunings& tunings) {
  return std::get<typename S::Tuning>(tunings);
}
template <class S>
const typename S::Registers& registers_of(const LineRegisters& registers) {
  return std::get<typename S::Registers>(registers.stages);
}

}  // namespace sunny16::isp
