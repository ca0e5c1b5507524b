// Each fault is seen through the camera's interface, and only where it should be.

#include "tests/sim/camera/small_camera.h"

namespace sunny16::sim {
namespace {

using test::SmallCamera;

CameraOptions faults(const std::string& events) {
  CameraOptions options;
  options.faults = parse_fault_script(R"({"faults": [)" + events + "]}", "test");
  return options;
}

TEST_CASE("Dropped frames leave a gap, and no request is lost with them") {
  SmallCamera small("imx219", faults(R"({"fault": "drop", "at_frame": 3, "count": 2})"));
  REQUIRE(small.camera.start() == hal::Started::running);
  std::vector<std::uint64_t> sequences;
  for (int i = 0; i < 6; ++i) sequences.push_back(small.frame().sequence);
  CHECK(sequences == std::vector<std::uint64_t>{0, 1, 2, 5, 6, 7});
}

TEST_CASE("A stopped stream times out, and comes back or not") {
  SmallCamera small("imx219", faults(R"({"fault": "stop", "at_s": 0.2, "for_s": 2}, {"fault": "stop", "at_s": 4})"));
  REQUIRE(small.camera.start() == hal::Started::running);
  const auto until_time_out = [&] {
    hal::NextFrame next = small.next(0.5);
    while (std::holds_alternative<hal::RawFrame>(next)) next = small.next(0.5);
    CHECK(std::get<hal::NoFrame>(next) == hal::NoFrame::time_out);
    return 1e-9 * static_cast<double>(small.clock->now_ns());
  };
  CHECK(until_time_out() == doctest::Approx(0.7).epsilon(0.1));
  const hal::RawFrame back = small.frame();
  CHECK(back.timestamp_ns > 2'150'000'000);
  CHECK(back.timestamp_ns < 2'300'000'000);
  CHECK(back.sequence > 40);
  CHECK(until_time_out() == doctest::Approx(4.5).epsilon(0.02));
  CHECK(small.no_frame(1000) == hal::NoFrame::time_out);
}

TEST_CASE("A late frame is late, its time is not") {
  SmallCamera small("imx219", faults(R"({"fault": "late", "at_frame": 2, "late_ms": 200})"));
  REQUIRE(small.camera.start() == hal::Started::running);
  small.frame();
  const std::uint64_t before = small.frame().timestamp_ns, came_before = small.clock->now_ns();
  const std::uint64_t late = small.frame().timestamp_ns, came_late = small.clock->now_ns();
  const std::uint64_t after = small.frame().timestamp_ns, came_after = small.clock->now_ns();
  CHECK(after - late == late - before);
  CHECK(came_late - came_before == late - before + 200'000'000);
  CHECK(came_after == came_late);  // it had been waiting behind it
}

TEST_CASE("Damaged rows are damaged, others are not") {
  const std::string rows = R"("at_frame": 1, "first_row": 10, "rows": 4})";
  SmallCamera whole("imx219"), zeros("imx219", faults(R"({"fault": "zero_rows", )" + rows)),
      noise("imx219", faults(R"({"fault": "damage_rows", )" + rows));
  for (SmallCamera* small : {&whole, &zeros, &noise}) REQUIRE(small->camera.start() == hal::Started::running);
  for (int i = 0; i < 3; ++i) {
    const hal::RawFrame good = whole.frame(), zeroed = zeros.frame(), noisy = noise.frame();
    for (int y = 0; y < good.raw.height; ++y) {
      const bool hit = i == 1 && y >= 10 && y < 14;
      const auto row = [&](const hal::RawFrame& frame) {
        return std::vector(frame.raw.row(y), frame.raw.row(y) + 128);
      };
      CHECK((row(zeroed) == std::vector<std::byte>(128)) == hit);
      CHECK((row(zeroed) == row(good)) == !hit);
      CHECK((row(noisy) == row(good)) == !hit);
    }
  }
}

TEST_CASE("Rows that do not exist are not damaged") {
  SmallCamera small("imx219", faults(R"({"fault": "zero_rows", "at_frame": 0, "first_row": 47, "rows": 16384})"));
  REQUIRE(small.camera.start() == hal::Started::running);
  const hal::RawFrame frame = small.frame();
  CHECK(test::row_mean(frame, 46) > 0);
  CHECK(test::row_mean(frame, 47) == -frame.black[0]);
}

TEST_CASE("Bad metadata is what no frame can have") {
  SmallCamera small("imx219", faults(R"({"fault": "bad_metadata", "at_frame": 1})"));
  REQUIRE(small.camera.start() == hal::Started::running);
  CHECK(*small.frame().applied.exposure_us > 0);
  const hal::RawFrame bad = small.frame();
  CHECK(*bad.applied.exposure_us == 0);
  CHECK(*bad.applied.analogue_gain == 0);
  CHECK(bad.timestamp_ns == 0);
  CHECK(*small.frame().applied.exposure_us > 0);
}

TEST_CASE("A lost command never shows; the next one does") {
  SmallCamera small("imx219", faults(R"({"fault": "lose_command", "at_frame": 0})"));
  REQUIRE(small.camera.start() == hal::Started::running);
  small.frame();
  const hal::Ticket lost = small.camera.submit({.exposure_us = 3000});
  bool seen_ticket = false;
  for (int i = 0; i < 10; ++i) {
    const hal::RawFrame frame = small.frame();
    seen_ticket = seen_ticket || frame.ticket == lost;
    CHECK(*frame.applied.exposure_us > 9000);
  }
  CHECK(seen_ticket);
  small.camera.submit({.exposure_us = 3000});
  for (int i = 0; i < 10; ++i) small.frame();
  CHECK(*small.frame().applied.exposure_us < 3100);
}

TEST_CASE("A camera that goes is disconnected until it is back") {
  SmallCamera small("imx219", faults(R"({"fault": "disconnect", "at_frame": 2, "for_s": 5})"));
  REQUIRE(small.camera.start() == hal::Started::running);
  small.frame(), small.frame();
  CHECK(small.no_frame() == hal::NoFrame::disconnected);
  CHECK(small.camera.start() == hal::Started::disconnected);
  CHECK(small.no_frame() == hal::NoFrame::disconnected);
  small.clock->sleep_until(small.clock->now_ns() + 5'000'000'000);
  CHECK(small.no_frame() == hal::NoFrame::disconnected);  // until it is started
  REQUIRE(small.camera.start() == hal::Started::running);
  CHECK(small.frame().sequence == 0);

  SmallCamera gone("imx219", faults(R"({"fault": "disconnect", "at_frame": 0})"));
  REQUIRE(gone.camera.start() == hal::Started::running);
  CHECK(gone.no_frame() == hal::NoFrame::disconnected);
  gone.clock->sleep_until(1'000'000'000'000'000);
  CHECK(gone.camera.start() == hal::Started::disconnected);
}

TEST_CASE("A stop that hangs takes its time, once") {
  SmallCamera small("imx219", faults(R"({"fault": "hang", "at_frame": 0, "for_s": 30})"));
  REQUIRE(small.camera.start() == hal::Started::running);
  small.frame();
  const std::uint64_t before = small.clock->now_ns();
  small.camera.stop();
  CHECK(small.clock->now_ns() == before + 30'000'000'000);
  REQUIRE(small.camera.start() == hal::Started::running);
  small.camera.stop();
  CHECK(small.clock->now_ns() == before + 30'000'000'000);
}

}  // namespace
}  // namespace sunny16::sim
