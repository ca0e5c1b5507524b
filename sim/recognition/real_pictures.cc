#include "sim/recognition/real_pictures.h"

#include <cstdio>

#include "firmware/capture/frame_scene.h"
#include "firmware/tuning/described_json.h"
#include "hal/replay/open_frame.h"
#include "sim/camera/module_tuning.h"
#include "sim/camera/shot.h"

namespace sunny16::sim {
namespace {

namespace fs = std::filesystem;

struct Taken {
  hal::RawFrame frame;
  firmware::CameraTuning tuning;
};

Taken photograph(const fs::path& file) {
  ShotSettings settings;
  settings.scene = file, settings.sensor = "imx708", settings.window = {256, 192};
  const Bench bench = set_up(settings);
  const Exposure exposure = exposure_of(bench, settings);
  Taken taken{bench.record(bench.electrons(bench.timing(0, exposure.time_s), 2), exposure, 2),
              module_tuning(load_module(settings.sensor))};
  taken.frame.applied = {};
  return taken;
}

Taken raw_file(const fs::path& file, const RealPicture& picture) {
  hal::RawDescription description;
  if (!picture.raw_format.empty()) description.format = hal::RawFormat::parse(picture.raw_format);
  if (!picture.black.empty()) description.black = hal::parse_black(picture.black);
  if (!picture.white.empty()) description.white = hal::parse_white(picture.white);
  Taken taken{hal::open_frame(file, description), {}};
  taken.frame.applied.exposure_us.reset();  // the illuminance behind it is known for modules with a tuning only
  return taken;
}

}  // namespace

std::vector<RealResult> judge_real_pictures(const std::string& list_text, const std::string& list_name,
                                            const fs::path& folder, const firmware::SceneNetwork& network) {
  std::vector<RealPicture> pictures;
  firmware::read_value(firmware::read_json(list_text, list_name), pictures, list_name + ": $", {});
  std::vector<RealResult> results;
  for (const RealPicture& picture : pictures) {
    const fs::path file = folder / picture.file;
    if (!fs::exists(file)) continue;
    const bool photo = picture.raw_format.empty() && picture.black.empty() && file.extension() == ".png";
    const Taken taken = photo ? photograph(file) : raw_file(file, picture);
    firmware::FrameRequest request;
    request.as_shot = false;
    request.statistics = true;
    const firmware::DevelopedFrame developed = prepare_frame(taken.frame, taken.tuning, request);
    const firmware::FrameScene scene = recognise(taken.frame, taken.tuning, developed, {});
    results.push_back(
        {picture, firmware::best_of(firmware::classify(firmware::scene_inputs(scene.report.statistics), network))});
  }
  return results;
}

std::string real_pictures_markdown(const std::vector<RealResult>& results) {
  const auto& names = isp::EnumNames<firmware::SceneKind>::names;
  std::string text = "| picture | by eye | called | likelihood |\n|---|---|---|---:|\n";
  for (const auto& [picture, guess] : results) {
    char likelihood[16];
    std::snprintf(likelihood, sizeof likelihood, "%.2f", guess.confidence);
    const bool none = picture.kind == firmware::SceneKind::unknown;
    text += "| " + picture.file + " | " + std::string(none ? "none" : names[static_cast<std::size_t>(picture.kind)]) +
            " | " + std::string(names[static_cast<std::size_t>(guess.kind)]) + " | " + likelihood + " |\n";
  }
  return text;
}

}  // namespace sunny16::sim
