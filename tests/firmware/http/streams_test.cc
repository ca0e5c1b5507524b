// Snapshots and the MJPEG stream.
#include <doctest/doctest.h>

#include <atomic>

#include "tests/firmware/http/small_server.h"

namespace {

using namespace sunny16;
using namespace sunny16::firmware;

struct Part {
  std::string head, body;
};

Part receive_part(RawClient& client) {
  Part part{.head = client.receive_until("\r\n\r\n"), .body = {}};
  const std::size_t length = part.head.find("Content-Length: ");
  if (length != std::string::npos) {
    part.body = client.receive(std::stoul(part.head.substr(length + 16)));
    client.receive(2);
  }
  return part;
}

RawClient start_stream(const SmallServer& s) {
  RawClient client = s.connect();
  client.send(s.request("GET /stream"));
  return client;
}

bool viewers_become(const SmallServer& s, int count) {
  return eventually([&] { return s.frames.viewers() == count; });
}

TEST_CASE("a stream is parts with length and time") {
  SmallServer s;
  s.publish(10);  // was there before the viewer, who wants to see what is now
  RawClient client = start_stream(s);
  REQUIRE(viewers_become(s, 1));
  s.publish(1000, 1700000000.25);
  const RawResponse head = client.receive_response(false);
  CHECK(head.status == 200);
  CHECK(head.header("Content-Type") == "multipart/x-mixed-replace; boundary=frame");
  Part part = receive_part(client);
  CHECK(part.head ==
        "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: 1000\r\nX-Timestamp: 1700000000.250000\r\n\r\n");
  CHECK(part.body == std::string(1000, 'Z'));
  s.publish(2000);
  CHECK(receive_part(client).body.size() == 2000);
}

TEST_CASE("a stream without pictures is refused; one that falls silent repeats the last") {
  SmallServer s({.first_frame_time = 50ms, .repeat_time = 50ms});
  CHECK(s.ask("GET /stream").status == 503);
  CHECK(s.ask("GET /snapshot").status == 503);
  std::atomic<bool> enough{false};
  std::thread camera([&] {
    for (int i = 0; i < 5000 && !enough; ++i) {
      s.publish(100, 7);
      std::this_thread::sleep_for(1ms);
    }
  });
  RawClient client = start_stream(s);
  client.receive_response(false);
  receive_part(client);
  enough = true;
  camera.join();
  for (int i = 0; i < 5; ++i) CHECK(receive_part(client).body.size() == 100);
}

TEST_CASE("a snapshot is the next picture") {
  SmallServer s;
  s.publish(10);
  RawClient client = s.connect();
  client.send(s.request("GET /snapshot"));
  REQUIRE(viewers_become(s, 1));
  s.publish(1000, 1700000000.25);
  const RawResponse snapshot = client.receive_response();
  CHECK(snapshot.status == 200);
  CHECK(snapshot.header("Content-Type") == "image/jpeg");
  CHECK(snapshot.header("X-Timestamp") == "1700000000.250000");
  CHECK(snapshot.body.size() == 1000);
  CHECK(viewers_become(s, 0));
}

TEST_CASE("the number of viewers is bounded, and a place is given back") {
  SmallServer s({.viewers = 2});
  {
    const RawClient a = start_stream(s), b = start_stream(s);
    REQUIRE(viewers_become(s, 2));
    const RawResponse refused = s.ask("GET /stream");
    CHECK(refused.status == 503);
    CHECK(refused.header("Retry-After") != "");
  }
  CHECK(eventually([&] {
    s.publish(1000);
    return s.frames.viewers() == 0;
  }));
}

TEST_CASE("a healthy viewer keeps 99 of 100 pictures beside seven that stall") {
  SmallServer s;
  RawClient healthy = start_stream(s);
  std::vector<RawClient> stalled;
  for (int i = 0; i < 7; ++i) {
    stalled.push_back(s.connect());
    stalled.back().small_receive_buffer();
    stalled.back().send(s.request("GET /stream"));
  }
  REQUIRE(viewers_become(s, 8));
  constexpr int kPictures = 200;
  std::atomic<int> received{0};
  std::thread viewer([&] {
    healthy.receive_response(false);
    while (receive_part(healthy).body.size() == 200'000) ++received;
  });
  for (int i = 0; i < kPictures; ++i) {
    s.publish(200'000);
    std::this_thread::sleep_for(20ms);
  }
  CHECK(eventually([&] { return received >= kPictures * 99 / 100; }));
  s.publish(1);  // ends the viewer
  viewer.join();
  MESSAGE("the healthy viewer got ", received.load(), " of ", kPictures);
}

TEST_CASE("a stalled viewer keeps one picture alive at most, and is dropped") {
  SmallServer s({.write_time = 300ms});
  RawClient stalled = s.connect();
  stalled.small_receive_buffer();
  stalled.send(s.request("GET /stream"));
  REQUIRE(viewers_become(s, 1));
  std::vector<std::weak_ptr<const std::vector<std::byte>>> pictures;
  const bool dropped = eventually([&] {
    const auto picture = std::make_shared<const std::vector<std::byte>>(4'000'000);
    pictures.push_back(picture);
    s.frames.publish(picture, 0);
    const auto alive = std::count_if(pictures.begin(), pictures.end(), [](const auto& p) { return !p.expired(); });
    CHECK(alive <= 3);  // this one, the hub's newest, and the one that is being sent
    return s.frames.viewers() == 0;
  });
  CHECK(dropped);
  CHECK(eventually([&] { return s.server->counters().connections == 0; }));
}

}  // namespace
