// The strip executor gives the whole-image oracle's bytes, whatever the tiles, the bands, the CFA phase and the size.
#include <doctest/doctest.h>

#include <cmath>

#include "isp/core/hash.h"
#include "isp/pipeline/phone_pipeline.h"
#include "tests/isp/stage_harness.h"

namespace sunny16::isp::test {
namespace {

struct Scene {
  std::vector<std::byte> bytes;
  RawView view;
};

/// A 12-bit frame of ramps, edges, stripes and noise.
Scene scene(int width, int height, CfaPhase phase) {
  Scene s;
  s.bytes.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 2);
  auto* samples = reinterpret_cast<std::uint16_t*>(s.bytes.data());
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      int v = 256 + (x * 17 + y * 5) % 2048 + ((x / 9 + y / 7) & 1 ? 900 : 0) + ((x + 2 * y) % 23 < 2 ? 700 : 0);
      v += static_cast<int>(scramble(5, static_cast<std::uint32_t>(y * 16384 + x)) % 160);
      samples[y * width + x] = static_cast<std::uint16_t>(std::min(v, 4095));
    }
  s.view = {.bytes = s.bytes, .width = width, .height = height, .stride = static_cast<std::size_t>(width) * 2, .phase = phase};
  return s;
}

Conditions conditions_of(const RawView& view) {
  Conditions c;
  c.frame = FrameGeometry::canonical(view.width, view.height, view.phase);
  c.phase = view.phase;
  c.black = {256, 256, 256, 256};
  c.white = 4095;
  c.noise = {1e-3, 2e-6};
  c.wb_gains = {2, 1, 1.6};
  c.camera_to_srgb = {1.7, -0.5, -0.2, -0.25, 1.5, -0.25, 0, -0.6, 1.6};
  return c;
}

/// Pictures in memory with guard bytes around every plane.
struct Pictures {
  Statistics statistics;
  static constexpr std::size_t kGuard = 96;
  std::vector<std::vector<std::byte>> memory;
  std::vector<OutputView> views;

  explicit Pictures(const LineRegisters& registers) {
    for (const OutputRegisters& output : registers.outputs) {
      OutputView view;
      const auto format = static_cast<OutputFormat>(output.dither.format);
      const auto plane = [&](std::size_t index, int width, int height) {
        memory.emplace_back(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) + 2 * kGuard, std::byte{0xA5});
        view.planes[index] = {memory.back().data() + kGuard, width, height, width};
      };
      const int half_width = (output.width + 1) / 2, half_height = (output.height + 1) / 2;
      plane(0, output.width * (format == OutputFormat::rgb8 ? 3 : format == OutputFormat::rgb16 ? 6 : 1), output.height);
      if (format == OutputFormat::nv12) plane(1, 2 * half_width, half_height);
      if (format == OutputFormat::i420) plane(1, half_width, half_height), plane(2, half_width, half_height);
      views.push_back(view);
    }
  }
  bool guards_intact() const {
    for (const auto& m : memory)
      for (std::size_t i = 0; i < kGuard; ++i)
        if (m[i] != std::byte{0xA5} || m[m.size() - 1 - i] != std::byte{0xA5}) return false;
    return true;
  }
  friend bool operator==(const Pictures& a, const Pictures& b) { return a.memory == b.memory && a.statistics == b.statistics; }
};

/// Behind a barrier, in two halves.
void finish(const PhonePipeline& pipeline, const DisplayFrame& straight, Pictures& pictures, Kernels kernels) {
  const int height = pipeline.graph().frame.height, middle = height / 4 * 2;
  DisplayFrame warped(pipeline.graph().frame);
  for (const Range rows : {Range{middle, height}, Range{0, middle}}) pipeline.warp(straight, warped, rows, kernels);
  for (const Range rows : {Range{middle, height}, Range{0, middle}}) pipeline.finish(warped, pictures.views, rows, kernels);
}

Pictures run_streaming(const PhonePipeline& pipeline, const LineRegisters& registers, const RawView& raw, const PlanOptions& options) {
  Pictures pictures(registers);
  DisplayFrame straight(registers.frame);
  const OutputView frame = straight.output();
  const std::span<const OutputView> outputs = pipeline.has_barrier() ? std::span(&frame, 1) : std::span<const OutputView>(pictures.views);
  const Plan plan = Plan::make(pipeline.graph(), pipeline.tails(), options);
  const Job job{.raw = raw, .binning = registers.binning, .tails = pipeline.tails(), .outputs = outputs, .statistics = &pictures.statistics};
  // Bands run in reverse, each in an arena full of rubbish: they must not depend on one another, nor on what was there.
  for (int band = static_cast<int>(plan.bands.size()) - 1; band >= 0; --band) {
    const auto arena = make_aligned<std::byte>(plan.arena_bytes);
    std::memset(arena.get(), 0x5A + band, plan.arena_bytes);
    run_band(pipeline.graph(), plan, band, job, arena.get());
  }
  if (pipeline.has_barrier()) finish(pipeline, straight, pictures, Kernels::fast);
  CHECK(pictures.guards_intact());
  return pictures;
}

void check(int width, int height, CfaPhase phase, Profile profile, std::vector<OutputRequest> requests, Tunings tunings = {}) {
  CAPTURE(width);
  CAPTURE(height);
  CAPTURE(to_string(phase));
  CAPTURE(kProfileNames[static_cast<std::size_t>(profile)]);
  const Scene s = scene(width, height, phase);
  Conditions conditions = conditions_of(s.view);
  apply_profile(profile, tunings, conditions);
  for (const OutputRequest& request : requests) REQUIRE(check_output(request, picture_size(conditions)) == nullptr);
  const LineRegisters registers = derive_line(tunings, conditions, requests);
  const PhonePipeline pipeline(registers);

  Pictures oracle(registers);
  DisplayFrame straight(registers.frame);
  const OutputView frame = straight.output();
  run_whole(pipeline.graph(),
            {.raw = s.view,
             .binning = registers.binning,
             .tails = pipeline.tails(),
             .outputs = pipeline.has_barrier() ? std::span(&frame, 1) : std::span<const OutputView>(oracle.views),
             .statistics = &oracle.statistics},
            Kernels::reference);
  if (pipeline.has_barrier()) finish(pipeline, straight, oracle, Kernels::reference);
  CHECK(oracle.guards_intact());
  for (const PlanOptions& options : {PlanOptions{}, PlanOptions{.tile_width = 64}, PlanOptions{.tile_width = 128, .bands = 3},
                                     PlanOptions{.tile_width = 192, .bands = 1000}, PlanOptions{.bands = 2}}) {
    CAPTURE(options.tile_width);
    CAPTURE(options.bands);
    CHECK(run_streaming(pipeline, registers, s.view, options) == oracle);
  }
}

TEST_CASE("strips give the oracle's bytes for every phase and profile") {
  for (const CfaPhase phase : {CfaPhase::rggb, CfaPhase::grbg, CfaPhase::gbrg, CfaPhase::bggr})
    for (const Profile profile : {Profile::full, Profile::lite, Profile::preview, Profile::plain})
      check(203, 71, phase, profile, {{.format = OutputFormat::rgb8}});
}

TEST_CASE("strips give the oracle's bytes down to a single quad") {
  for (const auto& [width, height] : {std::pair{2, 2}, {3, 2}, {2, 3}, {3, 3}, {5, 4}, {2, 40}, {97, 2}, {64, 64}, {65, 66}})
    for (const CfaPhase phase : {CfaPhase::rggb, CfaPhase::bggr}) check(width, height, phase, Profile::full, {{.format = OutputFormat::rgb16}});
}

TEST_CASE("several outputs of one pass: crops, scales and formats") {
  check(260, 120, CfaPhase::grbg, Profile::full,
        {{.format = OutputFormat::rgb8},
         {.format = OutputFormat::nv12, .width = 131, .height = 61},
         {.format = OutputFormat::i420, .crop = {31, 17, 121, 77}},
         {.format = OutputFormat::rgb16, .crop = {10, 6, 40, 31}, .width = 90, .height = 77}});
  check(260, 120, CfaPhase::gbrg, Profile::lite, {{.format = OutputFormat::i420, .crop = {}, .width = 33, .height = 15}});
}

TEST_CASE("distortion is a barrier: a whole frame, then the outputs") {
  Tunings tunings;
  tuning_of<Distortion>(tunings).radial = {-0.1, 0.02, 0};
  check(203, 71, CfaPhase::bggr, Profile::full, {{.format = OutputFormat::rgb8}, {.format = OutputFormat::nv12, .width = 90, .height = 40}}, tunings);
}

TEST_CASE("a line without outputs only counts") { check(203, 71, CfaPhase::gbrg, Profile::full, {}); }

TEST_CASE("the planned arena is what streaming needs, and the summed border stays within 40 pixels") {
  const Scene s = scene(260, 120, CfaPhase::rggb);
  const std::vector<OutputRequest> requests{{.format = OutputFormat::rgb8}};
  Conditions conditions = conditions_of(s.view);
  conditions.frame = FrameGeometry::canonical(4056, 3040, CfaPhase::rggb);
  LineRegisters registers = derive_line(Tunings{}, conditions, requests);
  std::get<GreenEqualisation::Registers>(registers.stages).enabled = 1;
  const PhonePipeline pipeline(registers);
  const Plan desktop = Plan::make(pipeline.graph(), pipeline.tails(), {.bands = 2, .cache_bytes = 8u << 20});
  CHECK(desktop.border.x <= 40);
  CHECK(desktop.border.y <= 40);
  CHECK(desktop.arena_bytes <= 4u << 20);
  const Plan board = Plan::make(pipeline.graph(), pipeline.tails(), {.bands = 4, .cache_bytes = 512u << 10});
  MESSAGE("arena " << desktop.arena_bytes / 1024 << " KiB at tile width " << desktop.tile_width << "; " << board.arena_bytes / 1024
                   << " KiB at " << board.tile_width << "; border " << desktop.border.x << " x " << desktop.border.y);
  CHECK(board.arena_bytes <= 512u << 10);
}

}  // namespace
}  // namespace sunny16::isp::test
