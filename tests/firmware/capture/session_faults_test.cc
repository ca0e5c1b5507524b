// Each fault is told within a second, and the camera comes back without help.
#include "tests/firmware/capture/session_rig.h"

namespace sunny16::firmware {
namespace {

using test::SessionRig;
using test::with_faults;

/// Passes everything on.
class Wrapped : public hal::Camera {
 public:
  explicit Wrapped(std::unique_ptr<hal::Camera> camera) : camera_(std::move(camera)) {}
  std::string open() override { return camera_->open(); }
  hal::Started start() override { return camera_->start(); }
  void stop() override { camera_->stop(); }
  hal::NextFrame next(std::uint64_t deadline_ns) override { return camera_->next(deadline_ns); }
  hal::CameraInfo info() const override { return camera_->info(); }
  std::vector<hal::SensorMode> modes() const override { return camera_->modes(); }
  hal::SensorMode mode() const override { return camera_->mode(); }
  bool select(const hal::SensorMode& mode) override { return camera_->select(mode); }
  hal::SensorLimits limits() const override { return camera_->limits(); }
  hal::Ticket submit(const hal::SensorSettings& settings) override { return camera_->submit(settings); }

 protected:
  std::unique_ptr<hal::Camera> camera_;
};

/// The event about a problem that begins at `at_s` came within a second.
void check_told(const SessionRig& rig, const std::string& code, double at_s) {
  const double told = rig.ear.heard("problem", code);
  CHECK_MESSAGE(told >= at_s, code);
  CHECK_MESSAGE(told <= at_s + 1, code);
}

TEST_CASE("Frames stop: told within a second, and again there when they are") {
  SessionRig rig(with_faults(R"({"fault": "stop", "at_s": 3, "for_s": 5})"));
  rig.start();
  REQUIRE(rig.run_until([&] { return rig.has_problem("camera.no_frames"); }));
  check_told(rig, "camera.no_frames", 3);
  CHECK(rig.session->status().state == CameraState::no_frames);
  REQUIRE(rig.run_until([&] { return rig.running(); }));
  CHECK(rig.clock->seconds() < 9.5);
  CHECK_FALSE(rig.has_problem("camera.no_frames"));
  CHECK(rig.ear.heard("resolved", "camera.no_frames") > 8);
  CHECK(rig.session->status().restarts >= 1);
}

TEST_CASE("A long exposure is no fault") {
  SessionRig rig;
  rig.start();
  Controls controls;
  controls.exposure_time = 4e6;
  controls.analogue_gain = 1;
  rig.session->set_controls(controls);
  REQUIRE(rig.run_until([&] { return rig.session->status().exposure_time > 1e6; }, 60));
  const double frames = rig.frames();
  REQUIRE(rig.run_until([&] { return rig.frames() >= frames + 3; }, 60));
  CHECK(rig.ear.count("problem") == 0);
  CHECK(rig.session->status().restarts == 0);
}

TEST_CASE("A camera that goes is tried until it is back") {
  SessionRig rig(with_faults(R"({"fault": "disconnect", "at_s": 2, "for_s": 6})"));
  rig.start();
  REQUIRE(rig.run_until([&] { return rig.session->status().state == CameraState::disconnected; }));
  check_told(rig, "camera.disconnected", 2);
  REQUIRE(rig.run_until([&] { return rig.running(); }));
  CHECK(rig.clock->seconds() < 9.5);
  CHECK(rig.session->status().problems.empty());
}

TEST_CASE("A stop() that hangs is seen from outside, and survived") {
  SessionRig rig(with_faults(R"({"fault": "stop", "at_s": 2, "for_s": 1}, {"fault": "hang", "at_s": 1, "for_s": 4})"));
  double stalled_s = -1;
  rig.clock->on_step = [&] {
    rig.session->supervise();
    if (stalled_s < 0 && rig.session->status().state == CameraState::stalled) stalled_s = rig.clock->seconds();
    CHECK(rig.session->healthy());
  };
  rig.start();
  REQUIRE(rig.run_until([&] { return rig.ear.heard("resolved", "camera.stalled") > 0; }, 20));
  const double hangs_s = rig.ear.heard("problem", "camera.no_frames");
  CHECK(stalled_s > hangs_s);
  CHECK(stalled_s < hangs_s + 1);
  check_told(rig, "camera.stalled", hangs_s);
  REQUIRE(rig.run_until([&] { return rig.running(); }));
  CHECK(rig.session->status().problems.empty());
}

TEST_CASE("A stop() that never returns is for the watchdog") {
  SessionRig rig(with_faults(R"({"fault": "stop", "at_s": 2, "for_s": 1}, {"fault": "hang", "at_s": 1, "for_s": 40})"));
  bool unhealthy = false;
  rig.clock->on_step = [&] { unhealthy = unhealthy || !rig.session->healthy(); };
  rig.start();
  rig.run_until([&] { return rig.clock->seconds() > 30; }, 60);
  CHECK(unhealthy);
}

TEST_CASE("Buffers that nobody gives back are a silence, which ends when they are given back") {
  struct Hoarder final : Wrapped {
    using Wrapped::Wrapped;
    hal::NextFrame next(std::uint64_t deadline_ns) override {
      hal::NextFrame next = Wrapped::next(deadline_ns);
      if (auto* frame = std::get_if<hal::RawFrame>(&next); frame && hoards && frame->sequence >= 20) {
        held.push_back(*frame);
        return hal::NoFrame::time_out;
      }
      return next;
    }
    bool hoards = true;
    std::vector<hal::RawFrame> held;
  };
  Hoarder* hoarder = nullptr;
  SessionRig rig({}, [&](auto camera) {
    auto wrapped = std::make_unique<Hoarder>(std::move(camera));
    hoarder = wrapped.get();
    return wrapped;
  });
  rig.start();
  REQUIRE(rig.run_until([&] { return rig.has_problem("camera.no_frames"); }));
  CHECK(hoarder->held.size() >= 4);
  hoarder->hoards = false;
  hoarder->held.clear();
  CHECK(rig.run_until([&] { return rig.running(); }));
}

TEST_CASE("Lost frames are counted and told, and the stream goes on") {
  SessionRig rig(with_faults(R"({"fault": "drop", "at_frame": 30, "count": 3})"));
  rig.start();
  REQUIRE(rig.run_until([&] { return rig.session->status().frames_lost == 3; }));
  CHECK(rig.has_problem("camera.frames_lost"));
  CHECK(rig.running());
  rig.run_for(6);
  CHECK_FALSE(rig.has_problem("camera.frames_lost"));
  CHECK(rig.session->status().frames_lost == 3);
}

TEST_CASE("Metadata that cannot be moves nothing") {
  SessionRig rig(with_faults(R"({"fault": "bad_metadata", "at_frame": 60, "count": 5})"));
  rig.session->set_viewers(1);
  rig.start();
  rig.run_for(2);
  const double exposure = rig.session->status().exposure_time;
  REQUIRE(rig.run_until([&] { return rig.has_problem("camera.bad_metadata"); }));
  const int previews = rig.ear.previews();
  rig.run_for(1);
  CHECK(rig.ear.previews() > previews + 15);
  CHECK(rig.session->status().exposure_time == doctest::Approx(exposure).epsilon(0.02));
  rig.run_for(6);
  CHECK_FALSE(rig.has_problem("camera.bad_metadata"));
}

TEST_CASE("A camera that another program has is waited for") {
  struct Busy final : Wrapped {
    using Wrapped::Wrapped;
    hal::Started start() override { return ++attempts <= 4 ? hal::Started::busy : Wrapped::start(); }
    int attempts = 0;
  };
  SessionRig rig({}, [](auto camera) { return std::make_unique<Busy>(std::move(camera)); });
  REQUIRE(rig.run_until([&] { return rig.session->status().state == CameraState::busy; }));
  check_told(rig, "camera.busy", 0);
  REQUIRE(rig.run_until([&] { return rig.running(); }));
  CHECK(rig.session->status().problems.empty());
}

TEST_CASE("Want of memory for buffers is told as such") {
  struct Starved final : Wrapped {
    using Wrapped::Wrapped;
    hal::Started start() override { return ++attempts <= 4 ? hal::Started::no_memory : Wrapped::start(); }
    int attempts = 0;
  };
  SessionRig rig({}, [](auto camera) { return std::make_unique<Starved>(std::move(camera)); });
  REQUIRE(rig.run_until([&] { return rig.session->status().state == CameraState::no_memory; }));
  check_told(rig, "camera.no_memory", 0);
  CHECK_FALSE(rig.has_problem("camera.busy"));
  REQUIRE(rig.run_until([&] { return rig.running(); }));
  CHECK(rig.session->status().problems.empty());
}

TEST_CASE("A camera that is not there at first is waited for") {
  SessionOptions options;
  std::vector<std::string> models;
  options.tuning_of_model = [&](const std::string& model) {
    models.push_back(model);
    CameraTuning tuning;
    tuning.agc.base.channels[0].base_ev = 0.5;
    return tuning;
  };
  SessionRig rig(with_faults(R"({"fault": "absent", "at_s": 0, "for_s": 8})"), {}, sim::test::small_setup("imx219"),
                 options);
  rig.run_for(5);
  check_told(rig, "camera.disconnected", 0);
  const SessionStatus away = rig.session->status();
  CHECK(away.state == CameraState::disconnected);
  CHECK(away.camera == "imx219");
  CHECK(away.model.empty());
  REQUIRE(away.problems.size() == 1);
  CHECK(away.problems[0].message == "camera imx219: its script keeps it away");
  CHECK(rig.session->modes().empty());
  CHECK_THROWS_AS(rig.session->select_mode(0), SessionError);
  CHECK_THROWS_AS(rig.session->start_capture({}), SessionError);
  CHECK(rig.session->healthy());
  CHECK(models.empty());

  rig.session->set_viewers(1);
  REQUIRE(rig.run_until([&] { return rig.running(); }));
  CHECK(rig.clock->seconds() < 11);
  CHECK(rig.session->status().problems.empty());
  CHECK(rig.session->status().model == "imx219");
  CHECK(rig.session->status().width == 64);
  CHECK(models == std::vector<std::string>{"imx219"});
  CHECK(rig.session->tuning().agc.base.channels[0].base_ev == 0.5);
  rig.run_for(2);
  CHECK(rig.ear.previews() > 20);
  CHECK(rig.session->limits().exposure_us.maximum > 1000);

  // It exposes as a camera does that was there from the beginning on.
  SessionRig other({}, {}, sim::test::small_setup("imx219"), options);
  CameraTuning same;
  same.agc.base.channels[0].base_ev = 0.5;
  other.session->set_tuning(same);
  other.start();
  other.run_for(3);
  const SessionStatus late = rig.session->status(), early = other.session->status();
  CHECK(rig.session->metadata().ae_state == AeState::converged);
  CHECK(late.exposure_time * late.analogue_gain ==
        doctest::Approx(early.exposure_time * early.analogue_gain).epsilon(0.03));
}

TEST_CASE("A tuning that somebody has chosen stays when the camera comes") {
  SessionOptions options;
  options.tuning_of_model = [](const std::string&) { return CameraTuning{}; };
  SessionRig rig(with_faults(R"({"fault": "absent", "at_s": 0, "for_s": 1})"), {}, sim::test::small_setup("imx219"),
                 options);
  rig.session->turn();
  CameraTuning chosen;
  chosen.agc.base.channels[0].base_ev = 0.5;
  rig.session->set_tuning(chosen);
  rig.start();
  CHECK(rig.session->tuning().agc.base.channels[0].base_ev == 0.5);
}

TEST_CASE("A frame that is smaller than it says is left out") {
  struct Short final : Wrapped {
    using Wrapped::Wrapped;
    hal::NextFrame next(std::uint64_t deadline_ns) override {
      hal::NextFrame next = Wrapped::next(deadline_ns);
      if (auto* frame = std::get_if<hal::RawFrame>(&next); frame && frame->sequence == 30)
        frame->raw.bytes = frame->raw.bytes.first(100);
      return next;
    }
  };
  SessionRig rig({}, [](auto camera) { return std::make_unique<Short>(std::move(camera)); });
  rig.start();
  REQUIRE(rig.run_until([&] { return rig.has_problem("camera.bad_frame"); }));
  CHECK(rig.run_until([&] { return rig.frames() > 40; }));
}

TEST_CASE("A camera whose tuning cannot be read works with the defaults, and says so") {
  SessionOptions options;
  options.tuning_of_model = [](const std::string& model) -> CameraTuning {
    throw TuningError(model + ".json: damaged");
  };
  SessionRig rig(with_faults(R"({"fault": "absent", "at_s": 0, "for_s": 1})"), {}, sim::test::small_setup("imx219"),
                 options);
  REQUIRE(rig.run_until([&] { return rig.running(); }));
  check_told(rig, "tuning.rejected", 1);
  REQUIRE(rig.has_problem("tuning.rejected"));
  CHECK(rig.session->status().problems[0].message == "tuning: imx219.json: damaged; the defaults are in use");
  CHECK(tuning_text(rig.session->tuning()) == tuning_text({}));
}

TEST_CASE("A tuning is taken back") {
  SessionRig rig;
  rig.start();
  const int version = rig.session->status().tuning_version;
  CHECK_THROWS_AS(rig.session->roll_back_tuning(), SessionError);
  CameraTuning better;
  better.agc.base.channels[0].base_ev = 0.5;
  CHECK(rig.session->set_tuning(better) == version + 1);
  CHECK(rig.session->tuning().agc.base.channels[0].base_ev == 0.5);
  CHECK(rig.session->roll_back_tuning() == version + 2);
  CHECK(rig.session->tuning().agc.base.channels[0].base_ev == 1);
  rig.run_for(1);
  CHECK(rig.running());
}

}  // namespace
}  // namespace sunny16::firmware
