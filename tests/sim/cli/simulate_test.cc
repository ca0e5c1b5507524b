// sunny16 simulate: raw files with their truth, and what it refuses.
#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/sim/cli/run_cli.h"

namespace sunny16 {
namespace {

using nlohmann::json;

std::vector<std::string> files_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.push_back(entry.path().filename());
  std::ranges::sort(names);
  return names;
}
using Names = std::vector<std::string>;

TEST_CASE("simulate: a raw file that says what it is, and its truth beside it") {
  const CliFolder folder;
  REQUIRE(folder.run("simulate --sensor imx477 --scene color-checker --size 160:120 --gain 2 -o shot.dng").code == 0);
  CHECK(files_in(folder.path()) == Names{"shot.dng", "shot.truth.json"});
  const json info = json::parse(folder.run("info --json shot.dng").out)[0];
  CHECK(info["width"] == 160);
  CHECK(info["height"] == 120);
  CHECK(info["white"] == 4095);
  CHECK(info["black"][0] == 256);
  const json truth = json::parse(read_file(folder / "shot.truth.json"));
  CHECK(truth["sunny16_truth"] == 1);
  CHECK(truth["settings"]["scene"] == "color-checker");
  CHECK(truth["settings"]["gain"] == 2);
  CHECK(truth["settings"]["shutter_us"] > 0);
  CHECK(truth["white_level"].get<double>() == doctest::Approx(0.7).epsilon(0.01));
  CHECK(truth["targets"][0]["kind"] == "colour_checker");
}

TEST_CASE("simulate: the same seed makes the same bytes on any number of threads, another seed others") {
  const CliFolder folder;
  const std::string start = "simulate --size 96:64 --scene night-street --lux 10 ";
  for (const char* options : {"--seed 3 --threads 1 -o a.dng", "--seed 3 --threads 5 -o b.dng", "--seed 4 -o c.dng"})
    REQUIRE(folder.run(start + options).code == 0);
  CHECK(read_file(folder / "a.dng") == read_file(folder / "b.dng"));
  CHECK(read_file(folder / "a.dng") != read_file(folder / "c.dng"));
}

TEST_CASE("simulate: several frames are numbered, and each can be had alone") {
  const CliFolder folder;
  const std::string start = "simulate --size 64:48 --scene flat-field --sequence flicker-50 --shutter 1000 ";
  REQUIRE(folder.run(start + "--frames 3 -o shot.dng").code == 0);
  CHECK(files_in(folder.path()) == Names{"shot-0000.dng", "shot-0000.truth.json", "shot-0001.dng",
                                         "shot-0001.truth.json", "shot-0002.dng", "shot-0002.truth.json"});
  CHECK(read_file(folder / "shot-0000.dng") != read_file(folder / "shot-0001.dng"));
  CHECK(json::parse(read_file(folder / "shot-0002.truth.json"))["settings"]["frame"] == 2);
  REQUIRE(folder.run(start + "--first-frame 2 -o alone.dng").code == 0);
  CHECK(read_file(folder / "alone.dng") == read_file(folder / "shot-0002.dng"));
  CHECK(read_file(folder / "alone.truth.json") == read_file(folder / "shot-0002.truth.json"));
  REQUIRE(folder.run(start + "--frames 2 -o in%04dside.dng").code == 0);
  CHECK(std::filesystem::exists(folder / "in0001side.dng"));
}

TEST_CASE("simulate: a focus sweep goes from the farthest focus to the nearest") {
  const CliFolder folder;
  REQUIRE(folder.run("simulate --size 64:48 --scene flat-field --sequence focus-sweep --frames 3 -o f.dng").code == 0);
  for (const auto& [name, dioptres] : {std::pair{"f-0000", 0.0}, {"f-0001", 5.0}, {"f-0002", 10.0}})
    CHECK(json::parse(read_file(folder / (std::string(name) + ".truth.json")))["settings"]["lens_position"] ==
          dioptres);
}

TEST_CASE("simulate: a picture as a scene comes out as it was, and so does the truth as a picture") {
  const CliFolder folder;
  folder.add_frame("frame.raw");
  REQUIRE(folder.run("develop frame.raw -o photo.png" + kRawFrame).code == 0);
  REQUIRE(folder.run("simulate --scene photo.png --size 64:48 --truth-picture truth.tif -o shot.dng").code == 0);
  const Ran psnr = folder.run("measure truth.tif --metric psnr --reference photo.png --json -");
  REQUIRE(psnr.code == 0);
  CHECK(json::parse(psnr.out)[0]["psnr"]["cpsnr_db"] > 25);
}

TEST_CASE("simulate: --list tells every kind of thing that can be asked for") {
  const CliFolder folder;
  const Ran list = folder.run("simulate --list");
  CHECK(list.code == 0);
  for (const char* name :
       {"still-life", "night-street", "hand-shake", "focus-sweep", "imx708", "phone50", "D65", "LED"})
    CHECK(list.out.find(name) != std::string::npos);
  CHECK(folder.empty());
}

void rejects(const CliFolder& folder, const std::string& arguments, const Names& expected) {
  CAPTURE(arguments);
  const Names before = files_in(folder.path());
  const Ran ran = folder.run(arguments);
  CAPTURE(ran.error);
  CHECK(ran.code == 2);
  CHECK(ran.error.starts_with("sunny16: "));
  CHECK(std::ranges::count(ran.error, '\n') == 1);
  for (const std::string& words : expected) {
    CAPTURE(words);
    CHECK(ran.error.find(words) != std::string::npos);
  }
  CHECK(files_in(folder.path()) == before);
}

TEST_CASE("simulate: names that nobody has are answered with what there is") {
  const CliFolder folder;
  const std::string end = " --size 64:48 -o a.dng";
  rejects(folder, "simulate --scene moon" + end, {"scene", "\"moon\"", "still-life", "zone-plate"});
  rejects(folder, "simulate --sequence waltz" + end, {"sequence", "\"waltz\"", "hand-shake"});
  rejects(folder, "simulate --sensor imx9" + end, {"imx9", "imx708", "phone50"});
  rejects(folder, "simulate --illuminant candle" + end, {"candle", "D65", "LED"});
  rejects(folder, "simulate --illuminant 10K" + end, {"10K"});
  rejects(folder, "simulate --mode 640:480" + end, {"mode", "640:480", "2304:1296:10"});
}

TEST_CASE("simulate: exposures and sizes that cannot be") {
  const CliFolder folder;
  const std::string start = "simulate --scene flat-field -o a.dng ";
  rejects(folder, start + "--size 64:48 --shutter 1", {"shutter", "found 1", "13.361"});
  rejects(folder, start + "--size 64:48 --gain 100", {"gain", "100", "16"});
  rejects(folder, start + "--size 64:48 --gain nan", {"--gain"});
  rejects(folder, start + "--size 64:48 --lux -1", {"--lux"});
  rejects(folder, start + "--size 64:48 --temperature 500", {"--temperature"});
  rejects(folder, start + "--size 64:48 --frames 0", {"--frames"});
  rejects(folder, start + "--size 3000:48", {"size", "3000:48", "2304:1296"});
  rejects(folder, start + "--size 64", {"--size", "64"});
  rejects(folder, start + "--size 64:48 --sensor ov5647 --sequence focus-sweep --frames 2",
          {"focus-sweep", "ov5647", "fixed"});
}

TEST_CASE("simulate: pictures that are no scenes, and outputs that are none") {
  const CliFolder folder;
  folder.file("cut.png", "\x89PNG\r\n\x1a\n");
  folder.file("text.jpg", "no picture at all");
  // The header alone of a PNG that would have 400 megapixels.
  const std::string large("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x4e\x20\0\0\x4e\x20\x08\x02\0\0\0\x6c\x12\xd1\x6e", 33);
  folder.file("large.png", large);
  const std::string end = " --size 64:48 -o a.dng";
  rejects(folder, "simulate --scene missing.png" + end, {"missing.png"});
  rejects(folder, "simulate --scene cut.png" + end, {"cut.png"});
  rejects(folder, "simulate --scene text.jpg" + end, {"text.jpg"});
  rejects(folder, "simulate --scene large.png" + end, {"large.png"});
  rejects(folder, "simulate --size 64:48", {"--output", "nothing"});
  rejects(folder, "simulate --size 64:48 -o a.jpg", {"a.jpg", ".dng"});
  rejects(folder, "simulate --size 64:48 -o nowhere/a.dng", {"nowhere"});
}

TEST_CASE("simulate: sensor files with missing, negative and contradictory figures") {
  const CliFolder folder;
  const json good = json::parse(read_file(std::filesystem::path(SUNNY16_BOARDS) / "sensors/imx477.json"));
  const auto spoilt = [&](const char* name, const char* field, const json& value) {
    json file = good;
    if (value.is_null())
      file["sensor"].erase(field);
    else
      file["sensor"][field] = value;
    folder.file(name, file.dump());
  };
  spoilt("good.json", "name", "other");
  spoilt("missing.json", "full_well_e", nullptr);
  spoilt("negative.json", "full_well_e", -1);
  spoilt("black.json", "black_dn", 5000);
  spoilt("unknown.json", "full_wheel_e", 1);
  folder.file("broken.json", "{");
  const std::string end = " --scene flat-field --size 64:48 -o a.dng";
  rejects(folder, "simulate --sensor nowhere/x.json" + end, {"x.json"});
  rejects(folder, "simulate --sensor ./missing.json" + end, {"missing.json", "$.sensor.full_well_e", "allowed"});
  rejects(folder, "simulate --sensor ./negative.json" + end,
          {"negative.json", "$.sensor.full_well_e", "-1", "allowed"});
  rejects(folder, "simulate --sensor ./black.json" + end,
          {"black.json", "$.sensor.black_dn", "5000", "less than white"});
  rejects(folder, "simulate --sensor ./unknown.json" + end, {"unknown.json", "full_wheel_e"});
  rejects(folder, "simulate --sensor ./broken.json" + end, {"broken.json"});
  CHECK(folder.run("simulate --sensor ./good.json" + end).code == 0);
}

}  // namespace
}  // namespace sunny16
