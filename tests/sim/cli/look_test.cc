// sunny16 look, and develop with a look.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/sim/cli/run_cli.h"

namespace sunny16 {
namespace {

struct LookFolder : CliFolder {
  LookFolder() { add_frame("frame.raw"); }

  std::string good(const std::string& arguments) const {
    const Ran ran = run(arguments);
    CAPTURE(arguments);
    CAPTURE(ran.error);
    REQUIRE(ran.code == 0);
    return ran.out;
  }
  std::string refused(const std::string& arguments) const {
    const Ran ran = run(arguments);
    CAPTURE(arguments);
    REQUIRE(ran.code == 2);
    return ran.error;
  }
  std::string picture(const std::string& options) const {
    good("develop frame.raw" + kRawFrame + "--awbgains 2,1.6 --digital-gain 1 -o a.png " + options);
    return read_file(*this / "a.png");
  }
};

TEST_CASE("looks are listed, shown and developed with") {
  const LookFolder folder;
  const std::string list = folder.good("look list");
  for (const char* name : {"signature/authentic", "signature/vibrant", "filters/sepia", "filters/mono-natural"})
    CHECK(list.find(name) != std::string::npos);
  const auto shown = nlohmann::json::parse(folder.good("look show authentic"));
  CHECK(shown["pack"] == "signature");
  CHECK(shown["stages"].contains("vignette"));
  CHECK(folder.picture("--look authentic") != folder.picture(""));
  CHECK(folder.picture("--look authentic") == folder.picture("--look signature/authentic"));
  CHECK(folder.picture("--look authentic").find(shown["hash"].get<std::string>()) != std::string::npos);
}

TEST_CASE("a look has a strength and spares skin, as its record says") {
  const LookFolder folder;
  const auto record = [&](const std::string& options) {
    folder.picture("--metadata a.json " + options);
    return nlohmann::json::parse(read_file(folder / "a.json"))["Look"];
  };
  const auto vivid = record("--look vivid --look-strength 0.5 --skin-protection 0.75");
  CHECK(vivid["strength"] == 0.5);
  CHECK(vivid["skin_protection"] == 0.75);
  CHECK(record("--look vivid")["skin_protection"] == 0);
  CHECK(record("--look sepia --skin-protection 1")["skin_protection"] == 0);
  CHECK(folder.picture("--look vivid --look-strength 0.5") != folder.picture("--look vivid"));
  const std::string start = "develop frame.raw" + kRawFrame + "-o a.jpg --look vivid ";
  CHECK(folder.refused(start + "--skin-protection 2").find("found 2, allowed auto, or 0 (off) to 1") !=
        std::string::npos);
  CHECK(folder.refused(start + "--look-strength -1").find("-1") != std::string::npos);
}

TEST_CASE("a look that is not there is refused with those that are; a board's, with those that it has") {
  const LookFolder folder;
  const std::string start = "develop frame.raw" + kRawFrame + "-o a.jpg ";
  CHECK(folder.refused(start + "--look nothing").find("look: found \"nothing\", allowed ") != std::string::npos);
  const std::string lacking = folder.refused(start + "--board zero2w --look authentic");
  CHECK(lacking.find("on zero2w: look: found \"authentic\", allowed house/") != std::string::npos);
  CHECK(lacking.find("signature") == std::string::npos);
  CHECK(folder.refused(start + "--board none --look authentic").find("allowed desktop rpi4 rpi5 zero2w") !=
        std::string::npos);
  CHECK(folder.good("look list --board rpi5").find("signature/") == std::string::npos);
  CHECK(folder.good("look list --board rpi5 --sensor imx477").find("signature/authentic") != std::string::npos);
}

TEST_CASE("a look goes out as a .cube file and comes back as a pack") {
  const LookFolder folder;
  folder.good("look export sepia -o sepia.cube");
  CHECK(read_file(folder / "sepia.cube").starts_with("TITLE \"Sepia\"\nLUT_3D_SIZE 33\n"));
  folder.good("look import sepia.cube -o brown/");
  CHECK(folder.good("look check brown sepia.cube").find("brown: well, brown 1.0.0: brown/brown") != std::string::npos);
  CHECK(folder.picture("--look brown --looks brown") != folder.picture(""));
}

TEST_CASE("a style of one's own is a pack, and can be made again in its place") {
  const LookFolder folder;
  const std::string style = "look style --base authentic --tone 0.3 --vitality 0.2 -o my-style/ --texture ";
  folder.good(style + "-0.1");
  const std::string first = read_file(folder / "my-style/pack.json");
  folder.good(style + "0.5");
  CHECK(read_file(folder / "my-style/pack.json") != first);
  CHECK(folder.picture("--look my-style --looks my-style/") != folder.picture("--look authentic"));
  CHECK(folder.refused("look style --name here -o .").find("allowed a pack of looks or a new folder") != std::string::npos);
  CHECK(folder.refused("look style --tone 2 -o other").find("--tone: found 2, allowed") != std::string::npos);
  CHECK(folder.refused("look style -o Other").find("$.name: found \"Other\"") != std::string::npos);
}

TEST_CASE("bad packs and cubes are told of in one line") {
  const LookFolder folder;
  folder.file("bad.cube", "LUT_3D_SIZE 256\n");
  CHECK(folder.refused("look import bad.cube -o bad/").find("bad.cube:1: found LUT_3D_SIZE \"256\"") !=
        std::string::npos);
  CHECK(folder.refused("look check bad.cube").find("bad.cube:1:") != std::string::npos);
  CHECK(folder.refused("look check none").find("none: cannot be opened") != std::string::npos);
  std::filesystem::create_directory(folder / "spoilt");
  folder.file("spoilt/pack.json", "{}");
  const Ran ran = folder.run("look list --looks spoilt");
  CHECK(ran.code == 0);  // the others are there
  CHECK(ran.error.find("spoilt/pack.json: $.sunny16_look_pack: found nothing, allowed 1") != std::string::npos);
}

}  // namespace
}  // namespace sunny16
