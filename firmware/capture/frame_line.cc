#include "firmware/capture/frame_line.h"

#include <chrono>
#include <thread>

#include "firmware/capture/frame_hdr.h"
#include "firmware/control/calibrated_curve.h"
#include "firmware/control/white_balance_estimate.h"
#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

class Stopwatch {
 public:
  double ms() const { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

isp::Conditions conditions_of(const hal::RawFrame& frame, const CameraTuning& tuning) {
  isp::Conditions c;
  c.frame = isp::FrameGeometry::canonical(frame.raw.width, frame.raw.height, frame.raw.phase);
  c.packing = frame.raw.packing;
  c.phase = frame.raw.phase;
  c.black = frame.black;
  // A tuning knows its sensor's black level, on a 16-bit scale.
  if (const std::vector<double>& black = tuning.sensor.at(c).black; !frame.black_known && black.size() == 4)
    for (std::size_t plane = 0; plane < 4; ++plane) c.black[plane] = std::min(black[plane] * (frame.white + 1) / 65536, frame.white / 2);
  c.white = frame.white;
  c.analogue_gain = frame.applied.analogue_gain.value_or(1);
  c.lux = frame.applied.lux.value_or(c.lux);
  c.noise = frame.noise ? *frame.noise : tuning.noise.at(c).at(c.analogue_gain);
  c.shading = frame.shading;
  return c;
}

/// A picture without colours has one luminance in all three. The line's demosaic makes three channels of a monochrome
/// frame too; weights as those of a Bayer cell's samples keep the noise of all.
constexpr isp::Matrix3 kMonochrome{0.25, 0.5, 0.25, 0.25, 0.5, 0.25, 0.25, 0.5, 0.25};

/// The mesh of the tuning where the frame brings none.
void set_shading(isp::Conditions& conditions, const hal::RawFrame& frame, const CameraTuning& tuning) {
  if (frame.shading) return;
  auto mesh = std::make_shared<isp::GainMesh>(tuning.shading.at(conditions).mesh_at(conditions.colour_temperature));
  conditions.shading = mesh->empty() ? nullptr : std::move(mesh);
}

/// Removes stages by name. Those that change the domain cannot be left out.
void disable(isp::Tunings& tunings, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    bool known = false, done = false;
    std::string can;
    for_each_stage<isp::TunedStages>(tunings, [&](std::string_view stage, auto& tuning) {
      if constexpr (requires { tuning.enabled = false; }) {
        can += " " + std::string(stage);
        if (stage == name) done = true, tuning.enabled = false;
      }
      if (stage == name) known = true;
    });
    if (!done)
      throw RequestError("--disable " + name + ": found " + (known ? "a stage that cannot be left out" : "an unknown stage") + ", allowed" + can);
  }
}

/// Linear light, the matrix, the sRGB curve, and none of the look stages.
void make_colorimetric(isp::Tunings& tunings) {
  using namespace isp;
  tuning_of<HighlightClip>(tunings).enabled = false;
  tuning_of<HighlightRecovery>(tunings).enabled = false;
  tuning_of<Sharpen>(tunings).enabled = false;
  tuning_of<LensShading>(tunings).luminance_strength = 1;
  tuning_of<ColourMatrix>(tunings).saturation = 1;
  auto& tone = tuning_of<ToneCurve>(tunings);
  tone = {.curve = ToneCurveKind::srgb, .exposure = 0, .contrast = 1, .shoulder = 1, .white_point = 1};
  []<class... S>(Tunings& all, std::type_identity<std::tuple<S...>>) {
    ((tuning_of<S>(all) = {}), ...);
  }(tunings, std::type_identity<LookStages>());
}

/// Within what the tunings' own tables allow.
void adjust(isp::Tunings& tunings, const Adjustments& adjustments) {
  auto& tone = isp::tuning_of<isp::ToneCurve>(tunings);
  tone.brightness += adjustments.brightness;
  tone.contrast = exact::clamp(tone.contrast * adjustments.contrast, 0.5, 2);
  double& saturation = isp::tuning_of<isp::ColourMatrix>(tunings).saturation;
  saturation = exact::clamp(saturation * adjustments.saturation, 0, 3);
  double& strength = isp::tuning_of<isp::Sharpen>(tunings).strength;
  strength = exact::clamp(strength * adjustments.sharpness, 0, 4);
}

/// Decisions suit the scene; a toned look is chosen in spite of it.
LookUse use_of(const Look& look, const FrameRequest& request) {
  if (!request.decisions) return request.look_use;
  return {.strength = request.look_use.strength * (look.toned ? 1 : request.decisions->look_strength),
          .skin_protection = request.decisions->skin_protection};
}

isp::Statistics count(const isp::Tunings& tunings, const isp::Conditions& conditions, const hal::RawFrame& frame, int threads) {
  isp::Statistics statistics;
  run_line(isp::derive_line(tunings, conditions, {}), frame.raw, {}, &statistics, threads);
  return statistics;
}

}  // namespace

std::vector<Picture> make_pictures(const isp::LineRegisters& registers) {
  std::vector<Picture> pictures;
  for (const isp::OutputRegisters& output : registers.outputs) {
    Picture& picture = pictures.emplace_back();
    picture.format = static_cast<isp::OutputFormat>(output.dither.format);
    picture.width = output.width, picture.height = output.height;
    const auto sizes = plane_sizes(picture.format, output.width, output.height);
    for (std::size_t i = 0; i < sizes.size(); ++i) picture.planes[i] = {sizes[i].width, sizes[i].height};
  }
  return pictures;
}

std::vector<isp::OutputView> views_of(std::vector<Picture>& pictures) {
  std::vector<isp::OutputView> views;
  for (Picture& picture : pictures) {
    isp::OutputView& view = views.emplace_back();
    for (std::size_t i = 0; i < 3; ++i) {
      const auto plane = picture.planes[i].view();
      view.planes[i] = {reinterpret_cast<std::byte*>(plane.data), plane.width, plane.height, plane.stride};
    }
  }
  return views;
}

void run_line(const isp::LineRegisters& registers, const isp::RawView& raw, std::span<const isp::OutputView> outputs,
              isp::Statistics* statistics, int threads) {
  const isp::PhonePipeline pipeline(registers);
  const isp::Plan plan = isp::Plan::make(pipeline.graph(), pipeline.tails(), {.bands = threads, .cache_bytes = kCacheBytes});
  const auto in_parallel = [&plan](auto&& run) {
    std::vector<std::jthread> workers;
    for (std::size_t band = 1; band < plan.bands.size(); ++band) workers.emplace_back(run, band);
    run(0);
  };
  const auto stream = [&](std::span<const isp::OutputView> to) {
    std::vector<isp::Statistics> counted(statistics ? plan.bands.size() : 0);
    in_parallel([&](std::size_t band) {
      const auto arena = isp::make_aligned<std::byte>(plan.arena_bytes);
      isp::run_band(pipeline.graph(), plan, static_cast<int>(band),
                    {.raw = raw, .binning = registers.binning, .tails = pipeline.tails(), .outputs = to,
                     .statistics = statistics ? &counted[band] : nullptr},
                    arena.get());
    });
    for (const isp::Statistics& part : counted) *statistics += part;
  };
  if (!pipeline.has_barrier()) return stream(outputs);

  isp::DisplayFrame straight(registers.frame), warped(registers.frame);
  const isp::OutputView frame = straight.output();
  stream({&frame, 1});
  in_parallel([&](std::size_t band) { pipeline.warp(straight, warped, plan.bands[band], isp::Kernels::fast); });
  in_parallel([&](std::size_t band) { pipeline.finish(warped, outputs, plan.bands[band], isp::Kernels::fast); });
}

DevelopedFrame prepare_frame(const hal::RawFrame& frame, const CameraTuning& tuning, const FrameRequest& request) {
  if (frame.cell > 1) {
    const std::string side = std::to_string(frame.cell);
    throw RequestError("raw frame: found cells of " + side + " x " + side +
                       " pixels, allowed a Bayer pattern: a binned or remosaiced mode of the sensor");
  }
  DevelopedFrame result;
  isp::Conditions conditions = conditions_of(frame, tuning);
  isp::Tunings tunings = tuning.resolve(conditions);
  FrameMetadata& metadata = result.metadata;
  metadata.applied = frame.applied;

  const FrameDecisions* const decided = request.decisions ? &*request.decisions : nullptr;
  if (decided) {
    conditions.lux = decided->lux;
    if (!metadata.applied.lux) metadata.applied.lux = decided->lux;
    metadata.hdr = decided->hdr;
    metadata.scene = decided->scene;
  }

  // White balance: decided, asked for, as shot, or estimated; where there are no colours, none.
  const auto asked_gains = decided ? std::optional(decided->colour_gains) : request.colour_gains;
  const bool asked = !frame.monochrome && asked_gains;
  const bool as_shot = !frame.monochrome && request.as_shot && frame.as_shot_neutral;
  const bool needs_white = !frame.monochrome && !asked && !as_shot;
  const bool needs_exposure = !request.digital_gain && !request.colorimetric && !decided;
  if (needs_white || needs_exposure || (request.statistics && !decided)) {
    const Stopwatch watch;
    set_shading(conditions, frame, tuning);
    result.statistics = count(tunings, conditions, frame, request.threads);
    metadata.statistics_ms = watch.ms();
  }
  AwbTuning awb = tuning.awb.at(conditions);
  if (awb.ct_curve.empty()) {
    awb.ct_curve = greys_of_calibrations(frame.calibrations);
    awb.bayes = false;  // matrices tell greys less well than the measurements of a tuning do
  }
  Vector3 neutral{1, 1, 1};
  std::optional<double> temperature = decided ? decided->colour_temperature : frame.applied.colour_temperature;
  if (asked) {
    neutral = {1 / (*asked_gains)[0], 1, 1 / (*asked_gains)[1]};
  } else if (as_shot) {
    neutral = *frame.as_shot_neutral;
  } else if (needs_white) {
    const WhiteBalanceEstimate estimate = estimate_white_balance(result.statistics, awb, frame.applied.lux);
    neutral = estimate.neutral;
    if (estimate.temperature) temperature = estimate.temperature;
    metadata.estimated_white_balance = true;
  }
  conditions.wb_gains = gains_of_neutral(neutral);

  // Colour: the light's temperature, and the matrix that belongs to it.
  const auto calibrated = render_from_calibrations(frame.calibrations, neutral);
  if (!temperature && !awb.ct_curve.empty()) temperature = temperature_of_neutral(awb, neutral);
  if (!temperature && calibrated) temperature = calibrated->temperature;
  conditions.colour_temperature = temperature.value_or(conditions.colour_temperature);
  const auto tuned = tuning.colour.at(conditions).matrix_at(conditions.colour_temperature);
  conditions.camera_to_srgb = frame.monochrome        ? kMonochrome
                              : request.colour_matrix ? *request.colour_matrix
                              : tuned               ? *tuned
                              : calibrated          ? calibrated->camera_to_srgb
                                                    : *white_preserving(kTypicalCameraToSrgb);
  set_shading(conditions, frame, tuning);

  // Exposure: as the frame is, as asked for, or estimated. One exposure stands in for several.
  const HdrExposure estimated = estimate_hdr_exposure(result.statistics, request.hdr_mode);
  conditions.digital_gain = request.colorimetric ? request.digital_gain.value_or(1)
                            : request.digital_gain ? *request.digital_gain
                            : decided              ? decided->digital_gain
                                                   : estimated.digital_gain;
  if (!request.colorimetric) metadata.hdr_strength = decided ? decided->hdr_strength : estimated.strength;
  conditions.digital_gain *= isp::exact::exp2(request.exposure_value);

  tunings = tuning.resolve(conditions);
  const Look* const look = request.colorimetric ? nullptr : request.look.get();
  if (look) metadata.look = look->apply(tunings, conditions, use_of(*look, request));
  isp::apply_profile(request.profile, tunings, conditions);
  adjust(tunings, request.adjustments);
  if (decided) isp::tuning_of<isp::Histogram>(tunings).weights = decided->metering_weights;
  if (decided && !decided->face_zones.empty())
    isp::tuning_of<isp::FloatingZones>(tunings).rectangles = decided->face_zones;
  if (request.jfif) isp::tuning_of<isp::Ycbcr>(tunings) = {isp::YcbcrMatrix::bt601, isp::YcbcrRange::full};
  apply_hdr(tunings, metadata.hdr_strength);
  if (request.colorimetric) make_colorimetric(tunings);
  disable(tunings, request.disabled);
  if (!needs_thumbnail(tunings)) {
    isp::tuning_of<isp::ThumbnailCells>(tunings).enabled = decided != nullptr;  // control judges the scene by it
  } else if (request.thumbnail) {
    conditions.thumbnail = request.thumbnail;
  } else {
    const Stopwatch watch;
    const bool counted = needs_white || needs_exposure;
    conditions.thumbnail = std::make_shared<const isp::Thumbnail>(isp::thumbnail_of(
        counted ? result.statistics : count(tunings, conditions, frame, request.threads)));
    metadata.statistics_ms += watch.ms();
  }
  if (request.outputs.size() > isp::kMaxTails)
    throw RequestError("more than " + std::to_string(isp::kMaxTails) + " outputs of one frame");
  for (const isp::OutputRequest& output : request.outputs)
    if (const char* problem = isp::check_output(output, isp::picture_size(conditions))) throw RequestError(problem);

  result.registers = isp::derive_line(tunings, conditions, request.outputs);
  metadata.colour_gains = {conditions.wb_gains[0] / conditions.wb_gains[1], conditions.wb_gains[2] / conditions.wb_gains[1]};
  metadata.colour_temperature = conditions.colour_temperature;
  metadata.colour_matrix = conditions.camera_to_srgb;
  metadata.digital_gain = conditions.digital_gain;
  metadata.black = conditions.black;
  metadata.white = conditions.white;
  metadata.noise = conditions.noise;
  if (decided) metadata.detections = decided->detections;
  metadata.registers_hash = result.registers.hash();
  return result;
}

DevelopedFrame run_frame(const hal::RawFrame& frame, const CameraTuning& tuning, const FrameRequest& request) {
  DevelopedFrame result = prepare_frame(frame, tuning, request);
  const Stopwatch watch;
  result.pictures = make_pictures(result.registers);
  run_line(result.registers, frame.raw, views_of(result.pictures), request.decisions ? &result.statistics : nullptr,
           request.threads);
  result.metadata.line_ms = watch.ms();
  return result;
}

}  // namespace sunny16::firmware
