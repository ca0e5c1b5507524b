#include "firmware/looks/look_pack.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <functional>

#include "firmware/output/picture_file.h"
#include "tests/firmware/looks/small_pack.h"
#include "tests/temp_dir.h"

namespace sunny16::firmware {
namespace {

namespace fs = std::filesystem;
using test::Json;

std::string error_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const TuningError& error) {
    return error.what();
  }
  return "no error";
}

std::string error_after(const std::function<void(Json&)>& spoil) {
  Json json = test::small_json();
  spoil(json);
  return error_of([&] { parse_pack(test::files_of(json), "trial"); });
}

std::string look_error(const Json& look) {
  return error_after([&](Json& json) { json["looks"][0].update(look); });
}

TEST_CASE("a look names stages; they are on, and what it does not say of them is their default") {
  const LookPack pack = parse_pack(test::small_pack(), "trial");
  REQUIRE(pack.looks.size() == 2);
  const Look& dark = *pack.looks[0];
  CHECK(dark.record.full_name() == "trial/dark");
  CHECK(dark.record.version == "1.2.3");
  CHECK(dark.record.hash.size() == 16);

  isp::Tunings tunings;
  isp::tuning_of<isp::Vignette>(tunings) = {.enabled = false, .strength = 0.2, .midpoint = 0.8};
  isp::tuning_of<isp::HueSectors>(tunings).saturation = 0.5;
  isp::Conditions conditions;
  dark.apply(tunings, conditions);
  CHECK(isp::tuning_of<isp::Vignette>(tunings).enabled);
  CHECK(isp::tuning_of<isp::Vignette>(tunings).strength == 1.5);
  CHECK(isp::tuning_of<isp::Vignette>(tunings).midpoint == isp::VignetteTuning{}.midpoint);
  CHECK(isp::tuning_of<isp::HueSectors>(tunings).saturation == 0.5);
  CHECK(isp::tuning_of<isp::Sharpen>(tunings).strength == isp::SharpenTuning{}.strength * 0.5);
  CHECK_FALSE(conditions.cube);
}

TEST_CASE("a stage that is off until it is asked for is on because a look names it") {
  Json json = test::small_json();
  json["looks"][0]["stages"] = {{"bw_mixer", Json::object()}};
  isp::Tunings tunings;
  isp::Conditions conditions;
  parse_pack(test::files_of(json), "trial").looks[0]->apply(tunings, conditions);
  CHECK(isp::tuning_of<isp::BwMixer>(tunings).enabled);
}

TEST_CASE("a look's numbers may follow the light, as a tuning's may") {
  Json json = test::small_json();
  json["looks"][0]["stages"]["vignette"]["strength"] = {{"by", "Lux"}, {"at", {10, 1000}}, {"value", {0, 1}}};
  const LookPack pack = parse_pack(test::files_of(json), "trial");
  isp::Tunings tunings;
  isp::Conditions conditions;
  conditions.lux = 100;
  pack.looks[0]->apply(tunings, conditions);
  CHECK(isp::tuning_of<isp::Vignette>(tunings).strength == doctest::Approx(0.5));
}

TEST_CASE("a look's cube goes to the frame's conditions") {
  isp::Tunings tunings;
  isp::Conditions conditions;
  parse_pack(test::small_pack(), "trial").looks[1]->apply(tunings, conditions);
  REQUIRE(conditions.cube);
  CHECK(conditions.cube->size == 2);
}

TEST_CASE("the hash tells looks apart that make other pictures, and no others") {
  const auto hash = [](const std::function<void(Json&)>& change, const std::string& cube = test::kSwap) {
    Json json = test::small_json();
    change(json);
    const LookPack pack = parse_pack({json.dump(), {{"swap.cube", cube}}}, "trial");
    return std::array{pack.looks[0]->record.hash, pack.looks[1]->record.hash};
  };
  const auto usual = hash([](Json&) {});
  CHECK(hash([](Json& json) { json["version"] = "9.0.0", json["looks"][0]["title"] = "Other"; }) == usual);
  CHECK(hash([](Json& json) { json["looks"][0]["stages"]["vignette"]["strength"] = 1.4; })[0] != usual[0]);
  CHECK(hash([](Json& json) { json["looks"][0]["sharpness"] = 0.6; })[0] != usual[0]);
  CHECK(hash([](Json&) {}, "LUT_3D_SIZE 2\n0 0 0\n0 0 1\n0 1 0\n0 1 1\n1 0 0\n1 0 1\n1 1 0\n1 1 0.9\n")[1] != usual[1]);
}

TEST_CASE("a pack's contact sheet is a picture in its folder") {
  std::vector<std::uint8_t> grey(48, 128);
  const auto jpeg = jpeg_bytes(Rgb8{grey.data(), 12, 4, 12}, {});
  const std::string sheet(reinterpret_cast<const char*>(jpeg.data()), jpeg.size());
  const auto with = [&](const std::string& named, const std::string& file, const std::string& bytes) {
    Json json = test::small_json();
    json["sheet"] = named;
    PackFiles files = test::files_of(json);
    if (!file.empty()) files.sheets[file] = bytes;
    return files;
  };
  const auto error = [&](const PackFiles& files) { return error_of([&] { parse_pack(files, "trial"); }); };
  const LookPack pack = parse_pack(with("s.jpg", "s.jpg", sheet), "trial");
  CHECK(pack.sheet == sheet);
  CHECK(pack_files(pack).sheets.at("s.jpg") == sheet);
  CHECK(parse_pack(pack_files(pack), "trial").info.sheet == "s.jpg");

  CHECK(error(with("s.jpg", "", "")) ==
        "trial/pack.json: $.sheet: found \"s.jpg\", which is not there, allowed a file of the pack");
  CHECK(error(with("s.jpg", "s.jpg", "GIF89a")) == "trial/s.jpg: found no JPEG picture, or not all of it");
  CHECK(error(with("s.jpg", "s.jpg", sheet.substr(0, 100))) == "trial/s.jpg: found no JPEG picture, or not all of it");
  CHECK(error(with("s.jpg", "s.jpg", sheet.substr(0, sheet.size() / 2))) ==
        "trial/s.jpg: found no JPEG picture, or not all of it");
  CHECK(error(with("s.jpg", "s.jpg", std::string(600'000, ' '))) == "trial/s.jpg: found 600000 bytes, allowed 524288");
  CHECK(error(with("", "s.jpg", sheet)) == "trial: found the file \"s.jpg\", which the pack does not name");
  for (const char* name : {"../s.jpg", "/etc/s.jpg", "a/s.jpg", "s.png", ".jpg"})
    CHECK(error(with(name, "", "")) == "trial/pack.json: $.sheet: found " + Json(name).dump() +
                                           ", allowed the name of a .jpg file in the pack's folder");
}

TEST_CASE("a pack that is written is read again as the same looks") {
  const LookPack pack = parse_pack(test::small_pack(), "trial");
  const PackFiles files = pack_files(pack);
  const LookPack again = parse_pack(files, "trial");
  REQUIRE(again.looks.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) CHECK(again.looks[i]->record.hash == pack.looks[i]->record.hash);
  CHECK(again.info.licence == "CC0-1.0");
  CHECK(files.json.find("midpoint") == std::string::npos);  // only what differs from the defaults
}

TEST_CASE("packs that cannot be are refused with the path, what was found and what is allowed") {
  CHECK(error_after([](Json& json) { json.erase("sunny16_look_pack"); }) ==
        "trial/pack.json: $.sunny16_look_pack: found nothing, allowed 1");
  CHECK(error_after([](Json& json) {
          json["sunny16_look_pack"] = 2;
        }).starts_with("trial/pack.json: $.sunny16_look_pack: found 2, allowed a whole number 1 .. 1"));
  CHECK(error_after([](Json& json) { json["version"] = "1.0"; }) ==
        "trial/pack.json: $.version: found \"1.0\", allowed three numbers: 1.0.0");
  CHECK(error_after([](Json& json) { json["name"] = "../x"; }) ==
        "trial/pack.json: $.name: found \"../x\", allowed 1 to 40 of a-z, 0-9 and - within");
  CHECK(error_after([](Json& json) { json["licence"] = ""; }) ==
        "trial/pack.json: $.licence: found nothing, allowed a text");
  CHECK(error_after([](Json& json) {
          json["extra"] = 1;
        }).starts_with("trial/pack.json: $.extra: found an unknown key, allowed the keys name"));
  CHECK(error_after([](Json& json) { json["looks"] = Json::array(); }) ==
        "trial/pack.json: $.looks: found an array of 0, allowed an array of 1 to 64 looks");
  CHECK(error_after([](Json& json) { json["looks"][1]["name"] = "dark"; }) ==
        "trial/pack.json: $.looks[1].name: found \"dark\" again, allowed each name once");
  CHECK(look_error({{"stages", {{"vignette", {{"strength", 9}}}}}}) ==
        "trial/pack.json: $.looks[0].stages.vignette.strength: found 9, allowed a number 0 .. 3");
  CHECK(look_error({{"stages", {{"vignette", {{"force", 1}}}}}})
            .starts_with("trial/pack.json: $.looks[0].stages.vignette.force: found an unknown key, allowed the keys "
                         "enabled, strength"));
  CHECK(look_error({{"stages", {{"black_level", Json::object()}}}})
            .starts_with(
                "trial/pack.json: $.looks[0].stages.black_level: found a stage that is no look's, allowed local_tone"));
  CHECK(look_error({{"sharpness", -1}}) == "trial/pack.json: $.looks[0].sharpness: found -1, allowed a number 0 .. 4");
  CHECK(error_of([] { parse_pack({"{", {}}, "trial"); }).starts_with("trial/pack.json:1:1: "));
  CHECK(error_of([] {
          parse_pack({std::string(std::size_t{2} << 20, ' '), {}}, "trial");
        }) == "trial/pack.json: found 2097152 bytes, allowed 1048576");
}

TEST_CASE("cubes are files of the pack, and each is there") {
  const std::string allowed = ", allowed the name of a .cube file in the pack's folder";
  for (const char* name : {"../swap.cube", "/etc/swap.cube", "a/b.cube", "swap.txt", ".cube", "..cube", "a\\b.cube"})
    CHECK(look_error({{"cube", name}}) == "trial/pack.json: $.looks[0].cube: found " + Json(name).dump() + allowed);
  CHECK(look_error({{"cube", "none.cube"}}) ==
        "trial/pack.json: $.looks[0].cube: found \"none.cube\", which is not there, allowed a file of the pack");
  CHECK(error_after([](Json& json) { json["looks"].erase(1); }) ==
        "trial: found the file \"swap.cube\", which no look names");
  CHECK(error_of([] {
          parse_pack({test::small_json().dump(), {{"swap.cube", "LUT_3D_SIZE 2\n0 0 x\n"}}}, "trial");
        }).starts_with("trial/swap.cube:2: found \"x\""));
}

TEST_CASE("a folder's pack is read; links and missing files are refused") {
  const TempDir folder;
  const fs::path pack = folder / "trial";
  write_pack_folder(pack, test::small_pack());
  CHECK(load_pack(pack).looks.size() == 2);

  const fs::path cube = pack / "swap.cube";
  fs::rename(cube, folder / "outside.cube");
  CHECK(error_of([&] {
          load_pack(pack);
        }).ends_with("found \"swap.cube\", which is not there, allowed a file of the pack"));
  fs::create_symlink(folder / "outside.cube", cube);
  CHECK(error_of([&] { load_pack(pack); }) == cube.string() + ": found a link, allowed a file of the folder");
  fs::remove(cube);
  fs::create_directory(cube);
  CHECK(error_of([&] { load_pack(pack); }) == cube.string() + ": found no regular file");
  CHECK(error_of([&] { load_pack(folder / "none"); }) ==
        (folder / "none").string() + ": cannot be opened: No such file or directory");
}

}  // namespace
}  // namespace sunny16::firmware
