#include "sim/measure/look_changes.h"

#include <doctest/doctest.h>

#include <cmath>
#include <set>

#include "firmware/looks/look_library.h"
#include "sim/metrics/colour_difference.h"

namespace sunny16::sim {
namespace {

const ChartShot& chart() {
  static const ChartShot shot;
  return shot;
}

firmware::LookList shipped() {
  return firmware::LookLibrary({std::filesystem::path(SUNNY16_SOURCE_DIR) / "boards/looks"}).looks();
}

LookChanges changes_of(const std::string& name) { return chart().changes(*firmware::find_look(shipped(), name)); }

double mean_chroma_change(const LookChanges& changes) {
  double sum = 0;
  for (std::size_t i = 0; i < 18; ++i) sum += changes.patches[i].chroma() / 18;
  return sum;
}

/// These tone on purpose, or take the colour away.
const std::set<std::string> kMonochrome{"filters/mono-natural", "filters/mono-high-contrast", "filters/sepia",
                                        "filters/blue"};
const std::set<std::string> kToned{"filters/sepia", "filters/blue"};

TEST_CASE("looks: greys stay grey unless the look tones them on purpose, and skin keeps its hue") {
  for (const auto& look : shipped()) {
    const std::string name = look->record.full_name();
    CAPTURE(name);
    const LookChanges changes = chart().changes(*look);
    if (!kToned.contains(name)) CHECK(changes.neutral_shift() < 1);
    if (kMonochrome.contains(name)) {
      for (const PatchChange& patch : changes.patches) CHECK((kToned.contains(name) || chroma(patch.after) < 1));
    } else {
      CHECK(std::abs(changes.patches[0].hue_deg()) < 3);
      CHECK(std::abs(changes.patches[1].hue_deg()) < 3);
    }
  }
}

/// The look's tone alone.
firmware::Look without_colour(firmware::Look look) {
  std::get<std::optional<firmware::Adaptive<isp::HueSectorsTuning>>>(look.stages).reset();
  return look;
}

TEST_CASE("looks: protected skin keeps the hue and chroma that the look's tone alone gives; other hues get the look") {
  constexpr std::size_t kDarkSkin = 0, kLightSkin = 1;
  constexpr std::array kOther{3u, 4u, 5u, 7u, 9u, 10u, 12u, 13u, 16u, 17u};  // foliage to cyan: no red, orange, yellow
  for (const char* name :
       {"filters/vivid", "filters/natural", "signature/authentic", "signature/vibrant", "house/house"}) {
    CAPTURE(name);
    const auto look = firmware::find_look(shipped(), name);
    const auto usual = chart().changes(*look).patches, spared = chart().changes(*look, {.skin_protection = 1}).patches,
               tone = chart().changes(without_colour(*look)).patches;
    for (const std::size_t skin : {kDarkSkin, kLightSkin}) {
      CHECK(std::abs(PatchChange{tone[skin].after, spared[skin].after}.chroma()) < 0.5);
      CHECK(std::abs(PatchChange{tone[skin].after, spared[skin].after}.hue_deg()) < 0.5);
      CHECK(std::abs(spared[skin].hue_deg()) < 1);
      CHECK(std::abs(spared[skin].after.l - usual[skin].after.l) < 0.7);
    }
    for (const std::size_t i : kOther) {
      CHECK(PatchChange{usual[i].after, spared[i].after}.chroma() == doctest::Approx(0).epsilon(0.02));
      CHECK(PatchChange{usual[i].after, spared[i].after}.lightness() == doctest::Approx(0).epsilon(0.02));
    }
    for (std::size_t i = 18; i < 24; ++i) CHECK(std::abs(spared[i].after.l - usual[i].after.l) < 0.02);
  }
  // Without protection they do move.
  const auto vivid = firmware::find_look(shipped(), "filters/vivid");
  const auto usual = chart().changes(*vivid).patches, tone = chart().changes(without_colour(*vivid)).patches;
  CHECK(PatchChange{tone[kLightSkin].after, usual[kLightSkin].after}.chroma() > 2);
}

TEST_CASE("looks: what takes the colour away or tones does so to protected skin") {
  for (const std::string& name : kMonochrome) {
    CAPTURE(name);
    const auto look = firmware::find_look(shipped(), name);
    const auto usual = chart().changes(*look).patches, spared = chart().changes(*look, {.skin_protection = 1}).patches;
    for (std::size_t i = 0; i < 2; ++i) CHECK(spared[i].after.a == usual[i].after.a);
  }
}

TEST_CASE("looks: half of a look's strength is between none and all of it") {
  for (const auto& look : shipped()) {
    CAPTURE(look->record.full_name());
    const auto all = chart().changes(*look).patches, half = chart().changes(*look, {.strength = 0.5}).patches;
    for (std::size_t i = 0; i < 18; ++i)
      for (const auto axis : {&Lab::a, &Lab::b}) {
        CAPTURE(i);
        const double none = all[i].before.*axis, whole = all[i].after.*axis, part = half[i].after.*axis;
        CHECK(part > std::min(none, whole) - 2);
        CHECK(part < std::max(none, whole) + 2);
      }
    CHECK((all[13].chroma() - half[13].chroma()) * all[13].chroma() >= 0);
    for (const PatchChange& patch : chart().changes(*look, {.strength = 0}).patches) CHECK(patch.lightness() == 0);
  }
}

TEST_CASE("looks: no look turns greys over or loses steps of the scale") {
  for (const auto& look : shipped()) {
    CAPTURE(look->record.full_name());
    const auto patches = chart().changes(*look).patches;
    for (std::size_t i = 18; i + 1 < patches.size(); ++i) CHECK(patches[i].after.l > patches[i + 1].after.l + 2);
  }
}

TEST_CASE("looks: authentic has more contrast and less colour, vibrant more light and more colour") {
  const LookChanges authentic = changes_of("authentic"), vibrant = changes_of("vibrant");
  CHECK(authentic.contrast() > 1.08);
  CHECK(mean_chroma_change(authentic) < -1);
  CHECK(vibrant.patches[21].lightness() > 1.5);
  CHECK(mean_chroma_change(vibrant) > 3);
}

TEST_CASE("looks: sepia is warm and blue is cold, at every grey") {
  for (std::size_t i = 19; i < 23; ++i) {
    CHECK(changes_of("sepia").patches[i].after.b > 2);
    CHECK(changes_of("filters/blue").patches[i].after.b < -2);
  }
}

TEST_CASE("looks: the document has a line for each look and the patches of those in detail") {
  constexpr std::array<std::string_view, 1> kDetailed{"signature/vibrant"};
  const std::string text = look_changes_markdown(shipped(), kDetailed);
  for (const auto& look : shipped()) CHECK(text.find("| " + look->record.full_name() + " |") != std::string::npos);
  CHECK(text.find("## signature/vibrant") != std::string::npos);
  CHECK(text.find("## signature/authentic") == std::string::npos);
  CHECK(text.find("| bluish green |") != std::string::npos);
}

}  // namespace
}  // namespace sunny16::sim
