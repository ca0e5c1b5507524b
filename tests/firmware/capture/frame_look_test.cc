// A look on a frame of the line.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

#include "firmware/capture/metadata_json.h"
#include "tests/firmware/capture/noisy_frame.h"
#include "tests/firmware/looks/small_pack.h"

namespace sunny16::firmware {
namespace {

std::shared_ptr<const Look> look(std::size_t i) { return parse_pack(test::small_pack(), "trial").looks.at(i); }

DevelopedFrame developed(std::shared_ptr<const Look> look, FrameRequest request = settled()) {
  request.look = std::move(look);
  CameraTuning tuning;
  set_parameter(tuning, "dither.strength=0");
  return run_frame(frame(), tuning, request);
}

TEST_CASE("a look changes the picture, and the metadata say which it was") {
  const DevelopedFrame without = developed(nullptr), with = developed(look(0));
  CHECK(with.metadata.registers_hash != without.metadata.registers_hash);
  CHECK(without.metadata.look.empty());
  CHECK(metadata_json(without.metadata).find("Look") == std::string::npos);
  const auto json = nlohmann::json::parse(metadata_json(with.metadata));
  CHECK(json["Look"] == nlohmann::json{{"pack", "trial"},
                                       {"name", "dark"},
                                       {"version", "1.2.3"},
                                       {"hash", look(0)->record.hash},
                                       {"strength", 1.0},
                                       {"skin_protection", 0.0}});
  // A vignette darkens the corner, and leaves the middle.
  const auto at = [](const DevelopedFrame& frame, int x, int y) {
    return frame.pictures[0].planes[0].row(y)[3 * x + 1];
  };
  CHECK(at(with, 1, 1) + 10 < at(without, 1, 1));
}

TEST_CASE("the same look makes the same registers, another one others") {
  CHECK(developed(look(0)).metadata.registers_hash == developed(look(0)).metadata.registers_hash);
  CHECK(developed(look(0)).metadata.registers_hash != developed(look(1)).metadata.registers_hash);
}

TEST_CASE("what suits the scene weakens a look and spares skin, unless the look is toned") {
  FrameRequest request = settled();
  request.decisions = FrameDecisions{.look_strength = 0.5, .skin_protection = 0.7};
  request.look_use.strength = 0.8;
  const LookRecord usual = developed(look(0), request).metadata.look;
  CHECK(usual.strength == doctest::Approx(0.4));
  CHECK(usual.skin_protection == 0.7);
  auto toned = std::make_shared<Look>(*look(0));
  toned->toned = true;
  const LookRecord whole = developed(toned, request).metadata.look;
  CHECK(whole.strength == 0.8);
  CHECK(whole.skin_protection == 0);
}

TEST_CASE("with strength 0 the picture is the one without a look, and with the record's own use it is the same again") {
  FrameRequest request = settled();
  request.look_use = {.strength = 0};
  CHECK(developed(look(0), request).metadata.registers_hash == developed(nullptr).metadata.registers_hash);
  request.look_use = {.strength = 0.3, .skin_protection = 0.5};
  const DevelopedFrame first = developed(look(1), request);
  request.look_use = {first.metadata.look.strength, first.metadata.look.skin_protection};
  CHECK(developed(look(1), request).metadata.registers_hash == first.metadata.registers_hash);
  request.look_use.skin_protection = 0;
  CHECK(developed(look(1), request).metadata.registers_hash != first.metadata.registers_hash);
}

TEST_CASE("a cube is applied to display values") {
  FrameRequest request = settled();
  request.disabled = {"sharpen"};  // comes behind it, and weighs the channels
  const DevelopedFrame without = developed(nullptr, request), with = developed(look(1), request);
  int worst = 0;
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x)
      for (int c = 0; c < 3; ++c)
        worst = std::max(worst, std::abs(with.pictures[0].planes[0].row(y)[3 * x + c] -
                                         without.pictures[0].planes[0].row(y)[3 * x + 2 - c]));
  CHECK(worst <= 1);
}

TEST_CASE("a colorimetric picture has no look, whatever the tuning says of its stages") {
  FrameRequest request = settled();
  request.colorimetric = true;
  CameraTuning tuning;
  const auto plain = run_frame(frame(), tuning, request);
  set_parameter(tuning, "vignette.strength=2");
  request.look = look(0);
  const auto asked = run_frame(frame(), tuning, request);
  CHECK(asked.metadata.registers_hash == plain.metadata.registers_hash);
  CHECK(asked.metadata.look.empty());
}

}  // namespace
}  // namespace sunny16::firmware
