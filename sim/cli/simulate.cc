// sunny16 simulate: a scene as a simulated camera records it.
#include <cstdio>
#include <filesystem>
#include <optional>
#include <thread>

#include "firmware/output/picture_file.h"
#include "sim/camera/shot.h"
#include "sim/cli/options.h"
#include "sim/cli/progress.h"
#include "sim/cli/table.h"
#include "sim/cli/text_file.h"
#include "sim/light/illuminant.h"
#include "sim/picture/write_picture.h"
#include "sim/scene/catalogue.h"
#include "sim/scene/families/families.h"
#include "sim/scene/sequence.h"

namespace sunny16::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kExamples = R"(Examples:
  sunny16 simulate -o shot.dng
  sunny16 simulate --scene night-street --sensor imx477 --lux 5 --shutter 100000 -o night.dng
  sunny16 simulate --scene photo.png --illuminant 3200K --truth-picture truth.tif -o shot.dng
  sunny16 simulate --scene flat-field --frames 2 --shutter 5000 --gain 1 -o flat.dng
  sunny16 simulate --illuminant A:0.3+D65:0.7 --mode 2304:1296 --size 640:480 -o small.dng
  sunny16 simulate --list)";

struct SimulateOptions {
  sim::ShotSettings shot;
  std::string output, size, truth_picture;
  int frames = 1, threads = 1;
  bool list = false;
};

constexpr std::string_view kFocusSweep = "focus-sweep";

void print_list() {
  Table table({"option", "name", "what it is"});
  for (const auto& [name, description] : sim::scene_names())
    table.add({"--scene", std::string(name), std::string(description)});
  for (const sim::SceneFamily& family : sim::scene_families())
    table.add({"--scene", std::string(family.name) + "[:SEED]", std::string(family.description)});
  table.add({"--scene", "FILE", "A picture (PNG, JPEG, TIFF), whose colours become surfaces"});
  for (const auto& [name, description] : sim::sequence_names())
    table.add({"--sequence", std::string(name), std::string(description)});
  table.add({"--sequence", std::string(kFocusSweep), "The lens goes from its farthest to its nearest focus"});
  for (const std::string& name : sim::module_names())
    table.add({"--sensor", name, sim::load_module(name).sensor.title});
  for (const std::string_view name : sim::illuminant_names()) table.add({"--illuminant", std::string(name), ""});
  table.add({"--illuminant", "3200K", "A colour temperature: a black body, from 4000 K on daylight"});
  table.add({"--illuminant", "A:0.3+D65:0.7", "A mixture by illuminance"});
  std::fputs(table.text().c_str(), stdout);
}

/// Where the lens of frame `i` is focused.
double swept_focus(const sim::ShotSettings& shot, int i, int frames) {
  const sim::LensModel lens = sim::load_module(shot.sensor).lens;
  if (lens.focus_near <= 0) throw UsageError("--sequence focus-sweep: found " + shot.sensor + ", whose focus is fixed");
  return lens.focus_far + (lens.focus_near - lens.focus_far) * i / std::max(1, frames - 1);
}

/// shot.dng for one frame; for several shot-0000.dng, shot-0001.dng, ..., or as %04d in the name says.
fs::path numbered(const std::string& output, int frame, int frames) {
  if (const auto place = output.find("%04d"); place != std::string::npos)
    return output.substr(0, place) + format("%04d", frame) + output.substr(place + 4);
  fs::path path(output);
  if (frames > 1) path.replace_filename(path.stem().string() + format("-%04d", frame) + path.extension().string());
  return path;
}

/// Before the first file is written.
void check_truth_picture(const fs::path& path) {
  if (path.empty()) return;
  if (firmware::file_kind(path) != firmware::FileKind::tiff)
    throw UsageError(path.string() + ": found another kind of file, allowed .tif");
  if (const fs::path folder = path.parent_path(); !folder.empty() && !fs::is_directory(folder))
    throw UsageError(path.string() + ": no such folder");
}

void simulate(SimulateOptions options) {
  if (options.list) return print_list();
  if (options.output.empty()) throw UsageError("--output: found nothing, allowed a raw file (.dng)");
  if (firmware::file_kind(options.output) != firmware::FileKind::dng)
    throw UsageError(options.output + ": found another kind of file, allowed .dng");
  check_truth_picture(options.truth_picture);
  if (!options.size.empty()) {
    const auto [width, height] = size("--size", options.size);
    options.shot.window = {width, height};
  }
  const bool sweeps = options.shot.sequence == kFocusSweep;
  if (sweeps) options.shot.sequence = sim::kNoSequence;
  const Progress progress(static_cast<std::size_t>(options.frames));
  std::optional<sim::Bench> bench;
  isp::Image<float> electrons;
  for (int i = 0; i < options.frames; ++i) {
    const fs::path path = numbered(options.output, i, options.frames);
    progress.at(static_cast<std::size_t>(i), path.string());
    if (sweeps) options.shot.lens_position = swept_focus(options.shot, i, options.frames);
    if (i == 0 || sweeps) bench.emplace(sim::set_up(options.shot));
    sim::Exposure exposure = sim::exposure_of(*bench, options.shot);
    exposure.frame += static_cast<std::uint64_t>(i);
    const double start = sim::frame_start(*bench, exposure.time_s, static_cast<int>(exposure.frame));
    const sim::RowTiming timing = bench->timing(start, exposure.time_s);
    if (i == 0 || sweeps || bench->changes()) electrons = bench->electrons(timing, options.threads);
    firmware::write_dng(path, bench->record(electrons, exposure, options.threads));
    write_text(fs::path(path).replace_extension(".truth.json"),
               sim::truth_text(sim::truth_of(*bench, options.shot, exposure)));
    if (!options.truth_picture.empty())
      sim::write_picture(numbered(options.truth_picture, i, options.frames), bench->truth(timing, options.threads));
  }
  progress.at(static_cast<std::size_t>(options.frames), "");
}

}  // namespace

void add_simulate(CLI::App& app) {
  const auto options = std::make_shared<SimulateOptions>();
  SimulateOptions& o = *options;
  sim::ShotSettings& shot = o.shot;
  o.threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  CLI::App& command = *app.add_subcommand("simulate", "Record a simulated scene as a raw file, with its truth");
  command.footer(kExamples);
  command.add_option("-o,--output", o.output,
                     "Raw file (.dng); beside it .truth.json says what is true of it. Several frames are numbered");
  command.add_flag("--list", o.list, "Print the scenes, sequences, sensors and illuminants that there are");
  command.add_option("--scene", shot.scene, "A scene by name, or a picture (PNG, JPEG, TIFF)")->capture_default_str();
  command.add_option("--sequence", shot.sequence, "How the scene changes with time")->capture_default_str();
  command.add_option("--sensor", shot.sensor, "A camera module by name, or its JSON file")->capture_default_str();
  command.add_option("--mode", shot.mode, "Mode of the sensor: width:height[:bits]");
  command.add_option("--size", o.size, "Read only the middle of the sensor, pixels: width:height");
  command.add_option("--illuminant", shot.illuminant, "The main light")->capture_default_str();
  command.add_option("--lux", shot.lux, "Its illuminance of the scene, lx; 0 is a lens cap")
      ->check(within(0, 1e6))
      ->capture_default_str();
  command.add_option("--shutter", shot.shutter_us, "Exposure time, us; else decided")->check(within(0.1, 1e9));
  command.add_option("--gain", shot.gain, "Analogue gain; else decided")->check(within(0.1, 1024));
  command.add_option("--lens-position", shot.lens_position, "Focus, dioptres; else on the scene")
      ->check(within(0, 100));
  command.add_option("--temperature", shot.temperature_c, "Of the sensor, C")
      ->check(within(-40, 125))
      ->capture_default_str();
  command.add_option("--frames", o.frames, "Frames, as fast as the sensor sends them")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  command.add_option("--first-frame", shot.frame, "Number of the first frame")
      ->check(CLI::Range(0, 1000000000))
      ->capture_default_str();
  command.add_option("--seed", shot.seed, "Of the noise: the same seed makes the same bytes")
      ->check(CLI::Range(0, 2147483647))
      ->capture_default_str();
  command.add_option("--serial", shot.serial, "Which sensor of its kind: its fixed pattern")
      ->check(CLI::Range(0, 2147483647))
      ->capture_default_str();
  command.add_option(
      "--truth-picture", o.truth_picture,
      "Write what there was to see as well: linear sRGB for an eye adapted to the light (.tif, 32-bit float)");
  command.add_option("--threads", o.threads, "Threads")->check(CLI::Range(1, 256))->capture_default_str();
  command.callback([options] { simulate(*options); });
}

}  // namespace sunny16::cli
