// What cannot be done ends with exit code 2, one clear line, and no file.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/sim/cli/run_cli.h"

namespace sunny16 {
namespace {

const std::string kDevelop = "develop frame.raw -o out/picture.jpg";

class BadInputFolder : public CliFolder {
 public:
  BadInputFolder() {
    std::filesystem::create_directory(*this / "out");
    add_frame("frame.raw");
  }

  /// `expected` must stand in the message.
  void rejects(const std::string& arguments, const std::vector<std::string>& expected) const {
    CAPTURE(arguments);
    const Ran ran = run(arguments);
    CAPTURE(ran.error);
    CHECK(ran.code == 2);
    CHECK(std::ranges::count(ran.error, '\n') == 1);
    CHECK(ran.error.starts_with("sunny16: "));
    for (const std::string& words : expected) {
      CAPTURE(words);
      CHECK(ran.error.find(words) != std::string::npos);
    }
    CHECK(std::filesystem::is_empty(*this / "out"));
    CHECK(ran.out.empty());
  }
};

TEST_CASE("files that are not what they should be") {
  const BadInputFolder folder;
  folder.file("empty.dng", "");
  folder.file("text.dng", "no picture at all\n");
  folder.file("short.raw", read_file(folder / "frame.raw").substr(0, 5000));
  REQUIRE(folder.run("develop frame.raw -o whole.dng" + kRawFrame).code == 0);
  folder.file("cut.dng", read_file(folder / "whole.dng").substr(0, 4000));
  folder.file("cut.png", "\x89PNG\r\n\x1a\n");
  folder.rejects("develop missing.dng -o out/a.jpg", {"missing.dng", "no such file"});
  folder.rejects("develop out -o out/a.jpg", {"out", "not a regular file"});
  folder.rejects("develop empty.dng -o out/a.jpg", {"empty.dng", "empty"});
  folder.rejects("develop text.dng -o out/a.jpg", {"text.dng"});
  folder.rejects("develop cut.dng -o out/a.jpg", {"cut.dng"});
  folder.rejects("develop cut.png -o out/a.jpg --raw-format SRGGB16", {"cut.png", "damaged PNG"});
  folder.rejects("develop short.raw -o out/a.jpg" + kRawFrame, {"short.raw", "5000 bytes"});
  folder.rejects("info short.raw" + kRawFrame, {"short.raw", "5000 bytes"});
}

TEST_CASE("raw formats that cannot be") {
  const BadInputFolder folder;
  for (const char* format : {"0x0:SRGGB12", "65536x48:SRGGB12", "64x48:SRGGB12:100", "64x48:SRXGB12", "64x48:SRGGB11",
                             "64:SRGGB12", "-4x48:SRGGB12", "99999999999x48:SRGGB12", "64x48"})
    folder.rejects(kDevelop + " --raw-format " + format, {format});
  folder.rejects(kDevelop + " --raw-format 1x1:SRGGB12", {"1x1"});
}

TEST_CASE("levels that cannot be") {
  const BadInputFolder folder;
  const std::string start = kDevelop + " --raw-format 64x48:SRGGB12";
  folder.rejects(start + " --black 4095 --white 4095", {"4095"});
  folder.rejects(start + " --black 300 --white 256", {"256"});
  folder.rejects(start + " --black nan", {"nan"});
  folder.rejects(start + " --black 1,2,3", {"1,2,3"});
  folder.rejects(start + " --white inf", {"inf"});
  folder.rejects(start + " --white 70000", {"70000"});
}

TEST_CASE("colour that cannot be") {
  const BadInputFolder folder;
  const std::string start = kDevelop + kRawFrame;
  folder.rejects(start + "--ccm 1,0,0,0,1,0,0,0,nan", {"--ccm", "nan"});
  folder.rejects(start + "--ccm 1,0,0,1,0,0,0,0,1", {"--ccm", "regular"});
  folder.rejects(start + "--ccm 1,0,0,0,1,0,0,0", {"--ccm", "9 numbers"});
  folder.rejects(start + "--ccm 1,0,0,0,1,0,0,0,1,", {"--ccm"});
  folder.rejects(start + "--awbgains 2", {"--awbgains"});
  folder.rejects(start + "--awbgains inf,1", {"--awbgains"});
  folder.rejects(start + "--awbgains 0,1", {"--awbgains", "0.1 to 15"});
  folder.rejects(start + "--digital-gain nan", {"--digital-gain"});
  folder.rejects(start + "--ev nan", {"--ev"});
}

TEST_CASE("stages and fields that are not there") {
  const BadInputFolder folder;
  const std::string start = kDevelop + kRawFrame;
  folder.rejects(start + "--disable unpack", {"--disable unpack", "cannot be left out", "sharpen"});
  folder.rejects(start + "--disable sharpness", {"--disable sharpness", "unknown"});
  folder.rejects(start + "--set sharpness.strength=1", {"sharpness", "unknown", "sharpen"});
  folder.rejects(start + "--set sharpen.strong=1", {"sharpen.strong", "unknown", "strength"});
  folder.rejects(start + "--set sharpen.strength=1000", {"sharpen.strength", "1000", "allowed"});
  folder.rejects(start + "--set sharpen.strength=much", {"sharpen.strength", "much", "allowed"});
  folder.rejects(start + "--set sharpen.strength", {"'='"});
  folder.rejects("plan --set sharpen.strong=1", {"sharpen.strong"});
}

TEST_CASE("tuning files that cannot be read") {
  const BadInputFolder folder;
  folder.file("deep.json", std::string(1000, '[') + std::string(1000, ']'));
  folder.file("twice.json", R"({"sunny16_tuning": 1, "sunny16_tuning": 1})");
  folder.file("range.json", R"({"sunny16_tuning": 1, "stages": {"sharpen": {"strength": -4}}})");
  folder.file("key.json", R"({"sunny16_tuning": 1, "stages": {"sharpen": {"strong": 1}}})");
  folder.file("broken.json", R"({"sunny16_tuning": 1,)");
  const std::string start = kDevelop + kRawFrame + "--tuning-file ";
  folder.rejects(start + "missing.json", {"missing.json"});
  folder.rejects(start + "deep.json", {"deep.json"});
  folder.rejects(start + "twice.json", {"twice.json", "sunny16_tuning"});
  folder.rejects(start + "range.json", {"range.json", "$.stages.sharpen.strength", "-4", "allowed"});
  folder.rejects(start + "key.json", {"key.json", "$.stages.sharpen.strong", "unknown", "allowed"});
  folder.rejects(start + "broken.json", {"broken.json"});
}

TEST_CASE("pictures that cannot be made") {
  const BadInputFolder folder;
  const std::string start = kDevelop + kRawFrame;
  for (const char* roi :
       {"0.5,0.5,0.6,0.5", "0,0,0,0", "-0.1,0,0.5,0.5", "60,40,10,10", "0,0,nan,1", "0,0,1", "1e9,0,4,4", "0,0,4,1.5"})
    folder.rejects(start + "--roi " + roi, {"roi"});
  folder.rejects(start + "--width 1000", {"4 times"});
  folder.rejects(start + "--width 20000", {"--width"});
  folder.rejects(start + "--rotation 45", {"--rotation"});
  folder.rejects(start + "--profile best", {"--profile", "best", "lite"});
  folder.rejects(start + "--look dreamy", {"look", "dreamy", "signature/authentic"});
  folder.rejects(start + "--hdr multi", {"--hdr", "multi", "off single auto"});
  folder.rejects(start + "--detector frame.raw", {"frame.raw", "no usable ONNX model"});
  folder.rejects(start + "--frame pink", {"--frame", "pink", "off white black"});
  folder.rejects(start + "--frame white --board zero2w", {"--frame", "on zero2w", "captions"});
  for (const char* picture : {"a.dng", "a.yuv", "a.nv12", "a.tif", "a.png --depth 16"})
    folder.rejects("develop frame.raw" + kRawFrame + "--frame white -o out/" + picture, {"--frame", "8 bits of RGB"});
  folder.rejects(start + "-q 0", {"--quality"});
  folder.rejects(start + "--threads 0", {"--threads"});
  folder.rejects("bench --size 1:1", {"--size", "1:1"});
  folder.rejects("plan --size 64", {"--size", "64"});
  folder.rejects("plan --size 64:64x", {"--size", "64:64x"});
}

TEST_CASE("outputs that cannot be written") {
  const BadInputFolder folder;
  folder.add_frame("same.png");
  folder.file("other.raw", "");
  const std::string frame = "develop frame.raw" + kRawFrame;
  folder.rejects(frame + "-o nowhere/a.jpg", {"nowhere"});
  folder.rejects(frame + "-o nowhere/", {"nowhere"});
  folder.rejects(frame + "-o out/a.bmp", {"out/a.bmp", ".jpg"});
  folder.rejects(frame + "-o out -e bmp", {"bmp", ".jpg"});
  folder.rejects(frame + "-o out/a.jpg --metadata nowhere/a.json", {"nowhere"});
  folder.rejects("develop same.png -o same.png" + kRawFrame, {"same.png", "is the input"});
  folder.rejects("develop same.png -o ./out/../same.png" + kRawFrame, {"is the input"});
  folder.rejects(frame + "-o out/a.jpg --metadata frame.raw", {"frame.raw", "is the input"});
  folder.rejects("develop frame.raw other.raw -o out/a.jpg" + kRawFrame, {"out/a.jpg", "folder"});
  std::filesystem::create_directory(folder / "more");
  folder.add_frame("more/frame.dng");
  folder.rejects("develop frame.raw more/frame.dng -o out" + kRawFrame, {"frame.jpg", "frame.raw", "frame.dng"});
  folder.rejects("develop frame.raw other.raw -o out --metadata all.json" + kRawFrame, {"all.json", "folder"});
}

TEST_CASE("what cannot be compared") {
  const BadInputFolder folder;
  folder.file("tuning.json", R"({"sunny16_tuning": 1})");
  folder.file("broken.json", R"({"sunny16_tuning": 1)");
  folder.file("words.txt", "no picture\n");
  std::filesystem::create_directory(folder / "empty");
  REQUIRE(folder.run("develop frame.raw -o a.png" + kRawFrame).code == 0);
  REQUIRE(folder.run("develop frame.raw -o small.png --width 32" + kRawFrame).code == 0);
  REQUIRE(folder.run("develop frame.raw -o tiny.png --width 8" + kRawFrame + "--roi 0,0,32,24").code == 0);
  REQUIRE(folder.run("develop frame.raw -o a.jpg --dump-stages stages" + kRawFrame).code == 0);
  REQUIRE(folder.run("develop frame.raw -o a.jpg --profile preview --dump-stages half" + kRawFrame).code == 0);
  folder.file("cut.png", read_file(folder / "a.png").substr(0, 500));
  const std::string to = " --json out/a.json --report out/a.html ";
  folder.rejects("compare a.png" + to, {"A B"});
  folder.rejects("compare a.png missing.png" + to, {"missing.png", "no such file"});
  folder.rejects("compare a.png words.txt" + to, {"words.txt", "PNG, JPEG and TIFF"});
  folder.rejects("compare a.png cut.png" + to, {"cut.png", "damaged PNG"});
  folder.rejects("compare a.png small.png" + to, {"64 x 48", "32 x 24"});
  folder.rejects("compare tiny.png tiny.png" + to, {"8 x 6"});
  folder.rejects("compare a.png tuning.json" + to, {"tuning.json", "a tuning", "a.png"});
  folder.rejects("compare stages a.png" + to, {"a.png", "a picture", "a folder of stages"});
  folder.rejects("compare stages empty" + to, {"empty", "no stages"});
  folder.rejects("compare stages half" + to, {"64 x 48", "32 x 24"});
  folder.rejects("compare default tuning.json" + to, {"--raw", "found nothing"});
  folder.rejects("compare a.png a.png --raw frame.raw" + to, {"--raw", "frame.raw", "tunings only"});
  const std::string raw = " --raw frame.raw" + kRawFrame + to;
  folder.rejects("compare default broken.json" + raw, {"broken.json"});
  folder.rejects("compare default tuning.json --raw missing.raw" + to, {"missing.raw"});
  folder.rejects("compare default tuning.json --profile best" + raw, {"--profile", "best"});
  folder.rejects("compare default tuning.json --awb magic" + raw, {"--awb", "magic"});
  folder.rejects("compare default tuning.json --set sharpen.strong=1" + raw, {"sharpen.strong"});
  folder.rejects("compare default tuning.json --raw frame.raw --report nowhere/a.html" + kRawFrame,
                 {"nowhere", "no such folder"});
  folder.rejects("compare a.png small.png --report small.png", {"small.png", "is the input"});
}

TEST_CASE("command lines that are none") {
  const BadInputFolder folder;
  folder.rejects("", {"no command", "develop"});
  folder.rejects("delevop", {"delevop", "develop"});
  folder.rejects("develop", {"IN"});
  folder.rejects("develop frame.raw", {"--output"});
  folder.rejects(kDevelop + " --sharpness 3", {"--sharpness"});
}

}  // namespace
}  // namespace sunny16
