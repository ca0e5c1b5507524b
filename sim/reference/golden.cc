#include "sim/reference/golden.h"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <set>
#include <sstream>

#include "isp/core/hash.h"
#include "isp/pipeline/phone_pipeline.h"
#include "sim/reference/arbitrary.h"
#include "sim/reference/bench_frame.h"
#include "sim/reference/packing.h"
#include "sim/sensor/random.h"

namespace sunny16::sim {
namespace {

using namespace isp;

class Table {
 public:
  void add(const std::string& name, std::uint64_t hash) {
    char digits[20];
    std::snprintf(digits, sizeof digits, " %016llx\n", static_cast<unsigned long long>(hash));
    text_ += name + digits;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_ = "# Made by `sunny16 golden --update`; see sim/reference/golden.h.\n";
};

struct Case {
  int width, height;
  CfaPhase phase;
  Packing packing;
  std::string_view packing_name;
};
constexpr std::array<Case, 6> kCases{{
    {128, 72, CfaPhase::rggb, Packing::u16, "16"},
    {131, 71, CfaPhase::grbg, Packing::csi2_10, "10p"},
    {94, 57, CfaPhase::gbrg, Packing::csi2_12, "12p"},
    {67, 90, CfaPhase::bggr, Packing::csi2_14, "14p"},
    {5, 3, CfaPhase::gbrg, Packing::u8, "8"},
    {2, 2, CfaPhase::bggr, Packing::u16, "16"},
}};

/// Ramps, edges, stripes and noise from black to beyond white, with a dead and a hot pixel now and then: integers only.
RawBuffer pattern(const Case& c) {
  RawBuffer raw = make_raw(c.width, c.height, c.phase, c.packing, 7);
  const unsigned largest = (1u << sample_bits(c.packing)) - 1;
  for (int y = 0; y < c.height; ++y)
    for (int x = 0; x < c.width; ++x) {
      const auto random = philox({static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y), 0, 0}, {});
      unsigned v = 2400 + static_cast<unsigned>(x * 271 + y * 83) % 32768 + (((x / 9) ^ (y / 7)) & 1 ? 14400u : 0u) +
                   ((x + 2 * y) % 23 < 2 ? 11200u : 0u) + random[0] % 2560;
      if (random[1] % 211 == 0) v = random[2] & 1 ? 65535 : 0;
      put_sample(raw.row(y), c.packing, x, std::min(v, 65535u) * largest / 65535);
    }
  return raw;
}

/// Conditions and tunings in which every stage has something to do.
Conditions busy_conditions(const RawBuffer& raw) {
  const double scale = ((1u << sample_bits(raw.view.packing)) - 1) / 65535.0;
  auto mesh = std::make_shared<GainMesh>();
  mesh->columns = 5, mesh->rows = 4;
  for (std::size_t plane = 0; plane < 4; ++plane)
    for (int node = 0; node < 20; ++node)
      mesh->gains[plane].push_back(1 + 0.125 * (node % 7) + 0.0625 * static_cast<double>(plane));
  Conditions conditions;
  conditions.frame = FrameGeometry::canonical(raw.view.width, raw.view.height, raw.view.phase);
  conditions.packing = raw.view.packing;
  conditions.phase = raw.view.phase;
  conditions.black = {4096 * scale, 4100 * scale, 4092 * scale, 4096 * scale};
  conditions.white = 64000 * scale;
  conditions.noise = {.shot = 5e-4, .read = 1e-6};
  conditions.analogue_gain = 4;
  conditions.wb_gains = {2.1, 1, 1.7};
  conditions.digital_gain = 1.25;
  conditions.camera_to_srgb = {1.75, -0.5, -0.25, -0.25, 1.5, -0.25, 0, -0.625, 1.625};
  conditions.shading = mesh;
  return conditions;
}

/// Calls f(tuning) for each look stage's.
template <class F>
void for_each_look_tuning(Tunings& tunings, F&& f) {
  [&]<class... S>(std::type_identity<std::tuple<S...>>) { (f(tuning_of<S>(tunings)), ...); }
  (std::type_identity<LookStages>{});
}

Tunings busy_tunings(const RawBuffer& raw) {
  Tunings tunings;
  std::apply([](auto&... tuning) { (switch_on(tuning), ...); }, tunings);
  for_each_look_tuning(tunings, [](auto& tuning) { tuning = {}; });
  auto& linearise = tuning_of<Linearise>(tunings);
  linearise.bits = std::max(7, sample_bits(raw.view.packing));
  const double largest = (1u << sample_bits(raw.view.packing)) - 1;
  linearise.companded = {0, largest / 2, largest}, linearise.linear = {0, largest * 0.45, largest};
  auto& aberration = tuning_of<LateralCa>(tunings);
  aberration.red_radial = {0.5, -0.25, 0.125}, aberration.blue_radial = {-0.75, 0.25, 0};
  tuning_of<Distortion>(tunings).radial = {-0.125, 0.03125, 0};
  return tunings;
}

std::uint64_t hash_rows(const RowStorage& rows, const FrameGeometry& frame) {
  const int scale = scale_of(rows.layout.grid);
  std::uint64_t h = kHashSeed;
  for (int plane = 0; plane < rows.layout.planes; ++plane)
    for (int y = 0; y < frame.height; y += scale)
      h = hash_bytes({rows.at(plane, 0, y), static_cast<std::size_t>(frame.width / scale) * rows.layout.bytes}, h);
  return h;
}

/// A picture of an output's size.
struct Picture {
  std::vector<std::byte> bytes;
  OutputView view;

  explicit Picture(const OutputRegisters& output) {
    const auto sizes = plane_sizes(static_cast<OutputFormat>(output.dither.format), output.width, output.height);
    std::size_t total = 0;
    for (const PlaneSize& size : sizes)
      total += static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
    bytes.resize(total);
    std::byte* next = bytes.data();
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      view.planes[i] = {next, sizes[i].width, sizes[i].height, sizes[i].width};
      next += static_cast<std::size_t>(sizes[i].width) * static_cast<std::size_t>(sizes[i].height);
    }
  }
};

/// Up to the outputs, or to the barrier.
void run_line(const PhonePipeline& pipeline, const Job& job, Kernels kernels) {
  if (kernels == Kernels::reference) return run_whole(pipeline.graph(), job, kernels);
  const Plan plan = Plan::make(pipeline.graph(), pipeline.tails(), {.tile_width = 64, .bands = 2});
  const auto arena = make_aligned<std::byte>(plan.arena_bytes);
  for (int band = 0; band < static_cast<int>(plan.bands.size()); ++band)
    run_band(pipeline.graph(), plan, band, job, arena.get());
}

/// What a case is developed with.
struct Settings {
  std::string name;
  Profile profile = Profile::full;
  int look = -1;  ///< number of an arbitrary look; -1 is none
};

void add_line(Table& table, const Case& c, const Settings& settings, Kernels kernels) {
  const RawBuffer raw = pattern(c);
  Conditions conditions = busy_conditions(raw);
  Tunings tunings = busy_tunings(raw);
  if (settings.look >= 0) {
    Draw draw(5, settings.look);
    for_each_look_tuning(tunings, [&draw](auto& tuning) { draw.vary(tuning); });
    conditions.cube = quantised(draw.cube(2 + 5 * settings.look));
    conditions.skin_protection = settings.look % 2;
    conditions.thumbnail = std::make_shared<const Thumbnail>(draw.thumbnail());
  }
  apply_profile(settings.profile, tunings, conditions);
  const Rect picture = picture_size(conditions);
  std::vector<OutputRequest> requests;
  for (const OutputFormat format : {OutputFormat::rgb8, OutputFormat::rgb16, OutputFormat::nv12})
    requests.push_back({.format = format});
  requests.push_back({.format = OutputFormat::i420,
                      .width = std::max(2, picture.width * 2 / 3),
                      .height = std::max(2, picture.height * 3 / 4)});
  const LineRegisters registers = derive_line(tunings, conditions, requests);
  const PhonePipeline pipeline(registers);

  const std::string name = std::to_string(c.width) + "x" + std::to_string(c.height) + "-" +
                           std::string(to_string(c.phase)) + "-" + std::string(c.packing_name) + "/" +
                           settings.name + "/";
  table.add(name + "registers", registers.hash());
  Job job{.raw = raw.view, .binning = registers.binning, .tails = {}, .outputs = {}};
  run_whole(pipeline.graph(), job, kernels, [&](const Node& node, const RowStorage& rows) {
    table.add(name + std::string(node.stage), hash_rows(rows, registers.frame));
  });

  std::vector<Picture> pictures(registers.outputs.begin(), registers.outputs.end());
  std::vector<OutputView> views;
  for (const Picture& p : pictures) views.push_back(p.view);
  Statistics statistics;
  job.tails = pipeline.tails(), job.outputs = views, job.statistics = &statistics;
  if (pipeline.has_barrier()) {
    DisplayFrame filled(registers.frame), warped(registers.frame);
    const OutputView frame = filled.output();
    const Range rows{0, registers.frame.height};
    job.outputs = {&frame, 1};
    run_line(pipeline, job, kernels);
    pipeline.warp(filled, warped, rows, kernels);
    table.add(name + std::string(Distortion::name), hash_rows(warped.rows(), registers.frame));
    pipeline.finish(warped, views, rows, kernels);
  } else {
    run_line(pipeline, job, kernels);
  }
  table.add(name + "statistics", hash_object(statistics));
  for (std::size_t i = 0; i < pictures.size(); ++i)
    table.add(name + std::string(kOutputFormatNames[static_cast<std::size_t>(requests[i].format)]),
              hash_bytes(pictures[i].bytes));
}

template <class S>
void add_derive(Table& table) {
  std::uint64_t h = kHashSeed;
  const SharedTable<CubeTable> cube = quantised(Draw(6, 0).cube(5));
  const auto thumbnail = std::make_shared<const Thumbnail>(Draw(6, 1).thumbnail());
  for (int i = 0; i < 400; ++i) {
    Draw draw(4, i);
    Conditions conditions = draw.conditions();
    if (i % 3 == 0) conditions.cube = cube;
    if (i % 3 == 1) conditions.thumbnail = thumbnail;
    if (i % 3 == 2) conditions.skin_protection = i / 400.0;
    typename S::Tuning tuning;
    if (i % 2) draw.vary(tuning);
    h = hash_registers(S::derive(tuning, conditions), h);
  }
  table.add("derive/" + std::string(S::name), h);
}

}  // namespace

std::string golden_text(Kernels kernels) {
  Table table;
  for (std::size_t i = 0; i < kCases.size(); ++i) {
    for (std::size_t profile = 0; profile < kProfileNames.size(); ++profile)
      add_line(table, kCases[i], {.name = std::string(kProfileNames[profile]), .profile = static_cast<Profile>(profile)},
               kernels);
    add_line(table, kCases[i], {.name = "look", .look = static_cast<int>(i)}, kernels);
  }
  for (std::size_t profile = 0; profile < kProfileNames.size(); ++profile)
    table.add("bench/" + std::string(kProfileNames[profile]),
              bench_hash(static_cast<Profile>(profile), bench_conditions(kBenchWidth, kBenchHeight)));
  const auto derive = [&]<class... S>(std::type_identity<std::tuple<S...>>) { (add_derive<S>(table), ...); };
  derive(std::type_identity<PhoneStages>{});
  derive(std::type_identity<FrameStages>{});
  derive(std::type_identity<PhoneTaps>{});
  add_derive<Ycbcr>(table);
  return table.text();
}

std::vector<std::string> golden_difference(const std::string& expected, const std::string& found) {
  const auto lines = [](const std::string& text) {
    std::set<std::string> result;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
      if (!line.starts_with('#')) result.insert(line);
    return result;
  };
  std::vector<std::string> changed;
  std::ranges::set_symmetric_difference(lines(expected), lines(found), std::back_inserter(changed));
  std::set<std::string> names;
  for (const std::string& line : changed) names.insert(line.substr(0, line.find(' ')));
  return {names.begin(), names.end()};
}

}  // namespace sunny16::sim
