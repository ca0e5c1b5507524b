#include "firmware/looks/look_strength.h"

#include <doctest/doctest.h>

#include "firmware/looks/look_cube.h"
#include "tests/firmware/looks/small_pack.h"

namespace sunny16::firmware {
namespace {

using test::Json;

struct Applied {
  isp::Tunings tunings{};
  isp::Conditions conditions{};
  LookRecord record{};
};

std::shared_ptr<const Look> look_of(const Json& stages) {
  Json json = test::small_json();
  json["looks"][0]["stages"] = stages;
  return parse_pack(test::files_of(json), "trial").looks[0];
}

Applied applied(const Look& look, LookUse use, isp::Tunings before = {}) {
  Applied result{.tunings = std::move(before)};
  result.record = look.apply(result.tunings, result.conditions, use);
  return result;
}

TEST_CASE("a look's amounts go from the tuning's own to the look's; its hues and places are the look's") {
  isp::Tunings before;
  isp::tuning_of<isp::Vignette>(before).strength = 0.5;
  isp::tuning_of<isp::HueSectors>(before) = {.enabled = false, .saturation = 0.9};
  const auto look = look_of({{"vignette", {{"strength", 1.5}, {"midpoint", 0.6}}},
                             {"hue_sectors", {{"saturation", 0.2}}},
                             {"look_curves", {{"contrast", 1.4}, {"y", {0, 0.8}}}},
                             {"split_toning", {{"shadow_hue", 200}, {"shadow_saturation", 0.4}}},
                             {"bw_mixer", Json::object()}});
  Applied half = applied(*look, {.strength = 0.5}, before);
  CHECK(isp::tuning_of<isp::Vignette>(half.tunings).strength == doctest::Approx(1));
  CHECK(isp::tuning_of<isp::Vignette>(half.tunings).midpoint == 0.6);
  CHECK(isp::tuning_of<isp::HueSectors>(half.tunings).saturation == doctest::Approx(0.1));  // what is off is 0
  CHECK(isp::tuning_of<isp::LookCurves>(half.tunings).contrast == doctest::Approx(1.2));
  CHECK(isp::tuning_of<isp::LookCurves>(half.tunings).y[1] == doctest::Approx(0.9));
  CHECK(isp::tuning_of<isp::SplitToning>(half.tunings).shadow_hue == 200);
  CHECK(isp::tuning_of<isp::SplitToning>(half.tunings).shadow_saturation == doctest::Approx(0.2));
  CHECK(isp::tuning_of<isp::BwMixer>(half.tunings).strength == doctest::Approx(0.5));
  // The look's sharpness is 0.5.
  CHECK(isp::tuning_of<isp::Sharpen>(half.tunings).strength == doctest::Approx(0.75 * isp::SharpenTuning{}.strength));
  CHECK(half.record.strength == 0.5);
}

TEST_CASE("a stage that the look switches off fades") {
  isp::Tunings before;
  isp::tuning_of<isp::Vignette>(before).strength = 1;
  const auto look = look_of({{"vignette", {{"enabled", false}}}});
  Applied part = applied(*look, {.strength = 0.25}, before);
  CHECK(isp::tuning_of<isp::Vignette>(part.tunings).enabled);
  CHECK(isp::tuning_of<isp::Vignette>(part.tunings).strength == doctest::Approx(0.75));
}

TEST_CASE("a table is blended with the identity; without strength there is none") {
  const LookPack pack = parse_pack(test::small_pack(), "trial");
  Applied part = applied(*pack.looks[1], {.strength = 0.4});
  CHECK(isp::tuning_of<isp::Lut3d>(part.tunings).strength == doctest::Approx(0.4));
  CHECK_FALSE(applied(*pack.looks[1], {.strength = 0}).conditions.cube);
}

TEST_CASE("skin is protected from looks that keep the scene's colours, and not from those whose purpose is others") {
  const auto protection = [](const Json& stages) {
    return applied(*look_of(stages), {.skin_protection = 0.8}).conditions.skin_protection;
  };
  CHECK(protection({{"hue_sectors", {{"saturation", 0.5}}}}) == 0.8);
  CHECK(protection({{"split_toning", {{"shadow_hue", 200}, {"shadow_saturation", 0.02}}}}) == 0.8);
  CHECK(protection({{"hue_sectors", {{"saturation", -1}}}}) == 0);
  CHECK(protection({{"bw_mixer", Json::object()}}) == 0);
  CHECK(protection({{"split_toning", {{"shadow_hue", 200}, {"shadow_saturation", 0.4}}}}) == 0);
  CHECK(protection({{"look_curves", {{"blue_y", {0.1, 0.9}}}}}) == 0);
  CHECK(applied(*look_of({{"vignette", {{"strength", 1}}}}), {.skin_protection = 0.8}).record.skin_protection == 0.8);
}

}  // namespace
}  // namespace sunny16::firmware
