#include "sim/compare/comparison.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "sim/compare/comparison_page.h"
#include "sim/compare/comparison_text.h"
#include "tests/sample_frame.h"
#include "tests/sim/report/html_check.h"

namespace sunny16::sim {
namespace {

struct Compared {
  hal::RawFrame frame = sample_frame(64, 48);
  std::vector<Candidate> candidates;
  std::vector<Comparison> comparisons;
  std::vector<std::vector<Html>> figures;
  std::vector<Measured> measured;

  /// Tunings with these parameters, compared with the default one.
  explicit Compared(const std::vector<std::vector<std::string>>& settings) {
    candidates.push_back(tuning_candidate("default", {}, frame, {}));
    for (const auto& assignments : settings) {
      firmware::CameraTuning tuning;
      for (const std::string& assignment : assignments) firmware::set_parameter(tuning, assignment);
      candidates.push_back(tuning_candidate("other<" + std::to_string(candidates.size()) + ">", tuning, frame, {}));
      auto& stages = figures.emplace_back();
      comparisons.push_back(
          compare(candidates[0], candidates.back(), 2, [&](const auto& d, const auto& a, const auto& b) {
            if (d.differs()) stages.push_back(stage_figure(d, a, b, frame));
          }));
    }
    measured = side_by_side(candidates, comparisons);
  }
  const Measured& figure(std::string_view name) const {
    const auto found = std::ranges::find_if(measured, [&](const Measured& m) { return m.name == name; });
    REQUIRE(found != measured.end());
    return *found;
  }
  std::string html() const {
    return ComparisonPage{.shot = "shot.dng",
                          .candidates = candidates,
                          .comparisons = comparisons,
                          .stages = figures,
                          .measured = measured}
        .html();
  }
};

TEST_CASE("A line that differs in one parameter parts at its stage, and not before") {
  const Compared c({{"sharpen.strength=2.5"}, {"tone_curve.contrast=1"}, {"white_balance.enabled=false"}});
  CHECK(first_difference(c.comparisons[0].stages)->stage == "sharpen");
  CHECK(first_difference(c.comparisons[1].stages)->stage == "tone_curve");
  const StageDifference* parting = first_difference(c.comparisons[2].stages);
  CHECK(parting->stage == "white_balance");
  CHECK(parting->in == Presence::first);
  for (std::size_t i : {0u, 1u}) {
    REQUIRE(c.comparisons[i].tuning.size() == 1);
    CHECK(c.comparisons[i].pictures->difference.delta_e2000_max > 0);
    CHECK(!c.comparisons[i].equal());
  }
  CHECK(c.comparisons[0].tuning[0].name == "sharpen.strength");
  CHECK(c.comparisons[0].tuning[0].second == "2.5");
  REQUIRE(c.comparisons[1].metadata.size() == 1);
  CHECK(c.comparisons[1].metadata[0].name == "RegistersHash");
}

TEST_CASE("The same tuning twice does not differ in anything") {
  const Compared c(std::vector<std::vector<std::string>>(1));
  CHECK(c.comparisons[0].equal());
  CHECK(first_difference(c.comparisons[0].stages) == nullptr);
  CHECK(comparison_text(c.candidates, c.comparisons, c.measured).find("no differences") != std::string::npos);
  CHECK(unbalanced(c.html()) == "");
}

TEST_CASE("Exposure in EV and white balance in degrees, against the first") {
  const hal::RawFrame frame = sample_frame(64, 48);
  firmware::FrameRequest request;
  request.digital_gain = 1, request.colour_gains = {{2, 1.5}};
  std::vector<Candidate> candidates;
  candidates.push_back(tuning_candidate("a", {}, frame, request));
  request.digital_gain = 4, request.colour_gains = {{1, 1}};
  candidates.push_back(tuning_candidate("b", {}, frame, request));
  std::vector<Comparison> comparisons;
  comparisons.push_back(compare(candidates[0], candidates[1], 1));
  for (const Measured& m : side_by_side(candidates, comparisons)) {
    REQUIRE(m.values.size() == 2);
    if (m.name == "exposure_ev") CHECK(*m.values[1] == doctest::Approx(2));
    if (m.name == "red_gain") CHECK(*m.values[0] == doctest::Approx(2));
    // Between (1/2, 1, 2/3) and (1, 1, 1).
    const double cosine = (0.5 + 1 + 2 / 3.0) / std::sqrt(3 * (0.25 + 1 + 4 / 9.0));
    if (m.name == "white_balance_deg")
      CHECK(*m.values[1] == doctest::Approx(std::acos(cosine) * 180 / std::numbers::pi));
    if (m.name == "psnr_db") CHECK(!m.values[0]);
  }
}

TEST_CASE("The page is well formed, loads nothing, and shows each difference") {
  const Compared c({{"sharpen.strength=2.5"}, {"chroma_denoise.enabled=false", "tone_curve.contrast=1"}});
  const std::string html = c.html(), text = without_pictures(html);
  CHECK(unbalanced(html) == "");
  for (const char* loads : {"http:", "https:", "src=\"/", "href=", "url(", "@import", "<script src"})
    CHECK(count(text, loads) == 0);
  for (const char* broken : {">nan", "nan,", "NaN", ">inf", "null"}) CHECK(count(text, broken) == 0);
  CHECK(count(text, "other<1>") == 0);
  CHECK(count(text, "<h2>other&lt;1&gt; against default</h2>") == 1);
  CHECK(count(text, "<figure class=\"compared\">") == 1);
  // The wipe view's three pictures, two maps, three pictures of each stage that differs.
  CHECK(count(html, "<img ") == 3 + 2 + 3 * (c.figures[0].size() + c.figures[1].size()));
  CHECK(c.figures[0].size() == 1);
  CHECK(count(text, "<svg ") == 3);
}

TEST_CASE("JSON holds every figure under its name") {
  const Compared c({{"sharpen.strength=2.5"}});
  const auto json = comparison_json(c.candidates, c.comparisons, c.measured);
  CHECK(json["candidates"] == nlohmann::ordered_json{"default", "other<1>"});
  CHECK(json["measured"]["psnr_db"][0].is_null());
  const auto& entry = json["comparisons"][0];
  CHECK(json["measured"]["psnr_db"][1] == entry["picture"]["psnr_db"]);
  CHECK(entry["first_different_stage"] == "sharpen");
  CHECK(entry["stages"].back()["stage"] == "sharpen");
  CHECK(entry["stages"].back()["max_percent"].get<double>() > 0);
  CHECK(entry["tuning"][0]["name"] == "sharpen.strength");
  CHECK(entry["equal"] == false);
}

}  // namespace
}  // namespace sunny16::sim
