// Looks through the API: chosen live, installed, replaced and removed, on the real server and a simulated camera.
#include <doctest/doctest.h>

#include <cmath>

#include "firmware/http/base64.h"
#include "firmware/output/picture_file.h"
#include "firmware/service/look_shelf.h"
#include "sim/picture/read_picture.h"
#include "tests/firmware/looks/small_pack.h"
#include "tests/firmware/service/api_rig.h"

namespace sunny16::firmware {
namespace {

using test::ApiRig;
using Json = ApiRig::Json;

std::string body_of(const PackFiles& files) {
  return Json{{"pack", Json::parse(files.json)}, {"cubes", files.cubes}}.dump();
}

std::string chosen(const std::string& look) { return Json{{"look", look}}.dump(); }

TEST_CASE("a pack is installed, its look chosen, replaced while it is on, and removed") {
  ApiRig rig;
  rig.run();
  CHECK(rig.good("GET", "/api/v1/looks")["current"] == "none");
  const Json state = rig.good("POST", "/api/v1/looks/packs", body_of(test::small_pack()));
  CHECK(state["looks"] == Json{"dark", "swapped"});
  CHECK(state["available"] == true);

  CHECK(rig.good("PUT", "/api/v1/looks/current", chosen("dark"))["current"] == "trial/dark");
  rig.turn(2);
  const Json on = rig.good("GET", "/api/v1/status")["session"]["look"];
  CHECK(on["version"] == "1.2.3");

  Json renewed = test::small_json();
  renewed["version"] = "1.3.0";
  rig.good("POST", "/api/v1/looks/packs", body_of(test::files_of(renewed)));
  CHECK(rig.good("GET", "/api/v1/status")["session"]["look"]["version"] == "1.3.0");

  CHECK(rig.ask("DELETE", "/api/v1/looks/packs/trial").status == 204);
  CHECK(rig.good("GET", "/api/v1/looks")["current"] == "none");
  CHECK(rig.good("GET", "/api/v1/looks")["looks"].empty());
}

/// Difference of red and blue, on average, of the newest preview picture.
double colourfulness(ApiRig& rig) {
  rig.turn(1);
  const sim::Picture picture = sim::decode_picture(*rig.frames.newest().jpeg);
  double sum = 0;
  for (int y = 0; y < picture.height(); ++y) {
    const float* row = picture.rgb.row(y);
    for (int x = 0; x < picture.width(); ++x) sum += std::fabs(row[3 * x] - row[3 * x + 2]);
  }
  return sum / (picture.width() * picture.height());
}

TEST_CASE("a look shows in the next frame, without a restart") {
  ApiRig rig;
  rig.run();
  Json json = test::small_json();
  json["looks"][0]["stages"] =
      Json::parse(R"({"split_toning": {"shadow_hue": 30, "shadow_saturation": 0.8, "highlight_hue": 30,
                                                       "highlight_saturation": 0.8}})");
  rig.good("POST", "/api/v1/looks/packs", body_of(test::files_of(json)));
  rig.session->set_viewers(1);
  rig.turn(40);  // until exposure and white balance rest
  const double restarts = rig.session->status().restarts, usual = colourfulness(rig);
  rig.good("PUT", "/api/v1/looks/current", chosen("dark"));
  CHECK(colourfulness(rig) > usual + 0.05);  // the wall is grey
  rig.good("PUT", "/api/v1/looks/current", chosen("none"));
  CHECK(colourfulness(rig) < usual + 0.02);
  CHECK(rig.session->status().restarts == restarts);
}

TEST_CASE("a picture's files say which look made it") {
  ApiRig rig;
  rig.run();
  rig.good("POST", "/api/v1/looks/packs", body_of(test::small_pack()));
  rig.good("PUT", "/api/v1/looks/current", chosen("trial/dark"));
  rig.turn(3);
  const std::string id = rig.good("POST", "/api/v1/captures", R"({"mode": "photo"})")["id"];
  const Json capture = rig.finish(id);
  REQUIRE(capture["files"].size() == 3);
  const std::string hash = rig.session->look()->record.hash;
  for (const Json& file : capture["files"]) {
    const std::string name = file["name"];
    CAPTURE(name);
    const std::string content = rig.ask("GET", "/api/v1/captures/" + id + "/files/" + name).body;
    CHECK(content.find(hash) != std::string::npos);
    CHECK(content.find("dark") != std::string::npos);
  }
}

TEST_CASE("what is refused leaves the last good look on") {
  ApiRig rig;
  rig.run();
  rig.good("POST", "/api/v1/looks/packs", body_of(test::small_pack()));
  rig.good("PUT", "/api/v1/looks/current", chosen("dark"));

  PackFiles bad = test::small_pack();
  bad.cubes["swap.cube"] = "LUT_3D_SIZE 256\n";
  CHECK(rig.refused(400, "POST", "/api/v1/looks/packs", body_of(bad)) ==
        "body/swap.cube:1: found LUT_3D_SIZE \"256\", allowed one whole number 2 .. 65");
  CHECK(rig.refused(400, "POST", "/api/v1/looks/packs", R"({"cubes": {}})") ==
        "$.pack: found nothing, allowed a pack's pack.json");
  CHECK(rig.refused(400, "POST", "/api/v1/looks/packs", R"({"pack": {}, "sheet": 1})") ==
        "$.sheet: found an unknown key, allowed pack, cubes, sheets");
  CHECK(rig.refused(404, "PUT", "/api/v1/looks/current", chosen("sepia")) ==
        "imx219 on bench: look: found \"sepia\", allowed trial/dark trial/swapped");
  CHECK(rig.refused(404, "DELETE", "/api/v1/looks/packs/none") == "there is no pack of this name");
  CHECK(rig.good("GET", "/api/v1/looks")["current"] == "trial/dark");
}

TEST_CASE("a look has a strength, which a picture's metadata tell") {
  ApiRig rig;
  rig.run();
  rig.good("POST", "/api/v1/looks/packs", body_of(test::small_pack()));
  Json on = rig.good("PUT", "/api/v1/looks/current", R"({"look": "dark", "strength": 0.5})");
  CHECK(on["strength"] == 0.5);
  on = rig.good("PUT", "/api/v1/looks/current", R"({"strength": 0.25})");
  CHECK(on["current"] == "trial/dark");
  CHECK(rig.good("GET", "/api/v1/status")["session"]["look"]["strength"] == 0.25);
  CHECK(rig.refused(400, "PUT", "/api/v1/looks/current", R"({"look": "swapped", "strength": 1.5})") ==
        "$.strength: found 1.5, allowed a number 0 .. 1");
  CHECK(rig.good("PUT", "/api/v1/looks/current", chosen("dark"))["strength"] == 1);

  rig.good("PUT", "/api/v1/looks/current", R"({"strength": 0.25})");
  rig.turn(3);
  const std::string id = rig.good("POST", "/api/v1/captures", R"({"mode": "photo"})")["id"];
  const Json files = rig.finish(id)["files"];
  for (const Json& file : files) {
    if (file["type"] != "application/json") continue;
    const std::string path = "/api/v1/captures/" + id + "/files/" + file["name"].get<std::string>();
    CHECK(rig.good("GET", path)["Look"]["strength"] == 0.25);
  }
}

TEST_CASE("the look that was chosen last is on again in the next run; what cannot be had leaves things as they are") {
  ApiRig rig;
  const auto next_run = [&] {
    rig.session->set_look(nullptr);
    return LookShelf(*rig.session, ApiRig::board(), LookLibrary({}, rig.folder / "looks"), rig.folder / "look.json");
  };
  CHECK_FALSE(next_run().restore());
  rig.good("POST", "/api/v1/looks/packs", body_of(test::small_pack()));
  rig.good("PUT", "/api/v1/looks/current", R"({"look": "dark", "strength": 0.5})");
  LookShelf shelf = next_run();
  CHECK(shelf.restore());
  CHECK(shelf.overview().current == "trial/dark");
  CHECK(shelf.overview().strength == 0.5);

  const auto kept = [&](const std::string& text) {
    rig.folder.file("look.json", text);
    try {
      shelf.restore();
    } catch (const std::exception& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(kept(R"({"look": "gone"})").find("found \"gone\", allowed trial/dark trial/swapped") != std::string::npos);
  CHECK(kept(R"({"look": "dark", "strength": -1})").ends_with("look.json: $.strength: found -1, allowed a number 0 .. 1"));
  CHECK(kept("{").find("look.json") != std::string::npos);
  CHECK(kept(std::string(5000, ' ')).ends_with("found 5000 bytes, allowed 4096"));
  CHECK(shelf.overview().current == "trial/dark");

  rig.good("PUT", "/api/v1/looks/current", chosen("none"));
  CHECK(next_run().restore());
  CHECK(shelf.overview().current == "none");
}

TEST_CASE("a pack comes back as it was installed") {
  ApiRig rig;
  rig.good("POST", "/api/v1/looks/packs", body_of(test::small_pack()));
  const Json files = rig.good("GET", "/api/v1/looks/packs/trial");
  CHECK(files["pack"]["looks"][1]["cube"] == "swapped.cube");
  rig.good("POST", "/api/v1/looks/packs", files.dump());
}

TEST_CASE("a pack's contact sheet comes with it, is shown, and stays as long as the pack") {
  ApiRig rig;
  std::vector<std::uint8_t> grey(48, 128);
  const auto jpeg = jpeg_bytes(Rgb8{grey.data(), 12, 4, 12}, {});
  const std::string sheet(reinterpret_cast<const char*>(jpeg.data()), jpeg.size());
  Json pack = test::small_json();
  pack["sheet"] = "sheet.jpg";
  Json body{{"pack", pack}, {"cubes", {{"swap.cube", test::kSwap}}}, {"sheets", {{"sheet.jpg", base64(sheet)}}}};
  CHECK(rig.good("POST", "/api/v1/looks/packs", body.dump())["info"]["sheet"] == "sheet.jpg");
  const RawResponse shown = rig.ask("GET", "/api/v1/looks/packs/trial/sheet.jpg", "", Role::viewer);
  CHECK(shown.status == 200);
  CHECK(shown.header("Content-Type") == "image/jpeg");
  CHECK(shown.body == sheet);
  const Json files = rig.good("GET", "/api/v1/looks/packs/trial");
  CHECK(files["sheets"]["sheet.jpg"] == base64(sheet));
  rig.good("POST", "/api/v1/looks/packs", files.dump());

  body["sheets"]["sheet.jpg"] = "no picture";
  CHECK(rig.refused(400, "POST", "/api/v1/looks/packs", body.dump()) == "body/sheet.jpg: found no JPEG picture, or not all of it");
  CHECK(rig.ask("GET", "/api/v1/looks/packs/trial/sheet.jpg").body == sheet);
  rig.good("POST", "/api/v1/looks/packs", body_of(test::small_pack()));
  CHECK(rig.refused(404, "GET", "/api/v1/looks/packs/trial/sheet.jpg") == "the pack has no contact sheet");
  CHECK(rig.refused(404, "GET", "/api/v1/looks/packs/none/sheet.jpg") == "there is no pack of this name");
}

TEST_CASE("bodies of packs may be larger than others, and have a limit too") {
  ApiRig rig;
  Json json = test::small_json();
  json["looks"][0]["summary"] = std::string(std::size_t{2} << 20, 'x');
  CHECK(rig.refused(400, "POST", "/api/v1/looks/packs", Json{{"pack", json}}.dump()).find("bytes, allowed 1048576") !=
        std::string::npos);
  CHECK(rig.ask("PUT", "/api/v1/looks/current", std::string(std::size_t{2} << 20, ' ')).status == 413);
}

TEST_CASE("a board that takes no packs says so, and a shipped pack stays") {
  ApiRig rig;
  BoardProfile board = ApiRig::board();
  board.features.clear();
  write_pack_folder(rig.folder / "own", test::small_pack("own"));
  LookShelf shelf(*rig.session, board, LookLibrary({rig.folder / "own"}, rig.folder / "more"));
  CHECK_THROWS_WITH_AS(shelf.install(test::small_pack()), "imx219 on bench: found no feature user_packs, allowed none",
                       SessionError);
  CHECK_THROWS_WITH_AS(shelf.remove("own"), "the pack came with the program and stays", SessionError);
}

TEST_CASE("a board without captions frames no picture") {
  ApiRig rig;
  rig.run();
  CHECK(rig.refused(409, "POST", "/api/v1/captures", R"({"frame": "white"})") ==
        "imx219 on bench: found no feature captions, allowed preview_look, user_packs");
  CHECK(rig.refused(400, "POST", "/api/v1/captures", R"({"frame": "pink"})").find("allowed one of off, white, black") !=
        std::string::npos);
  rig.good("POST", "/api/v1/captures", R"({"frame": "off"})");
}

}  // namespace
}  // namespace sunny16::firmware
