#include "firmware/control/scene/box_tracker.h"

#include <doctest/doctest.h>

namespace sunny16::firmware {
namespace {

constexpr std::uint64_t kLook = 200'000'000;

TEST_CASE("a sure box shows at once, an unsure one when it is found again") {
  BoxTracker tracker;
  const Detection sure{"face", 0.9, {0.1, 0.1, 0.2, 0.2}}, unsure{"face", 0.55, {0.6, 0.1, 0.2, 0.2}};
  tracker.update(std::vector{sure, unsure}, kLook);
  REQUIRE(tracker.at(kLook).size() == 1);
  CHECK(tracker.at(kLook)[0].confidence == doctest::Approx(0.9));
  tracker.update(std::vector{sure, unsure}, 2 * kLook);
  CHECK(tracker.at(2 * kLook).size() == 2);
}

TEST_CASE("a box that is missed for a look stays, ever less sure, and is gone after a second") {
  BoxTracker tracker;
  tracker.update(std::vector{Detection{"face", 0.9, {0.1, 0.1, 0.2, 0.2}}}, kLook);
  tracker.update({}, 2 * kLook);
  const auto held = tracker.at(2 * kLook);
  REQUIRE(held.size() == 1);
  CHECK(held[0].confidence < 0.9);
  CHECK(tracker.at(kLook + BoxTracker::kHoldNs + 1).empty());
  tracker.update({}, kLook + BoxTracker::kHoldNs + 1);
  CHECK(tracker.at(kLook).empty());
}

TEST_CASE("jitter is smoothed, movement followed") {
  BoxTracker tracker;
  for (std::uint64_t i = 1; i <= 20; ++i)
    tracker.update(std::vector{Detection{"face", 0.9, {i % 2 ? 0.30 : 0.32, 0.1, 0.2, 0.2}}}, i * kLook);
  const double shaking = tracker.at(20 * kLook)[0].box[0];
  tracker.update(std::vector{Detection{"face", 0.9, {0.30, 0.1, 0.2, 0.2}}}, 21 * kLook);
  CHECK(std::abs(tracker.at(21 * kLook)[0].box[0] - shaking) < 0.015);
  for (std::uint64_t i = 22; i <= 30; ++i)
    tracker.update(std::vector{Detection{"face", 0.9, {0.30 + 0.02 * double(i - 21), 0.1, 0.2, 0.2}}}, i * kLook);
  const auto moved = tracker.at(30 * kLook);
  REQUIRE(moved.size() == 1);
  CHECK(moved[0].box[0] == doctest::Approx(0.48).epsilon(0.02));
}

TEST_CASE("two things do not become one") {
  BoxTracker tracker;
  const std::vector<Detection> two{{"face", 0.9, {0.1, 0.1, 0.2, 0.2}}, {"face", 0.8, {0.25, 0.1, 0.2, 0.2}}};
  for (std::uint64_t i = 1; i <= 5; ++i) tracker.update(two, i * kLook);
  const auto now = tracker.at(5 * kLook);
  REQUIRE(now.size() == 2);
  CHECK(now[0].box[0] == doctest::Approx(0.1));
  CHECK(now[1].box[0] == doctest::Approx(0.25));
}

}  // namespace
}  // namespace sunny16::firmware
