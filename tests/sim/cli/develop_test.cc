// sunny16 develop: geometry, several files, metadata.
#include <doctest/doctest.h>
#include <png.h>

#include <nlohmann/json.hpp>

#include "tests/sim/cli/run_cli.h"

namespace sunny16 {
namespace {

struct Rgb {
  int width = 0, height = 0;
  std::vector<std::uint8_t> bytes;

  std::array<int, 3> at(int x, int y) const {
    const auto* p = bytes.data() + 3 * (y * width + x);
    return {p[0], p[1], p[2]};
  }
  /// A picture whose pixel (x, y) is f(x, y).
  template <class F>
  static Rgb made(int width, int height, F&& f) {
    Rgb rgb{width, height, {}};
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x)
        for (const int v : f(x, y)) rgb.bytes.push_back(static_cast<std::uint8_t>(v));
    return rgb;
  }
  friend bool operator==(const Rgb&, const Rgb&) = default;
};

Rgb read_png(const std::filesystem::path& path) {
  CAPTURE(path.string());
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  REQUIRE(png_image_begin_read_from_file(&image, path.c_str()));
  image.format = PNG_FORMAT_RGB;
  Rgb rgb{static_cast<int>(image.width), static_cast<int>(image.height), {}};
  rgb.bytes.resize(PNG_IMAGE_SIZE(image));
  REQUIRE(png_image_finish_read(&image, nullptr, rgb.bytes.data(), 0, nullptr));
  return rgb;
}

/// Develops frame.raw with more options, without dither: its pattern belongs to the picture's corner, not to its
/// content.
Rgb develop(const CliFolder& folder, const std::string& options, const std::string& input = "frame.raw" + kRawFrame) {
  CAPTURE(options);
  const Ran ran = folder.run("develop " + input + " -o picture.png --set dither.strength=0 " + options);
  CAPTURE(ran.error);
  REQUIRE(ran.code == 0);
  return read_png(folder / "picture.png");
}

TEST_CASE("turned pictures are the upright one, turned") {
  const CliFolder folder;
  folder.add_frame("frame.raw");
  const Rgb upright = develop(folder, "");
  const int w = upright.width, h = upright.height;
  REQUIRE(w == 64);
  REQUIRE(h == 48);
  CHECK(develop(folder, "--hflip") == Rgb::made(w, h, [&](int x, int y) { return upright.at(w - 1 - x, y); }));
  CHECK(develop(folder, "--vflip") == Rgb::made(w, h, [&](int x, int y) { return upright.at(x, h - 1 - y); }));
  CHECK(develop(folder, "--rotation 180") == develop(folder, "--hflip --vflip"));
  CHECK(develop(folder, "--rotation 90") == Rgb::made(h, w, [&](int x, int y) { return upright.at(y, h - 1 - x); }));
  CHECK(develop(folder, "--rotation 270") == Rgb::made(h, w, [&](int x, int y) { return upright.at(w - 1 - y, x); }));
  CHECK(develop(folder, "--rotation 90 --hflip") == Rgb::made(h, w, [&](int x, int y) { return upright.at(y, x); }));
}

TEST_CASE("a turned DNG holds the same raw pixels, and says how they stand") {
  const CliFolder folder;
  folder.add_frame("frame.raw");
  const std::string settled = " --digital-gain 1 --awbgains 2,1.6 --ccm 1.7,-0.5,-0.2,-0.25,1.5,-0.25,0,-0.6,1.6";
  for (const std::string turn : {"--hflip", "--rotation 90", "--rotation 270 --vflip"}) {
    const Rgb expected = develop(folder, turn + settled);
    REQUIRE(folder.run("develop frame.raw -o turned.dng " + turn + kRawFrame).code == 0);
    CHECK(develop(folder, settled, "turned.dng") == expected);
  }
}

TEST_CASE("a part of the picture is the picture's part, wherever in the colour pattern it starts") {
  const CliFolder folder;
  folder.add_frame("frame.raw");
  const Rgb whole = develop(folder, "");
  for (const auto& [x, y] : {std::pair{0, 0}, {5, 2}, {2, 7}, {11, 13}}) {
    const std::string roi = std::to_string(x) + "," + std::to_string(y) + ",30,21";
    CHECK(develop(folder, "--roi " + roi) ==
          Rgb::made(30, 21, [&, x = x, y = y](int i, int j) { return whole.at(x + i, y + j); }));
  }
  CHECK(develop(folder, "--roi 0.25,0.5,0.5,0.25") ==
        Rgb::made(32, 12, [&](int i, int j) { return whole.at(16 + i, 24 + j); }));
}

TEST_CASE("a side alone keeps the proportions, before and after turning") {
  const CliFolder folder;
  folder.add_frame("frame.raw");
  const Rgb small = develop(folder, "--width 32"), tall = develop(folder, "--height 96 --rotation 90");
  CHECK(small.width == 32);
  CHECK(small.height == 24);
  CHECK(tall.width == 72);
  CHECK(tall.height == 96);
}

TEST_CASE("a frame goes around the turned picture, broader below") {
  const CliFolder folder;
  folder.add_frame("frame.raw");
  const Rgb picture = develop(folder, "--rotation 90"), framed = develop(folder, "--rotation 90 --frame white");
  REQUIRE(framed.width == 48 + 2 + 2);
  REQUIRE(framed.height == 64 + 2 + 6);
  CHECK(framed.at(1, 1) == std::array{255, 255, 255});
  CHECK(picture == Rgb::made(48, 64, [&](int x, int y) { return framed.at(x + 2, y + 2); }));
  CHECK(develop(folder, "--rotation 90 --frame off") == picture);
}

TEST_CASE("the same bytes for any number of threads, and the preview is half as large") {
  const CliFolder folder;
  folder.add_frame("frame.raw");
  CHECK(develop(folder, "--threads 1") == develop(folder, "--threads 5"));
  const Rgb preview = develop(folder, "--profile preview");
  CHECK(preview.width == 32);
  CHECK(preview.height == 24);
}

TEST_CASE("several files go into a folder, each with its metadata, and one bad file stops nothing that came before") {
  const CliFolder folder;
  for (const char* name : {"a.raw", "b.raw"}) folder.add_frame(name);
  folder.file("c.raw", "too short");
  std::filesystem::create_directory(folder / "out");
  const Ran ran = folder.run("develop a.raw b.raw c.raw -o out -e png --metadata out" + kRawFrame);
  CHECK(ran.code == 2);
  CHECK(ran.error.find("c.raw") != std::string::npos);
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "out"))
    names.push_back(entry.path().filename());
  std::ranges::sort(names);
  CHECK(names == std::vector<std::string>{"a.json", "a.png", "b.json", "b.png"});
  CHECK(read_png(folder / "out/a.png") == read_png(folder / "out/b.png"));
}

TEST_CASE("on a terminal, a bar shows how far the work on several files is") {
  const CliFolder folder;
  for (const char* name : {"a.raw", "b.raw"}) folder.add_frame(name);
  std::filesystem::create_directory(folder / "out");
  const Ran terminal =
      folder.run("--version >/dev/null; script -qec \"'" SUNNY16_BINARY "' develop a.raw b.raw -o out" + kRawFrame +
                 "\" /dev/null");
  CHECK(terminal.code == 0);
  CHECK(terminal.out.find("[###############...............] 1/2 b.raw") != std::string::npos);
  CHECK(terminal.out.find("2/2") != std::string::npos);
  CHECK(folder.run("develop a.raw b.raw -o out" + kRawFrame).error.empty());
}

TEST_CASE("metadata have libcamera's names") {
  const CliFolder folder;
  folder.add_frame("frame.raw");
  folder.file(
      "frame.raw.json",
      R"({"raw_format": "64x48:SRGGB12", "black": 256, "white": 4095, "ExposureTime": 10000, "AnalogueGain": 4, "Lux": 250})");
  const Ran ran = folder.run("develop frame.raw -o a.jpg --awbgains 2.5,1.5 --digital-gain 2 --metadata -");
  REQUIRE(ran.code == 0);
  const auto json = nlohmann::json::parse(ran.out);
  CHECK(json["ExposureTime"] == 10000);
  CHECK(json["AnalogueGain"] == 4);
  CHECK(json["Lux"] == 250);
  CHECK(json["DigitalGain"] == 2);
  CHECK(json["ColourGains"][0].get<double>() == doctest::Approx(2.5));
  CHECK(json["ColourGains"][1].get<double>() == doctest::Approx(1.5));
  CHECK(json["ColourTemperature"].is_number());
  CHECK(json["ColourCorrectionMatrix"].size() == 9);
  CHECK(json["SensorBlackLevels"] == nlohmann::json({256, 256, 256, 256}));
  CHECK(json["RegistersHash"].get<std::string>().size() == 16);
}

TEST_CASE("what each stage gives can be looked at") {
  const CliFolder folder;
  folder.add_frame("frame.raw");
  REQUIRE(folder.run("develop frame.raw -o a.jpg --dump-stages stages --disable sharpen" + kRawFrame).code == 0);
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "stages"))
    names.push_back(entry.path().filename());
  std::ranges::sort(names);
  REQUIRE(names.size() > 8);
  CHECK(names.front() == "00_unpack.png");
  CHECK(names.back().find("tone_curve") != std::string::npos);
}

TEST_CASE("every kind of file") {
  const CliFolder folder;
  folder.add_frame("frame.raw");
  for (const char* name : {"a.jpg", "a.JPEG", "a.png", "a.tif", "a.dng", "a.yuv", "a.nv12"}) {
    CAPTURE(name);
    CHECK(folder.run("develop frame.raw -o " + std::string(name) + kRawFrame).code == 0);
    CHECK(std::filesystem::file_size(folder / name) > 0);
  }
  CHECK(std::filesystem::file_size(folder / "a.yuv") == 64 * 48 * 3 / 2);
}

}  // namespace
}  // namespace sunny16
