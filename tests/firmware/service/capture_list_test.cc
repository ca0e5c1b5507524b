#include "firmware/service/capture_list.h"

#include <doctest/doctest.h>

namespace sunny16::firmware {
namespace {

CaptureInfo capture(const char* id, CaptureState state, int done, double created) {
  CaptureInfo info;
  info.id = id;
  info.state = state;
  info.done = done;
  info.total = 3;
  info.created = created;
  return info;
}

TEST_CASE("the session knows the state, the library the files, newest first") {
  CaptureInfo stored = capture("b", CaptureState::done, 1, 200);
  stored.files.push_back({.name = "b-1.jpg", .type = "image/jpeg", .bytes = 10});
  const auto merged =
      merge_captures({capture("b", CaptureState::running, 1, 200)}, {stored, capture("a", CaptureState::done, 3, 100)});
  REQUIRE(merged.size() == 2);
  CHECK(merged[0].id == "b");
  CHECK(merged[0].state == CaptureState::running);
  REQUIRE(merged[0].files.size() == 1);
  CHECK(merged[1].id == "a");
}

TEST_CASE("a capture that is over and that the library has no more was deleted") {
  for (const CaptureState state : {CaptureState::done, CaptureState::cancelled, CaptureState::failed})
    CHECK(merge_captures({capture("a", state, 3, 1)}, {}).empty());
}

TEST_CASE("one that has stored nothing yet is told of by the session alone") {
  CHECK(merge_captures({capture("a", CaptureState::queued, 0, 1)}, {}).size() == 1);
  CHECK(merge_captures({capture("a", CaptureState::running, 0, 1)}, {}).size() == 1);
}

}  // namespace
}  // namespace sunny16::firmware
