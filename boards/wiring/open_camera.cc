#include "boards/wiring/open_camera.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "boards/wiring/select_mode.h"
#include "firmware/tuning/json_reader.h"
#include "firmware/tuning/text_file.h"
#include "hal/api/awaited_camera.h"
#include "hal/libcamera/camera_manager.h"
#include "hal/libcamera/libcamera_camera.h"
#include "hal/replay/replay_camera.h"
#include "sim/camera/shot.h"
#include "sim/camera/simulated_camera.h"

namespace sunny16::boards {
namespace {

constexpr std::string_view kLibcamera = "libcamera", kSimulated = "simulated", kReplay = "replay";

/// "name:rest" or "name": the rest, or nothing if the text has another name.
std::optional<std::string> after(std::string_view name, std::string_view text) {
  if (text == name) return "";
  if (!text.starts_with(name) || text[name.size()] != ':') return std::nullopt;
  return std::string(text.substr(name.size() + 1));
}

std::string read_text(const std::string& path) {
  auto text = firmware::read_text_file(path, firmware::JsonLimits{}.bytes);
  if (!text) throw CameraError(path + ": cannot be read");
  return *std::move(text);
}

/// A live view is better small than slow; and a lens that moves has its scene drawn again in each frame.
constexpr const char* kUsualSensor = "imx219";
std::string smallest_mode(const std::string& sensor) {
  const auto modes = sim::load_module(sensor).sensor.modes;
  const auto smallest = std::ranges::min_element(
      modes, {}, [](const sim::SensorMode& mode) { return std::int64_t{mode.width} * mode.height; });
  return std::to_string(smallest->width) + ":" + std::to_string(smallest->height) + ":" +
         std::to_string(smallest->bits);
}

std::unique_ptr<hal::Camera> simulated_camera(const std::string& sensor_and_scene, const CameraChoice& choice,
                                              std::shared_ptr<hal::Clock> clock, int threads, int picture_width) {
  sim::ShotSettings shot;
  shot.sensor = kUsualSensor;
  const auto comma = sensor_and_scene.find(',');
  if (comma != 0 && !sensor_and_scene.empty()) shot.sensor = sensor_and_scene.substr(0, comma);
  if (comma != std::string::npos) shot.scene = sensor_and_scene.substr(comma + 1);
  shot.sequence = choice.sequence, shot.illuminant = choice.illuminant, shot.lux = choice.lux;
  shot.mode = choice.mode.empty() ? smallest_mode(shot.sensor) : choice.mode;
  sim::BenchSetup setup = sim::set_up(shot).setup();
  sim::CameraOptions options{.buffers = choice.buffers, .threads = threads, .picture_width = picture_width};
  if (choice.mode.ends_with(":P")) options.packing = packed_samples(setup.mode.bits);
  if (!choice.faults.empty()) options.faults = sim::parse_fault_script(read_text(choice.faults), choice.faults);
  return sim::open_simulated_camera(std::move(setup), std::move(clock), std::move(options));
}

/// Pipelines without an image processor behind them do not tell black levels, and none tells the time of a row: those
/// of the modules that we know stand in.
std::unique_ptr<hal::Camera> libcamera_camera(const std::string& id, const std::string& mode, int picture_width) {
  auto camera = std::make_unique<hal::LibcameraCamera>(id, hal::LibcameraOptions{.picture_width = picture_width});
  const auto known = sim::module_names();
  if (const std::string model = camera->info().model; std::ranges::find(known, model) != known.end()) {
    const sim::SensorModel sensor = sim::load_module(model).sensor;
    hal::SensorFacts facts{.black_level = sensor.black_dn * (1 << (16 - sensor.bits))};
    if (!sensor.global_shutter)
      for (const sim::SensorMode& known : sensor.modes)
        facts.line_times.push_back({known.width, known.height, known.line_time_us});
    camera->assume(std::move(facts));
  }
  if (!mode.empty()) select_mode(*camera, mode);
  return camera;
}

std::unique_ptr<hal::Camera> any_camera(const CameraChoice& choice, std::shared_ptr<hal::Clock> clock, int threads,
                                        int picture_width) {
  if (const auto sensor_and_scene = after(kSimulated, choice.camera))
    return simulated_camera(*sensor_and_scene, choice, std::move(clock), threads, picture_width);
  if (const auto id = after(kLibcamera, choice.camera))
    return std::make_unique<hal::AwaitedCamera>(choice.camera, [id = *id, mode = choice.mode, picture_width] {
      return libcamera_camera(id, mode, picture_width);
    });
  const auto folder = after(kReplay, choice.camera);
  if (!folder || folder->empty())
    throw CameraError(
        "found another kind of camera, allowed libcamera[:ID], simulated[:SENSOR[,SCENE]] or "
        "replay:FOLDER");
  if (picture_width > 0)
    throw CameraError("found recorded frames, allowed a board that makes its own pictures of them");
  auto camera = std::make_unique<hal::ReplayCamera>(*folder, std::move(clock),
                                                    hal::ReplayOptions{.frame_rate = choice.frame_rate});
  if (!choice.mode.empty()) select_mode(*camera, choice.mode);
  return camera;
}

}  // namespace

std::unique_ptr<hal::Camera> open_camera(const CameraChoice& choice, std::shared_ptr<hal::Clock> clock, int threads,
                                         int picture_width) {
  try {
    return any_camera(choice, std::move(clock), threads, picture_width);
  } catch (const std::runtime_error& error) {
    throw CameraError("camera \"" + choice.camera + "\": " + error.what());
  }
}

std::vector<CameraName> list_cameras() {
  std::vector<CameraName> list;
  try {
    for (const hal::CameraInfo& camera : hal::list_libcamera_cameras())
      list.push_back({std::string(kLibcamera) + ":" + camera.id, camera.model});
    for (const std::string& module : sim::module_names())
      list.push_back({std::string(kSimulated) + ":" + module, sim::load_module(module).sensor.title});
  } catch (const std::runtime_error& error) {
    throw CameraError(error.what());
  }
  list.push_back({std::string(kReplay) + ":FOLDER", "Recorded frames: DNG, PNG and raw files"});
  return list;
}

}  // namespace sunny16::boards
