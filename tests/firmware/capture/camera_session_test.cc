#include "firmware/capture/camera_session.h"

#include "tests/firmware/capture/session_rig.h"

namespace sunny16::firmware {
namespace {

using test::SessionRig;

TEST_CASE("Viewers get a picture of each frame; without them none is made") {
  SessionRig rig;
  rig.start();
  rig.run_for(1);
  CHECK(rig.ear.previews() == 0);
  rig.session->set_viewers(1);
  const double before = rig.frames();
  rig.run_for(2);
  CHECK(rig.ear.previews() == static_cast<int>(rig.frames() - before));
  const auto preview = rig.ear.last_preview();
  CHECK(preview->width == 64);
  CHECK(preview->height == 48);
  CHECK(preview->jpeg.size() > 300);
  CHECK(preview->unix_time == doctest::Approx(rig.unix_time + rig.clock->seconds()).epsilon(1e-9));
  const SessionStatus status = rig.session->status();
  CHECK(status.state == CameraState::running);
  CHECK(status.model == "imx219");
  CHECK(status.fps == doctest::Approx(21.2).epsilon(0.05));
  CHECK(status.frames_lost == 0);
}

TEST_CASE("The preview is the board's picture where that is wished for, and the line's where there is none") {
  for (const int board_width : {24, 0}) {
    CAPTURE(board_width);
    SessionOptions options;
    options.board_preview = true;
    SessionRig rig({.picture_width = board_width}, {}, sim::test::small_setup("imx219"), options);
    rig.session->set_viewers(1);
    rig.start();
    rig.run_for(2);
    REQUIRE(rig.ear.last_preview());
    CHECK(rig.ear.previews() == static_cast<int>(rig.frames()));
    CHECK(rig.ear.last_preview()->width == (board_width > 0 ? board_width : 64));
    CHECK(rig.session->metadata().ae_state != AeState::searching);  // statistics are counted all the same
    // Kept frames hold none of the camera's buffers: a capture still finds its frame, and no frame is lost.
    CHECK(rig.finish(rig.session->start_capture({.raw = false})).state == CaptureState::done);
    CHECK(rig.session->status().frames_lost == 0);
  }
}

TEST_CASE("Controls show in the frames that follow, and what cannot be is refused") {
  SessionRig rig;
  rig.start();
  rig.run_for(2);
  Controls controls = rig.session->controls();
  controls.exposure_time = 2000;
  controls.analogue_gain = 2;
  rig.session->set_controls(controls);
  CHECK(rig.run_until([&] { return std::abs(rig.session->status().exposure_time - 2000) < 30; }, 1));
  CHECK(rig.session->status().analogue_gain == doctest::Approx(2).epsilon(0.02));
  controls.scaler_crop = {0.8, 0, 0.5, 1};
  CHECK_THROWS_AS(rig.session->set_controls(controls), SessionError);
  CHECK(rig.session->controls().scaler_crop[0] == 0);
}

TEST_CASE("The mode changes while the stream goes on") {
  SessionRig rig;
  rig.start();
  CHECK_THROWS_AS(rig.session->select_mode(99), SessionError);
  const std::vector<ModeInfo> modes = rig.session->modes();
  REQUIRE(modes.size() >= 2);
  const std::size_t last = modes.size() - 1;
  rig.session->select_mode(last);
  CHECK(rig.run_until([&] { return rig.session->status().width == modes[last].width && rig.running(); }));
  CHECK(rig.session->modes()[last].in_use);
  CHECK(rig.session->status().restarts == 0);
}

TEST_CASE("A picture is the one that was seen when it was asked for") {
  SessionRig rig;
  rig.start();
  rig.run_for(1);
  const std::string id = rig.session->start_capture({});
  const CaptureInfo info = rig.finish(id);
  CHECK(info.error == "");
  CHECK(info.state == CaptureState::done);
  CHECK(info.done == 1);
  REQUIRE(info.files.size() == 3);
  CHECK(info.files[0].name == id + "-0001.dng");
  CHECK(info.files[1].name == id + "-0001.jpg");
  CHECK(info.files[2].type == "application/json");
  for (const CaptureFile& file : info.files) CHECK(file.bytes > 100);
  CHECK(rig.ear.heard("capture", "running") < 0);  // one picture: queued, then done
  CHECK(rig.ear.heard("capture", "done") > 0);
}

TEST_CASE("Captures refuse what they cannot keep") {
  SessionRig rig;
  CHECK_THROWS_AS(rig.session->start_capture({}), SessionError);  // no frames yet
  rig.start();
  CaptureRequest request;
  request.jpeg = request.raw = false;
  CHECK_THROWS_AS(rig.session->start_capture(request), SessionError);
  request = {};
  request.jpeg = false;
  request.frame = PictureFrame::white;
  CHECK_THROWS_AS(rig.session->start_capture(request), SessionError);
  request = {};
  request.mode = CaptureMode::burst;
  request.count = 101;
  CHECK_THROWS_AS(rig.session->start_capture(request), SessionError);
  CHECK_THROWS_AS(rig.session->cancel_capture("0123abcd-000077"), SessionError);
}

TEST_CASE("A burst takes frames without a gap, a time lapse one each interval") {
  SessionRig rig;
  rig.start();
  CaptureRequest request;
  request.raw = false;
  request.mode = CaptureMode::burst;
  request.count = 5;
  CaptureInfo info = rig.finish(rig.session->start_capture(request));
  CHECK(info.done == 5);
  CHECK(info.files.size() == 10);

  request.mode = CaptureMode::timelapse;
  request.count = 3;
  request.interval_s = 2;
  const double begin = rig.clock->seconds();
  info = rig.finish(rig.session->start_capture(request));
  CHECK(info.state == CaptureState::done);
  CHECK(rig.clock->seconds() - begin > 4);
}

TEST_CASE("A bracket is exposed as asked, and automatic exposure goes on afterwards") {
  SessionRig rig;
  rig.start();
  rig.run_for(2);
  const double metered = rig.session->status().exposure_time * rig.session->status().analogue_gain;
  CaptureRequest request;
  request.mode = CaptureMode::bracket;
  request.raw = false;
  const std::string id = rig.session->start_capture(request);
  CHECK(rig.finish(id).done == 3);
  std::vector<double> ratios;
  for (int picture = 1; picture <= 3; ++picture) {
    std::ifstream file(*rig.library.path_of(id, id + "-000" + std::to_string(picture) + ".json"));
    const auto json = nlohmann::json::parse(file);
    ratios.push_back(json["ExposureTime"].get<double>() * json["AnalogueGain"].get<double>() / metered);
  }
  CHECK(ratios[0] == doctest::Approx(0.25).epsilon(0.02));
  CHECK(ratios[1] == doctest::Approx(1).epsilon(0.02));
  CHECK(ratios[2] == doctest::Approx(4).epsilon(0.02));
  rig.run_for(3);
  CHECK(rig.session->status().exposure_time * rig.session->status().analogue_gain ==
        doctest::Approx(metered).epsilon(0.03));
}

TEST_CASE("A manual picture has its own settings") {
  SessionRig rig;
  rig.start();
  CaptureRequest request;
  request.mode = CaptureMode::pro;
  request.exposure_time = 3000;
  request.analogue_gain = 4;
  request.colour_gains = {1.5, 2.5};
  const std::string id = rig.session->start_capture(request);
  CHECK(rig.finish(id).error == "");
  std::ifstream file(*rig.library.path_of(id, id + "-0001.json"));
  const auto json = nlohmann::json::parse(file);
  CHECK(json["ExposureTime"].get<double>() == doctest::Approx(3000).epsilon(0.01));
  CHECK(json["AnalogueGain"].get<double>() == doctest::Approx(4).epsilon(0.02));
  CHECK(json["ColourGains"][0] == 1.5);
  CHECK(json["DigitalGain"] == 1);
}

TEST_CASE("A picture at full resolution changes the mode, and changes it back") {
  sim::BenchSetup setup = sim::test::small_setup("imx219");
  sim::SensorMode large = setup.mode;
  large.width = 160, large.height = 120;
  setup.module.sensor.modes = {setup.mode, large};
  SessionRig rig({}, {}, setup);
  rig.start();
  CaptureRequest request;
  request.full_resolution = true;
  request.raw = false;
  const std::string id = rig.session->start_capture(request);
  const CaptureInfo info = rig.finish(id);
  CHECK(info.error == "");
  CHECK(info.done == 1);
  std::ifstream file(*rig.library.path_of(id, info.files.at(0).name), std::ios::binary);
  const std::string jpeg{std::istreambuf_iterator<char>(file), {}};
  CHECK(jpeg.find(std::string("\xFF\xC0\x00\x11\x08\x00\x78\x00\xA0", 9)) != std::string::npos);  // 120 rows of 160
  CHECK(rig.run_until([&] { return rig.running() && rig.session->status().width == 64; }));
}

TEST_CASE("A frame makes the JPEG larger") {
  SessionRig rig;
  rig.start();
  CaptureRequest request;
  request.raw = false;
  request.frame = PictureFrame::black;
  const std::string id = rig.session->start_capture(request);
  const CaptureInfo info = rig.finish(id);
  CHECK(info.error == "");
  std::ifstream file(*rig.library.path_of(id, info.files.at(0).name), std::ios::binary);
  const std::string jpeg{std::istreambuf_iterator<char>(file), {}};
  CHECK(jpeg.find(std::string("\xFF\xC0\x00\x11\x08\x00\x38\x00\x44", 9)) != std::string::npos);  // 56 rows of 68
}

TEST_CASE("What is cancelled stops, and what is stored stays") {
  SessionRig rig;
  rig.start();
  CaptureRequest request;
  request.mode = CaptureMode::timelapse;
  request.count = 1000;
  request.interval_s = 1;
  const std::string id = rig.session->start_capture(request);
  rig.run_for(5);
  CHECK(rig.session->status().capture == id);
  rig.session->cancel_capture(id);
  const CaptureInfo info = rig.finish(id);
  CHECK(info.state == CaptureState::cancelled);
  CHECK(info.done < 7);
  CHECK(rig.session->status().capture == "");
  CHECK_THROWS_AS(rig.session->cancel_capture(id), SessionError);
}

TEST_CASE("A clock of the day that is set back a year confuses nothing") {
  SessionRig rig;
  rig.session->set_viewers(1);
  rig.start();
  const CaptureInfo before = rig.finish(rig.session->start_capture({}));
  rig.unix_time -= 365.25 * 86400;
  const int previews = rig.ear.previews();
  rig.run_for(2);
  CHECK(rig.ear.previews() > previews + 30);
  const CaptureInfo after = rig.finish(rig.session->start_capture({}));
  CHECK(after.id > before.id);
  CHECK(rig.session->status().problems.empty());
  CHECK(rig.session->status().uptime_s < 60);
}

}  // namespace
}  // namespace sunny16::firmware
