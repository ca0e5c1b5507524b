#include "firmware/http/frame_hub.h"

#include <doctest/doctest.h>

#include <thread>

namespace {

using sunny16::firmware::FrameHub;

std::shared_ptr<const std::vector<std::byte>> picture(std::size_t bytes) {
  return std::make_shared<const std::vector<std::byte>>(bytes);
}

TEST_CASE("only the newest picture is kept") {
  FrameHub hub;
  CHECK(hub.newest().number == 0);
  const auto first = picture(1);
  hub.publish(first, 1);
  hub.publish(picture(2), 2);
  CHECK(first.use_count() == 1);
  CHECK(hub.newest().number == 2);
  CHECK(hub.newest().jpeg->size() == 2);
  CHECK(hub.newest().unix_time == 2);
}

TEST_CASE("viewers are counted and called") {
  std::vector<int> counts;
  FrameHub hub([&](int count) { counts.push_back(count); });
  int calls = 0;
  {
    const FrameHub::Viewer a(hub, [&] { ++calls; }), b(hub, [&] { ++calls; });
    CHECK(hub.viewers() == 2);
    hub.publish(picture(1), 1);
  }
  hub.publish(picture(1), 2);
  CHECK(calls == 2);
  CHECK(counts == std::vector<int>{1, 2, 1, 0});
}

TEST_CASE("the last call tells the last number of viewers, whatever the threads") {
  int last = -1;
  FrameHub hub([&](int count) { last = count; });
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) const FrameHub::Viewer viewer(hub, [] {});
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(last == 0);
}

}  // namespace
