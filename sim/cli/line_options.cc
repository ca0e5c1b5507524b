#include "sim/cli/line_options.h"

#include "firmware/tuning/camera_tuning.h"
#include "isp/core/thumbnail.h"
#include "sim/cli/options.h"
#include "sim/cli/table.h"
#include "sim/reference/bench_frame.h"

namespace sunny16::cli {
namespace {

/// From dark to bright across the frame, so that local tone mapping has something to do.
std::shared_ptr<const isp::Thumbnail> bench_thumbnail() {
  auto thumbnail = std::make_shared<isp::Thumbnail>();
  for (int i = 0; i < isp::Thumbnail::kColumns * isp::Thumbnail::kRows; ++i) {
    const double level = (1.0 + i % isp::Thumbnail::kColumns) / (2 * isp::Thumbnail::kColumns);
    thumbnail->cells.push_back({{level, level, level}, false});
  }
  return thumbnail;
}

}  // namespace

void add_line_options(CLI::App& command, LineOptions& options) {
  options.size = std::to_string(sim::kBenchWidth) + ":" + std::to_string(sim::kBenchHeight);
  command.add_option("--profile", options.profile, "full, lite, preview or plain")->capture_default_str();
  command.add_option("--size", options.size, "The frame's width:height")->capture_default_str();
  command.add_option("--threads", options.threads, "Threads, each with a band of rows")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  command.add_option("--set", options.sets, "Set a parameter: stage.field=value")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  command.add_option("--look", options.look.look, "A look by name (see: sunny16 look list)");
  add_library_options(command, options.look);
}

Line make_line(const LineOptions& options) {
  const auto [width, height] = size("--size", options.size);
  const auto profile = static_cast<isp::Profile>(choice("--profile", options.profile, isp::kProfileNames));
  firmware::CameraTuning tuning;
  for (const std::string& assignment : options.sets) set_parameter(tuning, assignment);
  isp::Conditions conditions = sim::bench_conditions(width, height);
  conditions.thumbnail = bench_thumbnail();
  isp::Tunings tunings = tuning.resolve(conditions);
  if (const auto look = LookChooser(options.look).look_for("")) look->apply(tunings, conditions);
  return {.profile = profile,
          .width = width,
          .height = height,
          .registers = sim::bench_registers(profile, conditions, tunings),
          .hash = sim::bench_hash(profile, conditions, tunings)};
}

std::string hash_text(std::uint64_t hash) { return format("%016llx", static_cast<unsigned long long>(hash)); }

}  // namespace sunny16::cli
