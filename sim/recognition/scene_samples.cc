#include "sim/recognition/scene_samples.h"

#include <algorithm>
#include <mutex>

#include "firmware/capture/detection.h"
#include "firmware/capture/frame_scene.h"
#include "firmware/control/luma_histogram.h"
#include "sim/camera/bench.h"
#include "sim/camera/module_tuning.h"
#include "sim/light/illuminant.h"
#include "sim/parallel.h"
#include "sim/scene/sequence.h"

namespace sunny16::sim {
namespace {

namespace exact = isp::exact;
using firmware::SceneKind;

struct Camera {
  CameraModule module;
  firmware::CameraTuning tuning;
};

/// Two with autofocus, two whose focus is fixed.
const std::vector<Camera>& cameras() {
  static const std::vector<Camera> kCameras = [] {
    std::vector<Camera> all;
    for (const char* name : {"imx708", "imx477", "imx219", "imx519"}) {
      CameraModule module = load_module(name);
      all.push_back({module, module_tuning(module)});
    }
    return all;
  }();
  return kCameras;
}

SceneKind kind_of(std::string_view name) {
  const auto& names = isp::EnumNames<SceneKind>::names;
  return static_cast<SceneKind>(std::ranges::find(names, name) - names.begin());
}

/// As automatic exposure would split it: time as far as a hand allows, then gain.
Exposure split(const SensorModel& sensor, const SensorMode& mode, double total_s, std::uint32_t seed) {
  constexpr double kHand_s = 1.0 / 20;
  const double least = gain_of_code(sensor, sensor.gain_code_min), most = gain_of_code(sensor, sensor.gain_code_max);
  const double shortest = 1e-6 * mode.line_time_us * sensor.exposure_min_lines;
  const double time = exact::clamp(total_s / least, shortest, kHand_s);
  const double gain = gain_of_code(sensor, code_of_gain(sensor, exact::clamp(total_s / time, least, most)));
  return {.time_s = time, .analogue_gain = gain, .seed = seed, .serial = seed};
}

/// A part of a scene, perhaps mirrored: nobody frames as its painter did.
class Reframed final : public Sequence {
 public:
  Reframed(std::unique_ptr<Scene> scene, Dice& dice)
      : Sequence(std::move(scene)), part_(dice.between(0.65, 1)), across_(dice.chance(0.5) ? -part_ : part_) {
    const double room = 0.5 * (1 - part_);
    shift_ = {dice.between(-room, room), dice.between(-room, room)};
  }
  Colour light(Point at, double time, const Palette& palette) const override {
    return scene().light({at.x * across_ + shift_.x, at.y * part_ + shift_.y}, time, palette);
  }
  std::vector<Target> targets() const override {
    std::vector<Target> targets = scene().targets();
    for (Target& target : targets) {
      for (Point& p : target.corners) p = {(p.x - shift_.x) / across_, (p.y - shift_.y) / part_};
      if (across_ < 0) std::swap(target.corners[0], target.corners[1]), std::swap(target.corners[2], target.corners[3]);
    }
    return targets;
  }

 private:
  double part_, across_;
  Point shift_;
};

/// What the camera's detectors find in the frame as it is developed. One of them looks at one picture at a time.
std::vector<firmware::Detection> found_by(const firmware::Detectors& detectors, const hal::RawFrame& frame,
                                          const firmware::CameraTuning& tuning, firmware::FrameRequest request) {
  if (detectors.empty()) return {};
  request.outputs = {firmware::detection_output(frame, request.profile)};
  firmware::DevelopedFrame developed = run_frame(frame, tuning, request);
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  firmware::DetectionResult result =
      detect(detectors, firmware::detection_task(frame, std::move(developed.pictures.front())));
  if (!result.error.empty()) throw firmware::DetectorError(result.error);
  return result.found;
}

/// What a perfect detector finds.
std::vector<firmware::Detection> faces_of(const Scene& scene, double aspect) {
  std::vector<firmware::Detection> faces;
  for (const Target& target : scene.targets()) {
    if (target.kind != TargetKind::face) continue;
    const Point from = target.corners[0], size = target.corners[2] - from;
    faces.push_back({"face", 0.9, {from.x / aspect + 0.5, from.y + 0.5, size.x / aspect, size.y}});
  }
  return faces;
}

}  // namespace

SceneSample take_sample(const SceneFamily& family, std::uint32_t seed, const firmware::Detectors& detectors) {
  constexpr int kWidth = 640, kHeight = 480;
  constexpr double kGrey = 0.16, kAmiss = 0.6;  // of automatic exposure, EV
  Dice dice(seed + 500'000);
  const Camera& camera = cameras()[static_cast<std::size_t>(dice.whole(0, 3))];
  const auto& lights = family.light.illuminants;
  const Illuminant light =
      parse_illuminant(lights[static_cast<std::size_t>(dice.between(0, static_cast<double>(lights.size()) - 1e-6))]);
  const double lux =
      family.light.least_lux * exact::pow(family.light.most_lux / family.light.least_lux, dice.between(0, 1));

  BenchSetup setup{.module = camera.module};
  setup.mode = camera.module.sensor.modes.front();
  setup.mode.width = kWidth, setup.mode.height = kHeight;
  setup.scene = std::make_unique<Reframed>(make_scene(family, seed), dice);
  setup.light = {.name = light.name, .spectrum = light.spectrum, .lux = lux};
  const Bench bench(std::move(setup));
  const isp::Image<float> electrons = bench.electrons(bench.timing(0, 0.01), 1);

  firmware::FrameRequest request;
  request.as_shot = false;
  request.statistics = true;
  hal::RawFrame frame;
  firmware::DevelopedFrame developed;
  double total = bench.exposure_for(0.5, 1);
  for (int i = 0; i < 3; ++i) {  // the first two frames meter
    const Exposure exposure = split(camera.module.sensor, bench.setup().mode, total, seed);
    frame = bench.record(electrons, exposure, 1);
    developed = prepare_frame(frame, camera.tuning, request);
    const double wanted = firmware::LumaHistogram(developed.statistics).gain_to(kGrey);
    total =
        exposure.time_s * exposure.analogue_gain * wanted * (i == 1 ? exact::exp2(dice.between(-kAmiss, kAmiss)) : 1);
  }
  const auto seen_with = [&](const std::vector<firmware::Detection>& faces) {
    return firmware::recognise(frame, camera.tuning, developed, faces).report.statistics;
  };
  return {.family = std::string(family.name),
          .seed = seed,
          .part = family.part,
          .kind = kind_of(family.kind),
          .statistics = {seen_with({}), seen_with(found_by(detectors, frame, camera.tuning, request)),
                         seen_with(faces_of(*bench.setup().scene, static_cast<double>(kWidth) / kHeight))}};
}

std::vector<SceneSample> take_samples(FamilyPart part, int count, const firmware::Detectors& detectors, int threads) {
  std::vector<const SceneFamily*> families;
  for (const SceneFamily& family : scene_families())
    if (family.part == part) families.push_back(&family);
  std::vector<SceneSample> samples(families.size() * static_cast<std::size_t>(count));
  cameras();
  in_parallel(static_cast<int>(samples.size()), threads, [&](int i) {
    samples[static_cast<std::size_t>(i)] = take_sample(*families[static_cast<std::size_t>(i / count)],
                                                       static_cast<std::uint32_t>(i % count + 1), detectors);
  });
  return samples;
}

std::string samples_csv(const std::vector<SceneSample>& samples) {
  std::string text = "family,seed,part,kind";
  const firmware::SceneStatistics none;
  isp::for_each_field(none, [&](const auto& row, double) { text += "," + std::string(row.name); });
  for (const SceneSample& sample : samples) {
    text += "\n" + sample.family + "," + std::to_string(sample.seed) + "," +
            std::string(isp::EnumNames<FamilyPart>::names[static_cast<std::size_t>(sample.part)]) + "," +
            std::string(isp::EnumNames<SceneKind>::names[static_cast<std::size_t>(sample.kind)]);
    isp::for_each_field(sample.seen_by(FaceFinder::oracle),
                        [&](const auto&, double value) { text += "," + firmware::number_text(value); });
  }
  return text + "\n";
}

}  // namespace sunny16::sim
