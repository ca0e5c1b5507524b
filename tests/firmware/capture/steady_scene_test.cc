// What a camera session tells of a scene that changes slowly, on a simulated camera that exposes and balances by
// itself: neither the scene's name nor the HDR mode changes more than once in ten seconds.
#include <doctest/doctest.h>

#include <deque>

#include "sim/camera/module_tuning.h"
#include "sim/scene/catalogue.h"
#include "sim/scene/sequence.h"
#include "tests/firmware/capture/session_rig.h"

namespace sunny16::firmware::test {
namespace {

constexpr double kMinute_s = 60, kSpan_s = 10;
/// Start-up: the first frames are not yet exposed.
constexpr double kSettled_s = 3;

/// Two scenes beside each other, from whose middle to whose middle the camera turns in a minute.
class TwoScenes final : public sim::Scene {
 public:
  TwoScenes(std::string_view left, std::string_view right)
      : left_(sim::make_scene(left)), right_(sim::make_scene(right)) {}
  sim::Colour light(sim::Point at, double time, const sim::Palette& palette) const override {
    constexpr double kApart = 4.0 / 3, kSpeed = kApart / kMinute_s;
    const double x = at.x + kSpeed * time;
    return x < kApart / 2 ? left_->light({x, at.y}, 0, palette) : right_->light({x - kApart, at.y}, 0, palette);
  }
  bool moves() const override { return true; }

 private:
  std::unique_ptr<sim::Scene> left_, right_;
};

template <class E>
std::string name_of(E value) {
  return std::string(isp::EnumNames<E>::names[static_cast<std::size_t>(value)]);
}

/// When a name changed, and the most changes within kSpan_s.
struct Changes {
  std::string now{}, story{};
  std::deque<double> recent{};
  std::size_t most = 0;

  void see(double at_s, const std::string& name) {
    if (name == now) return;
    if (!now.empty() && at_s > kSettled_s) recent.push_back(at_s);
    while (!recent.empty() && recent.front() < at_s - kSpan_s) recent.pop_front();
    most = std::max(most, recent.size());
    now = name;
    story += " " + std::to_string(at_s).substr(0, 4) + " " + name;
  }
};

struct Told {
  Changes scene, hdr;
};

/// A minute at three frames a second.
Told watch(std::unique_ptr<sim::Scene> scene, double lux) {
  sim::BenchSetup setup = sim::test::small_setup("imx219", std::move(scene), 128, 96);
  setup.light = sim::test::daylight(lux);
  setup.mode.frame_lines = static_cast<int>(1e6 / 3 / setup.mode.line_time_us);
  const CameraTuning tuning = sim::module_tuning(setup.module);
  SessionRig rig({}, {}, std::move(setup), {}, tuning);
  rig.start();
  Told told;
  while (rig.clock->seconds() < kMinute_s) {
    rig.session->turn();
    const ControlMetadata metadata = rig.session->metadata();
    told.scene.see(rig.clock->seconds(), name_of(metadata.scene.kind));
    told.hdr.see(rig.clock->seconds(), name_of(metadata.hdr_mode));
  }
  MESSAGE(told.scene.story << "; HDR:" << told.hdr.story);
  return told;
}

void check_steady(const Told& told) {
  CHECK(told.scene.most <= 1);
  CHECK(told.hdr.most <= 1);
}

TEST_CASE("While the camera turns slowly from one scene to another") {
  struct Pair {
    const char *left, *right;
    double lux;
  };
  for (const auto& [left, right, lux] :
       {Pair{"living-room:3", "hedge:2", 500}, Pair{"corridor:1", "forest:4", 800},
        Pair{"dunes:2", "sky-above-roofs:3", 20000}, Pair{"newspaper:5", "pizza:2", 300}}) {
    CAPTURE(std::string(left));
    check_steady(watch(std::make_unique<TwoScenes>(left, right), lux));
  }
}

TEST_CASE("While the light falls from 1000 to 5 lx") {
  for (const char* name : {"living-room:1", "tree-against-sky:1", "house-fronts:3"}) {
    CAPTURE(std::string(name));
    check_steady(watch(sim::make_sequence("dusk", sim::make_scene(name)), 1000));
  }
}

}  // namespace
}  // namespace sunny16::firmware::test
