// sunny16 measure: what it tells of files, in JSON whose keys carry their unit, and what it refuses.
#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/sim/cli/run_cli.h"

namespace sunny16 {
namespace {

using nlohmann::json;

void simulate(const CliFolder& folder, const std::string& arguments) {
  const Ran ran = folder.run("simulate --sensor imx477 --gain 1 " + arguments);
  CAPTURE(ran.error);
  REQUIRE(ran.code == 0);
}

json measured(const CliFolder& folder, const std::string& arguments) {
  CAPTURE(arguments);
  const Ran ran = folder.run("measure " + arguments + " --json -");
  CAPTURE(ran.error);
  REQUIRE(ran.code == 0);
  return json::parse(ran.out);
}

TEST_CASE("measure: all that the truth of a shot allows, as a table, as JSON and as a page") {
  const CliFolder folder;
  simulate(folder, "--size 640:480 --lux 2000 -o shot.dng");
  const json results = measured(folder, "shot.dng");
  REQUIRE(results.size() == 1);
  CHECK(results[0]["file"] == "shot.dng");
  CHECK(results[0]["colour"]["delta_e2000_mean"] < 5);
  CHECK(results[0]["sfr"]["mtf50_cy_px"] > 0.1);
  CHECK(results[0]["noise"]["dynamic_range_db"] > 30);
  CHECK(results[0]["colour"]["patches"].size() == 24);
  CHECK(results[0]["colour"]["patches"][0]["raw_mean_dn"].size() == 4);

  // The steps of its grey ramp are too small for an eye's noise: that is told, and the rest measured.
  CHECK_FALSE(results[0].contains("visual_noise"));
  const Ran ran = folder.run("measure shot.dng --report page.html");
  CHECK(ran.code == 0);
  CHECK(ran.error.find("no visual_noise") != std::string::npos);
  CHECK(ran.out.find("delta_e2000_mean") != std::string::npos);
  const std::string page = read_file(folder / "page.html");
  CHECK(page.starts_with("<!DOCTYPE html>"));
  CHECK(page.find("<svg") != std::string::npos);
  CHECK(page.find("http") == std::string::npos);
}

/// Keys of numbers anywhere in a result.
void collect_keys(const json& value, std::vector<std::string>& keys) {
  if (value.is_array())
    for (const json& item : value) collect_keys(item, keys);
  if (!value.is_object()) return;
  for (const auto& [key, member] : value.items()) {
    if (member.is_number() || (member.is_array() && !member.empty() && member[0].is_number())) keys.push_back(key);
    collect_keys(member, keys);
  }
}

TEST_CASE("measure: keys tell the unit, but for numbers that have none") {
  const CliFolder folder;
  simulate(folder, "--size 960:720 -o shot.dng");
  std::vector<std::string> keys;
  collect_keys(measured(folder, "shot.dng"), keys);
  CHECK(keys.size() > 100);
  // Ratios, counts, and CIE's own numbers.
  const std::vector<std::string> unitless{"exposure_scale",
                                          "delta_l",
                                          "l",
                                          "a",
                                          "b",
                                          "linear_rgb",
                                          "grey_chroma_mean",
                                          "contrast",
                                          "mtf",
                                          "mtf_at_nyquist",
                                          "luminance",
                                          "level",
                                          "deviation",
                                          "incremental_gain",
                                          "black_level",
                                          "white_level",
                                          "scale",
                                          "gamma",
                                          "fit_error_rms",
                                          "frames",
                                          "saturation_luminance",
                                          "threshold_luminance",
                                          "total_noise",
                                          "temporal_noise",
                                          "fixed_noise",
                                          "l_mean",
                                          "sigma_l",
                                          "sigma_u",
                                          "sigma_v",
                                          "visual_noise",
                                          "visual_noise_mean"};
  const std::vector<std::string> units{"_px", "_percent", "_db", "_ev", "_deg", "_dn", "_e", "_us"};
  for (const std::string& key : keys) {
    const bool has_unit = key.find("delta_e2000") == 0 || key.find("delta_c2000") == 0 ||
                          std::ranges::any_of(units, [&](const std::string& unit) { return key.ends_with(unit); });
    const bool needs_none = std::ranges::find(unitless, key) != unitless.end();
    CHECK_MESSAGE((has_unit || needs_none), key);
  }
}

TEST_CASE("measure: a developed picture with the shot's truth, and one compared with another") {
  const CliFolder folder;
  simulate(folder, "--size 320:240 --scene color-checker -o shot.dng");
  REQUIRE(folder.run("develop shot.dng -o shot.png").code == 0);
  const json with_truth = measured(folder, "shot.png --truth shot.truth.json");
  CHECK(with_truth[0].contains("colour"));
  CHECK(with_truth[0].contains("psnr"));
  CHECK(measured(folder, "shot.png --metric psnr --reference shot.png")[0]["psnr"]["cpsnr_db"] == 200);
}

TEST_CASE("measure: a chart is found without a truth, or where the user says") {
  const CliFolder folder;
  simulate(folder, "--size 480:360 --scene color-checker -o shot.dng");
  const json truth = json::parse(read_file(folder / "shot.truth.json"));
  std::filesystem::remove(folder / "shot.truth.json");
  const double found = measured(folder, "shot.dng --chart auto")[0]["colour"]["delta_e2000_mean"];
  std::string corners;
  for (const json& corner : truth["targets"][0]["corners_px"])
    corners += (corners.empty() ? "" : ",") + corner[0].dump() + "," + corner[1].dump();
  const double given = measured(folder, "shot.dng --chart " + corners)[0]["colour"]["delta_e2000_mean"];
  CHECK(found == doctest::Approx(given).epsilon(0.02));
}

TEST_CASE("measure: photon transfer of several files, with a tuning's belief beside it") {
  const CliFolder folder;
  for (const char* shutter : {"500", "1000", "2000", "3000", "4000"})
    simulate(folder, "--size 128:128 --scene flat-field --lux 10000 --frames 2 --shutter " + std::string(shutter) +
                         " -o light" + shutter + ".dng");
  simulate(folder, "--size 128:128 --scene flat-field --lux 0 --frames 2 --shutter 1200 -o dark.dng");
  folder.file("tuning.json", R"({"sunny16_tuning": 1})");
  const json ptc = measured(folder, "*.dng --metric ptc --tuning-file tuning.json")[0]["ptc"];
  CHECK(ptc["green_r"]["system_gain_dn_per_e"].get<double>() / ptc["model"]["system_gain_dn_per_e"].get<double>() ==
        doctest::Approx(1).epsilon(0.05));
  CHECK(ptc["full_scale_e"]["tuning.json"] > 0);
}

void rejects(const CliFolder& folder, const std::string& arguments, const std::vector<std::string>& expected) {
  CAPTURE(arguments);
  const Ran ran = folder.run(arguments + " --json out.json --report out.html");
  CAPTURE(ran.error);
  CHECK(ran.code == 2);
  CHECK(ran.error.starts_with("sunny16: "));
  for (const std::string& words : expected) {
    CAPTURE(words);
    CHECK(ran.error.find(words) != std::string::npos);
  }
  CHECK_FALSE(std::filesystem::exists(folder / "out.json"));
  CHECK_FALSE(std::filesystem::exists(folder / "out.html"));
}

TEST_CASE("measure: what cannot be measured, and why") {
  const CliFolder folder;
  simulate(folder, "--size 128:96 --scene flat-field -o flat.dng");
  REQUIRE(folder.run("develop flat.dng -o flat.png").code == 0);
  std::filesystem::remove(folder / "flat.truth.json");
  folder.file("text.png", "no picture");
  folder.file("wrong.truth.json", "{\"sunny16_truth\": 2}");
  rejects(folder, "measure", {"FILE"});
  rejects(folder, "measure missing.dng", {"missing.dng"});
  rejects(folder, "measure text.png", {"text.png"});
  rejects(folder, "measure flat.png", {"flat.png", "--metric", "colour", "sfr"});
  rejects(folder, "measure flat.png --metric sharpness", {"--metric", "sharpness", "sfr", "ptc"});
  rejects(folder, "measure flat.png --metric colour", {"flat.png", "chart not found", "--chart x1,y1"});
  rejects(folder, "measure flat.dng --chart auto", {"flat.dng", "chart not found", "--chart x1,y1"});
  rejects(folder, "measure flat.png --metric sfr", {"flat.png", "no edge", "--roi"});
  rejects(folder, "measure flat.png --metric dots", {"flat.png", "dots", "truth"});
  rejects(folder, "measure flat.png --metric psnr", {"flat.png", "truth"});
  rejects(folder, "measure flat.png --metric ptc", {"flat.png", "raw frames"});
  rejects(folder, "measure flat.dng --metric ptc", {"photon transfer"});
  rejects(folder, "measure flat.png --truth wrong.truth.json", {"wrong.truth.json", "sunny16_truth", "2"});
  rejects(folder, "measure flat.png --truth missing.json", {"missing.json"});
}

TEST_CASE("measure: regions and corners that cannot be") {
  const CliFolder folder;
  simulate(folder, "--size 128:96 --scene flat-field -o flat.dng");
  const std::string noise = "measure flat.dng --metric noise --roi ";
  for (const char* roi : {"1,2,3", "1,2,3,4,5", "0.5,0,32,32", "-1,0,32,32", "a,b,c,d", "nan,0,1,1", "0,0,99999,4"})
    rejects(folder, noise + roi, {"--roi", roi});
  rejects(folder, noise + "100,80,64,64", {"64", "roi"});
  rejects(folder, noise + "0,0,0,0", {"0"});
  rejects(folder, "measure flat.dng --metric colour --chart 1,2,3", {"--chart", "8 numbers"});
  rejects(folder, "measure flat.dng --metric colour --chart 0,0,0,0,0,0,0,0", {"corners"});
  rejects(folder, "measure flat.dng --metric colour --chart 0,0,500,0,500,400,0,400", {"inside the picture"});
}

}  // namespace
}  // namespace sunny16
