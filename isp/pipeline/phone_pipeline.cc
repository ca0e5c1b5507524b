#include "isp/pipeline/phone_pipeline.h"

#include "isp/core/hash.h"

namespace sunny16::isp {
namespace {

/// Calls f.operator()<S>() for each stage of a list.
template <class Stages, class F>
void for_each_stage(F&& f) {
  [&]<class... S>(std::type_identity<std::tuple<S...>>) { (f.template operator()<S>(), ...); }(std::type_identity<Stages>{});
}

/// Each stage reads the domain that the one before it writes; the lite demosaic stands beside the edge-directed one.
template <class... S>
consteval bool domains_meet(std::type_identity<std::tuple<S...>>) {
  std::string_view domain = domain::Sensor::name;
  const auto meets = [&domain]<class Stage>(std::type_identity<Stage>) {
    if (std::is_same_v<Stage, DemosaicLite>) return Stage::In::name == Demosaic::In::name && Stage::Out::name == domain;
    const bool same = Stage::In::name == domain;
    domain = Stage::Out::name;
    return same;
  };
  return (meets(std::type_identity<S>{}) && ...) && domain == domain::DisplayRgb::name;
}
static_assert(domains_meet(std::type_identity<PhoneStages>{}));

OutputRegisters derive_output(const Tunings& tunings, const Conditions& conditions, const FrameGeometry& frame,
                              const OutputRequest& request) {
  OutputRegisters out;
  const Rect picture{0, 0, frame.active.width, frame.active.height};
  const Rect crop = request.crop.width > 0 ? request.crop : picture;
  out.crop = {frame.active.x + crop.x, frame.active.y + crop.y, crop.width, crop.height};
  out.width = request.width > 0 ? request.width : crop.width;
  out.height = request.height > 0 ? request.height : crop.height;
  out.scaled = out.width != crop.width || out.height != crop.height;
  out.convert = request.format == OutputFormat::nv12 || request.format == OutputFormat::i420;
  if (out.scaled) out.scaler = Scaler::derive(out.crop, out.width, out.height);
  if (out.convert) out.ycbcr = Ycbcr::derive(std::get<YcbcrTuning>(tunings), conditions);
  out.dither = Dither::derive(std::get<DitherTuning>(tunings), request.format);
  return out;
}

}  // namespace

Rect picture_size(const Conditions& conditions) {
  const Rect active = binned(conditions.frame, conditions.binning).active;
  return {0, 0, active.width, active.height};
}

const char* check_output(const OutputRequest& request, Rect picture) {
  const Rect crop = request.crop.width > 0 || request.crop.height > 0 ? request.crop : picture;
  if (crop.x < 0 || crop.y < 0 || crop.width < 2 || crop.height < 2 || crop.x > picture.width - crop.width ||
      crop.y > picture.height - crop.height)
    return "the crop is not inside the picture, or less than 2 pixels wide or high";
  const auto allowed = [](int from, int to) {
    return to == 0 || (to >= 2 && to <= kMaxSide && to <= from * kMaxEnlargement && from <= to * kMaxReduction);
  };
  if (!allowed(crop.width, request.width) || !allowed(crop.height, request.height))
    return "the output is more than 4 times as large or more than 16 times as small as its crop";
  return nullptr;
}

LineRegisters derive_line(const Tunings& tunings, const Conditions& conditions, std::span<const OutputRequest> requests) {
  LineRegisters registers{.frame = binned(conditions.frame, conditions.binning), .binning = conditions.binning, .stages = {}, .distortion = {}, .taps = {}, .outputs = {}};
  Conditions seen = conditions;
  for_each_stage<PhoneStages>([&]<class S>() {
    const auto& tuning = std::get<typename S::Tuning>(tunings);
    const auto& derived = std::get<typename S::Registers>(registers.stages) = S::derive(tuning, seen);
    // Behind the gains, what counts for noise is what they were, not what the calibration asked for.
    if constexpr (std::is_same_v<S, LensShading>)
      seen.shading = derived.enabled ? std::make_shared<GainMesh>(LensShading::applied(tuning, *conditions.shading)) : nullptr;
    // The tone curve ends in white where local tone leaves what is clipped.
    if constexpr (std::is_same_v<S, LocalTone>)
      if (derived.enabled) seen.digital_gain *= LocalTone::highlight_gain(tuning, conditions);
    if constexpr (std::is_same_v<S, ToneCurve>) seen.digital_gain = conditions.digital_gain;
  });
  registers.distortion = Distortion::derive(std::get<DistortionTuning>(tunings), conditions);
  for_each_stage<PhoneTaps>([&]<class T>() {
    std::get<typename T::Registers>(registers.taps) = T::derive(std::get<typename T::Tuning>(tunings), conditions);
  });
  std::get<DemosaicLite::Registers>(registers.stages).enabled = !std::get<Demosaic::Registers>(registers.stages).enabled;
  for (const OutputRequest& request : requests)
    registers.outputs.push_back(derive_output(tunings, conditions, registers.frame, request));
  return registers;
}

std::uint64_t LineRegisters::hash() const {
  std::uint64_t h = hash_object(std::array{frame.width, frame.height, binning});
  std::apply([&](const auto&... r) { ((h = hash_registers(r, h)), ...); }, stages);
  if (distortion.enabled) h = hash_object(distortion, h);
  std::apply([&](const auto&... r) { ((h = hash_registers(r, h)), ...); }, taps);
  for (const OutputRegisters& output : outputs) {
    h = hash_object(output.crop, h);
    h = hash_object(std::array{output.width, output.height}, h);
    if (output.scaled) h = hash_object(output.scaler, h);
    if (output.convert) h = hash_object(output.ycbcr, h);
    h = hash_object(output.dither, h);
  }
  return h;
}

void apply_profile(Profile profile, Tunings& tunings, Conditions& conditions) {
  if (profile == Profile::full) return;
  const auto off = [&tunings]<class... S>() { ((tuning_of<S>(tunings).enabled = false), ...); };
  off.operator()<GreenEqualisation, BayerDenoise, ChromaDenoise, HighlightRecovery>();
  if (profile == Profile::plain) {
    off.operator()<Linearise, DefectPixels, LateralCa, LensShading, Sharpen, Distortion>();
    for_each_stage<LookStages>(off);
    return;
  }
  tuning_of<Sharpen>(tunings).bands = 1;
  // A preview shows the look, its colour table too: 4 cycles a pixel. Grain would be averaged away, or cost a stream's bits.
  off.operator()<LateralCa, Demosaic, Distortion, Grain>();
  if (profile == Profile::preview) {
    conditions.binning = 2;
    conditions.code = RawCode::linear;
    conditions.noise = {conditions.noise.shot / 4, conditions.noise.read / 4};
  }
}

PhonePipeline::PhonePipeline(const LineRegisters& registers) {
  graph_.frame = registers.frame;
  bool wanted = true;
  for_each_stage<PhoneStages>([&]<class S>() {
    if (!wanted) return;
    graph_.append<S>(registers_of<S>(registers));
    if constexpr (std::is_same_v<S, TappedStage>) {
      for_each_stage<PhoneTaps>([&]<class T>() { graph_.append_tap<T>(std::get<typename T::Registers>(registers.taps)); });
      wanted = !registers.outputs.empty();
    }
  });
  for (const OutputRegisters& output : registers.outputs)
    outputs_.push_back({.crop = output.crop,
                      .width = output.width,
                      .height = output.height,
                      .scaler = output.scaled ? &output.scaler : nullptr,
                      .ycbcr = output.convert ? &output.ycbcr : nullptr,
                      .dither = &output.dither});
  if (!registers.distortion.enabled || outputs_.empty()) return;
  distortion_ = &registers.distortion;
  frame_tail_ = {.crop = {0, 0, graph_.frame.width, graph_.frame.height}, .width = graph_.frame.width, .height = graph_.frame.height};
}

void PhonePipeline::warp(const DisplayFrame& from, DisplayFrame& to, Range rows, Kernels kernels) const {
  (kernels == Kernels::fast ? Distortion::fast_rows : Distortion::reference_rows)(*distortion_, from.view(), to.view(), rows.first, rows.end);
}

void PhonePipeline::finish(const DisplayFrame& warped, std::span<const OutputView> outputs, Range rows, Kernels kernels) const {
  for (std::size_t i = 0; i < outputs_.size(); ++i) {
    const OutputTail& tail = outputs_[i];
    const auto scratch = make_aligned<std::byte>(tail.scratch_bytes(graph_.frame.width));
    const Range pairs = tail.row_pairs_in(rows);
    for (int pair = pairs.first; pair < pairs.end; ++pair)
      tail.emit(pair, {0, tail.column_pairs()}, warped.rows(), outputs[i], scratch.get(), kernels == Kernels::reference);
  }
}

}  // namespace sunny16::isp
