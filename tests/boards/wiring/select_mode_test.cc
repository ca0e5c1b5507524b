#include "boards/wiring/select_mode.h"

#include <doctest/doctest.h>

#include "boards/wiring/open_camera.h"

using namespace sunny16;
using boards::select_mode;

namespace {

/// Has modes, and nothing else.
class ModesOnly final : public hal::Camera {
 public:
  hal::Started start() override { return hal::Started::running; }
  void stop() override {}
  hal::NextFrame next(std::uint64_t) override { return hal::NoFrame::stopped; }
  hal::CameraInfo info() const override { return {}; }
  std::vector<hal::SensorMode> modes() const override {
    return {{.width = 640, .height = 480, .bits = 10, .packing = isp::Packing::u16, .frame_duration_us = {}},
            {.width = 640, .height = 480, .bits = 12, .packing = isp::Packing::u16, .frame_duration_us = {}},
            {.width = 640, .height = 480, .bits = 10, .packing = isp::Packing::csi2_10, .frame_duration_us = {}},
            {.width = 1280, .height = 960, .bits = 8, .packing = isp::Packing::u8, .frame_duration_us = {}}};
  }
  hal::SensorMode mode() const override { return mode_; }
  bool select(const hal::SensorMode& mode) override {
    mode_ = mode;
    return accepts_;
  }
  hal::SensorLimits limits() const override { return {}; }
  hal::Ticket submit(const hal::SensorSettings&) override { return 1; }

  bool accepts_ = true;

 private:
  hal::SensorMode mode_;
};

std::string selected(const std::string& text) {
  ModesOnly camera;
  select_mode(camera, text);
  return boards::mode_text(camera.mode());
}

}  // namespace

TEST_CASE("the first mode that the text allows") {
  CHECK(selected("640:480") == "640:480:10:U");
  CHECK(selected("640:480:12") == "640:480:12:U");
  CHECK(selected("640:480:10:U") == "640:480:10:U");
  CHECK(selected("640:480:10:P") == "640:480:10:P");
  CHECK(selected("1280:960") == "1280:960:8:U");
}

TEST_CASE("other texts are refused with the modes that there are") {
  ModesOnly camera;
  for (const char* text : {"", ":", "640", "640:", "640x480", "640:480:", "640:480:14", "640:480:12:P", "640:480:10:X",
                           "640:480:10:PU", "640:480:10:P:", "-640:480", "640:480:0", "99999999999:480"}) {
    CAPTURE(text);
    CHECK_THROWS_WITH_AS(select_mode(camera, text),
                         doctest::Contains("allowed 640:480:10:U 640:480:12:U 640:480:10:P 1280:960:8:U"),
                         boards::CameraError);
  }
  camera.accepts_ = false;
  CHECK_THROWS_WITH_AS(select_mode(camera, "1280:960"), "mode 1280:960:8:U: the camera refuses it now",
                       boards::CameraError);
}
