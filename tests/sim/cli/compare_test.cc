// sunny16 compare: tunings, pictures and versions of the line.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/data_dir.h"
#include "tests/sim/cli/run_cli.h"

namespace sunny16 {
namespace {

using Json = nlohmann::json;

Json compared(const CliFolder& folder, const std::string& arguments) {
  CAPTURE(arguments);
  const Ran ran = folder.run("compare " + arguments + " --json -");
  CAPTURE(ran.error);
  REQUIRE(ran.code == 0);
  return Json::parse(ran.out);
}

TEST_CASE("tunings on one frame, and the same one twice") {
  const CliFolder folder;
  folder.add_frame("frame.raw");
  folder.file("soft.json", R"({"sunny16_tuning": 1, "stages": {"sharpen": {"strength": 0.125}}})");
  const Json json = compared(folder, "default soft.json default --raw frame.raw" + kRawFrame);
  CHECK(json["candidates"] == Json{"default", "soft.json", "default"});
  CHECK(json["comparisons"][0]["first_different_stage"] == "sharpen");
  CHECK(json["comparisons"][0]["tuning"][0]["second"] == "0.125");
  CHECK(json["comparisons"][1]["equal"] == true);
  const Ran same = folder.run("compare soft.json soft.json --raw frame.raw" + kRawFrame);
  CHECK(same.code == 0);
  CHECK(same.out.find("no differences") != std::string::npos);
}

TEST_CASE("pictures of different kinds that show the same") {
  const CliFolder folder;
  folder.add_frame("frame.raw");
  for (const char* name : {"a.png", "a.tif", "b.png"})
    REQUIRE(folder
                .run("develop frame.raw -o " + std::string(name) + kRawFrame + (name[0] == 'b' ? "--ev 0.5" : "") +
                     (name[2] == 't' ? "--depth 8" : ""))
                .code == 0);
  const Json json = compared(folder, "a.png a.tif b.png --report page.html");
  CHECK(json["comparisons"][0]["equal"] == true);
  CHECK(json["comparisons"][1]["equal"] == false);
  CHECK(json["measured"]["luminance_ev"][2].get<double>() > 0.1);
  CHECK(!json["comparisons"][1].contains("stages"));
  CHECK(read_file(folder / "page.html").starts_with("<!DOCTYPE html>"));
}

TEST_CASE("dumps of two versions of the line, and of lines with other stages") {
  const CliFolder folder;
  folder.add_frame("frame.raw");
  const auto dump = [&](const std::string& name, const std::string& options) {
    REQUIRE(folder.run("develop frame.raw -o a.jpg --dump-stages " + name + kRawFrame + options).code == 0);
  };
  dump("old", "");
  dump("same", "");
  dump("new", "--set colour_matrix.saturation=1.3");
  dump("short", "--disable sharpen");
  const Json json = compared(folder, "old same new short --report page.html");
  CHECK(json["comparisons"][0]["equal"] == true);
  CHECK(json["comparisons"][1]["first_different_stage"] == "colour_matrix");
  CHECK(json["comparisons"][2]["first_different_stage"] == "sharpen");
  CHECK(json["comparisons"][2]["stages"].back()["in"] == "first");
  CHECK(json["measured"].contains("psnr_db"));
}

TEST_CASE("files of the same name are told apart by their folders") {
  const CliFolder folder;
  folder.add_frame("frame.raw");
  for (const char* name : {"x", "y", "y/deep"}) std::filesystem::create_directory(folder / name);
  for (const char* name : {"x/t.json", "y/t.json", "y/other.json"}) folder.file(name, R"({"sunny16_tuning": 1})");
  CHECK(compared(folder, "x/t.json y/t.json y/other.json --raw frame.raw" + kRawFrame)["candidates"] ==
        Json{"x/t.json", "y/t.json", "other.json"});
}

TEST_CASE("two Raspberry Pi tunings of one sensor on its own frame: where and by how much they differ") {
  const auto data = data_dir();
  if (!data) {
    MESSAGE("SKIPPED: no shared data");
    return;
  }
  const CliFolder folder;
  const auto path = [&](const char* name) { return "'" + (*data / name).string() + "' "; };
  const Json json =
      compared(folder, path("tuning/vc4/imx708.json") + path("tuning/pisp/imx708.json") + "--raw " +
                           path("raw/imx708/capture.bg10p") + "--raw-format 2304x1296:SBGGR10_CSI2P --black 64");
  CHECK(json["candidates"] == Json{"vc4/imx708.json", "pisp/imx708.json"});
  const Json& entry = json["comparisons"][0];
  // The sensor's numbers are the same, the pictures are not.
  CHECK(entry["stages"][0]["stage"] == "unpack");
  CHECK(entry["stages"][0]["differing_percent"] == 0);
  CHECK(entry["stages"].back()["mean_percent"].get<double>() > 0.5);
  const double psnr = json["measured"]["psnr_db"][1];
  CHECK(psnr > 20);
  CHECK(psnr < 50);
  // vc4 and pisp disagree about the sensor's noise (their rpi.noise reference_slope: 2.5 and 2.856; variances go by
  // their squares).
  for (const Json& value : entry["tuning"])
    if (value["name"] == "noise.shot")
      CHECK(std::stod(value["second"].get<std::string>()) / std::stod(value["first"].get<std::string>()) ==
            doctest::Approx(2.856 * 2.856 / 2.5 / 2.5).epsilon(0.001));
}

}  // namespace
}  // namespace sunny16
