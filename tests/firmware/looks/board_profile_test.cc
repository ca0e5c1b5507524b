#include "firmware/looks/board_profile.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "tests/firmware/looks/small_pack.h"
#include "tests/temp_dir.h"

namespace sunny16::firmware {
namespace {

namespace fs = std::filesystem;
using test::Json;

Json board_json() {
  return Json::parse(R"({"sunny16_board": 1, "name": "bench", "title": "Bench", "machines": ["maker,bench"],
                         "packs": ["house"], "features": ["preview_look"], "default_look": "house/dark",
                         "models": [{"sensor": "old100", "title": "Old", "keeps": ["classic"],
                                     "default_look": "classic/dark"}]})");
}

std::string error_of(const Json& json) {
  try {
    parse_board(json.dump(), "bench.json");
  } catch (const TuningError& error) {
    return error.what();
  }
  return "no error";
}

struct Shelf {
  Shelf() {
    fs::create_directory(folder / "shipped");
    for (const char* pack : {"house", "classic"}) write_pack_folder(folder / "shipped" / pack, test::small_pack(pack));
    library = LookLibrary({folder / "shipped"}, folder / "installed");
  }
  const TempDir folder;
  LookLibrary library{{}};
  const BoardProfile board = parse_board(board_json().dump(), "bench.json");
};

TEST_CASE("a new camera has the board's packs, an older one keeps what it was sold with") {
  const Shelf shelf;
  const CameraProfile newest = profile_of(shelf.board, "simulated new200"),
                      old = profile_of(shelf.board, "maker old100");
  CHECK(names_of(looks_of(newest, shelf.library)) == "house/dark house/swapped");
  CHECK(names_of(looks_of(old, shelf.library)) == "classic/dark classic/swapped house/dark house/swapped");
  CHECK(look_of(newest, shelf.library, "default")->record.full_name() == "house/dark");
  CHECK(look_of(old, shelf.library, "")->record.full_name() == "classic/dark");
}

TEST_CASE("a sensor is a word of the camera's model") {
  const Shelf shelf;
  for (const char* model : {"old100", "Maker old100", "old100@1a", "/i2c/old100"})
    CHECK(profile_of(shelf.board, model).packs.size() == 2);
  for (const char* model : {"old1000", "old100_wide", "bold100", ""})
    CHECK(profile_of(shelf.board, model).packs.size() == 1);
}

TEST_CASE("asking for a look that a model has not got says what it has") {
  const Shelf shelf;
  CHECK_THROWS_WITH_AS(look_of(profile_of(shelf.board, "new200"), shelf.library, "classic/dark"),
                       "new200 on bench: look: found \"classic/dark\", allowed house/dark house/swapped", TuningError);
}

TEST_CASE("packs that users install are had where the board has that feature, and never under a shipped pack's name") {
  Shelf shelf;
  shelf.library.install(test::small_pack("own"), "body");
  shelf.library.install(test::small_pack("classic"), "body");
  CameraProfile profile = profile_of(shelf.board, "new200");
  CHECK(names_of(looks_of(profile, shelf.library)) == "house/dark house/swapped");
  profile.features.push_back(Feature::user_packs);
  CHECK(names_of(looks_of(profile, shelf.library)) == "house/dark house/swapped own/dark own/swapped");
}

TEST_CASE("profiles that cannot be are refused") {
  const auto with = [](const char* key, const char* value) {
    Json json = board_json();
    json[key] = Json::parse(value);
    return error_of(json);
  };
  CHECK(error_of(Json::object()) == "bench.json: $.sunny16_board: found nothing, allowed 1");
  CHECK(with("name", R"("Bench 1")") ==
        "bench.json: $.name: found \"Bench 1\", allowed 1 to 40 of a-z, 0-9 and - within");
  CHECK(with("features", R"(["flight"])") ==
        "bench.json: $.features[0]: found \"flight\", allowed one of preview_look, user_packs, captions");
  CHECK(with("models", R"([{"title": "x"}])") ==
        "bench.json: $.models[0].sensor: found nothing, allowed a sensor's model");
  CHECK(with("models", R"([{"sensor": "a"}, {"sensor": "a"}])") ==
        "bench.json: $.models[1].sensor: found \"a\" again, allowed once");
}

TEST_CASE("every shipped profile names packs, looks and sensors that there are") {
  const fs::path boards = fs::path(SUNNY16_SOURCE_DIR) / "boards";
  const LookLibrary library({boards / "looks"});
  CHECK(library.problems().empty());
  std::set<std::string> packs;
  for (const auto& entry : library.packs()) packs.insert(entry.pack.info.name);
  int profiles = 0;
  for (const auto& entry : fs::directory_iterator(boards / "profiles")) {
    CAPTURE(entry.path());
    const BoardProfile board = load_board(boards / "profiles", entry.path().stem().string());
    ++profiles;
    CHECK(board.name == entry.path().stem());
    for (const std::string& pack : board.packs) CHECK_MESSAGE(packs.contains(pack), pack);
    const auto check_default = [&](const std::string& sensor) {
      const CameraProfile profile = profile_of(board, sensor);
      if (!profile.default_look.empty()) CHECK_NOTHROW(look_of(profile, library, "default"));
    };
    check_default("");
    for (const ModelProfile& model : board.models) {
      CAPTURE(model.sensor);
      CHECK(fs::exists(boards / "sensors" / (model.sensor + ".json")));
      for (const std::string& pack : model.keeps) CHECK_MESSAGE(packs.contains(pack), pack);
      check_default(model.sensor);
    }
  }
  CHECK(profiles >= 4);
}

TEST_CASE("a machine finds its profile by its device tree, any other is a desktop") {
  const fs::path profiles = fs::path(SUNNY16_SOURCE_DIR) / "boards/profiles";
  const TempDir root;
  CHECK(board_of_machine(profiles, root.path()).name == "desktop");
  fs::create_directories(root / "proc/device-tree");
  root.file("proc/device-tree/compatible", std::string_view("raspberrypi,5-model-b\0brcm,bcm2712\0", 35));
  CHECK(board_of_machine(profiles, root.path()).name == "rpi5");
  CHECK_THROWS_WITH_AS(load_board(profiles, "rpi9"),
                       "board: found \"rpi9\", allowed desktop rpi4 rpi5 zero2w, or the path of a profile",
                       TuningError);
}

}  // namespace
}  // namespace sunny16::firmware
