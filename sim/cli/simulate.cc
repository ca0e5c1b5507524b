// sunny16 simulate: a scene as a simulated camera records it.
#include <thread>

#include "firmware/output/output_error.h"
#include "firmware/output/picture_file.h"
#include "sim/cli/options.h"
#include "sim/scene/still_life.h"
#include "sim/sensor/sensor.h"

namespace sunny16::cli {
namespace {

struct SimulateOptions {
  std::string output, scene = "still-life", size = "2048:1536";
  sim::Exposure exposure;
  int threads = 1;
};

void simulate(const SimulateOptions& options) {
  choice("--scene", options.scene, std::array<std::string_view, 1>{"still-life"});
  const auto [width, height] = size("--size", options.size);
  if (firmware::file_kind(options.output) != firmware::FileKind::dng)
    throw UsageError(options.output + ": found another kind of file, allowed .dng");
  const sim::Lens lens;
  const auto light = sim::render(sim::StillLife(), lens, width, height, options.threads);
  firmware::write_dng(options.output, sim::expose(sim::imx477(), lens, light, options.exposure));
}

}  // namespace

void add_simulate(CLI::App& app) {
  const auto options = std::make_shared<SimulateOptions>();
  SimulateOptions& o = *options;
  o.threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  CLI::App& command = *app.add_subcommand("simulate", "Record a simulated scene as a raw file");
  command.footer(
      "Examples:\n  sunny16 simulate -o shot.dng\n  sunny16 simulate --size 4056:3040 --gain 8 --seed 2 -o night.dng");
  command.add_option("-o,--output", o.output, "Raw file (.dng)")->required();
  command.add_option("--scene", o.scene, "still-life")->capture_default_str();
  command.add_option("--size", o.size, "Of the sensor, pixels: width:height")->capture_default_str();
  command.add_option("--gain", o.exposure.analogue_gain, "Analogue gain; the light is as much less")
      ->check(within(1, 64))
      ->capture_default_str();
  command.add_option("--temperature", o.exposure.colour_temperature, "Colour temperature of the light, K")
      ->check(within(2000, 10000))
      ->capture_default_str();
  command.add_option("--seed", o.exposure.seed, "Of the noise: the same seed makes the same bytes")
      ->capture_default_str();
  command.add_option("--threads", o.threads, "Threads")->check(CLI::Range(1, 256))->capture_default_str();
  command.callback([options] { simulate(*options); });
}

}  // namespace sunny16::cli
