#include "hal/replay/open_frame.h"

#include <doctest/doctest.h>
#include <png.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "hal/api/raw_sample.h"
#include "tests/data_dir.h"
#include "tests/temp_dir.h"

using namespace sunny16;
using hal::InputError;
using hal::open_frame;
using hal::raw_sample;
using hal::RawDescription;
using hal::RawFormat;

namespace {

RawDescription described(std::string_view format) { return {.format = RawFormat::parse(format)}; }

std::string error_of(const std::filesystem::path& path, const RawDescription& description = {}) {
  try {
    open_frame(path, description);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

/// A grey PNG, or with `colour_type` another one.
std::filesystem::path png_file(const TempDir& dir, int width, int height, int format, const void* pixels) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = static_cast<png_uint_32>(format);
  const auto path = dir / "cfa.png";
  REQUIRE(png_image_write_to_file(&image, path.c_str(), 0, pixels, 0, nullptr));
  return path;
}

}  // namespace

TEST_CASE("packed samples are what MIPI CSI-2 says") {
  const TempDir dir;
  const auto samples = [&](std::string_view format, std::string_view bytes) {
    const hal::RawFrame frame = open_frame(dir.file("packed.raw", bytes), described(format));
    std::vector<int> out;
    for (int x = 0; x < frame.raw.width; ++x) out.push_back(raw_sample(frame.raw, x, 1));
    return out;
  };
  // The second of two rows: its high bytes, then the low bits, first sample lowest.
  CHECK(samples("4x2:SRGGB10_CSI2P", std::string(5, '\0') + "\x12\x34\x56\x78\xE4") ==
        std::vector{0x12 << 2, 0x34 << 2 | 1, 0x56 << 2 | 2, 0x78 << 2 | 3});
  CHECK(samples("2x2:SRGGB12_CSI2P", std::string(3, '\0') + "\x12\x34\xBA") == std::vector{0x12A, 0x34B});
  CHECK(samples("4x2:SRGGB14_CSI2P", std::string(7, '\0') + "\x12\x34\x56\x78\x81\x20\xFC") ==
        std::vector{0x12 << 6 | 1, 0x34 << 6 | 2, 0x56 << 6 | 2, 0x78 << 6 | 63});
  CHECK(samples("2x2:SRGGB8", "\x01\x02\xFE\xFF") == std::vector{0xFE, 0xFF});
  CHECK(samples("2x2:SRGGB10", std::string(4, '\0') + "\xFF\x03\x02\x01") == std::vector{0x3FF, 0x102});
  CHECK(samples("2x2:SRGGB16:6", std::string("......\xC0\xFF\x01\x10")) ==
        std::vector{0xFFC0, 0x1001});  // no padding at the end
}

TEST_CASE("levels of headerless data") {
  const TempDir dir;
  const auto path = dir.file("frame.raw", std::string(8, '\0'));
  const hal::RawFrame plain = open_frame(path, described("2x2:SGBRG12"));
  CHECK(plain.black == std::array<double, 4>{});
  CHECK(plain.white == 4095);
  CHECK(plain.bits == 12);
  CHECK(plain.raw.phase == isp::CfaPhase::gbrg);
  CHECK(plain.raw.valid());

  dir.file("frame.raw.json", R"({"raw_format": "2x2:SGBRG12", "black": 256, "white": 4000, "Lux": 12})");
  const hal::RawFrame sidecar = open_frame(path);
  CHECK(sidecar.black == std::array<double, 4>{256, 256, 256, 256});
  CHECK(sidecar.white == 4000);
  CHECK(sidecar.applied.lux == 12);
  const hal::RawFrame both = open_frame(path, {.white = 3000.5});
  CHECK(both.black[0] == 256);
  CHECK(both.white == 3000.5);

  dir.file("frame.raw.json", R"({"raw_format": "2x2:SGBRG12", "blak": 256})");
  CHECK(error_of(path) == path.string() + ".json: /blak: unknown key");
}

TEST_CASE("headerless data of the wrong size is an error") {
  const TempDir dir;
  const auto name = (dir / "frame.raw").string();
  CHECK(error_of(name) == name + ": no such file");
  CHECK(error_of(dir.path()) == dir.path().string() + ": not a regular file");
  dir.file("frame.raw", "");
  CHECK(error_of(name, described("2x2:SRGGB8")) == name + ": the file is empty");
  dir.file("frame.raw", "123");
  CHECK(error_of(name, described("2x2:SRGGB8")) == name + ": found 3 bytes; 2x2 in this format, 2 bytes a row, has 4");
  dir.file("frame.raw", std::string(4 + 4095, 'x'));  // a buffer of whole pages
  CHECK(error_of(name, described("2x2:SRGGB8")) == "no error");
  dir.file("frame.raw", std::string(4 + 4096, 'x'));
  CHECK(error_of(name, described("2x2:SRGGB8")) ==
        name + ": found 4100 bytes; 2x2 in this format, 2 bytes a row, has 4");
  CHECK(error_of(name, described("SRGGB8")).starts_with(name + ": the raw format has no size"));
  CHECK(error_of(name).starts_with(name + ": no raw picture that can be read; headerless data needs a raw format"));
  CHECK(error_of(name, {.format = RawFormat::parse("2x2:SRGGB8"), .white = 0.0}).starts_with(name + ": found"));

  std::filesystem::resize_file(name, hal::kMaxFileBytes + 1);  // sparse
  CHECK(error_of(name, described("2x2:SRGGB8")) ==
        name + ": the file has 1073741825 bytes; allowed are at most 1073741824");
}

TEST_CASE("a grey PNG is CFA data") {
  const TempDir dir;
  const std::array<std::uint16_t, 6> samples{1, 256, 1023, 512, 300, 77};
  auto path = png_file(dir, 3, 2, PNG_FORMAT_LINEAR_Y, samples.data());
  CHECK(error_of(path).ends_with(": a PNG does not say what its colour filters are; give a raw format, as in SGRBG10"));
  for (const char* format : {"SGRBG10", ":SGRBG10", "3x2:SGRBG10"}) {
    const hal::RawFrame frame =
        open_frame(path, {.format = RawFormat::parse(format), .black = std::array<double, 4>{1, 1, 1, 1}});
    CHECK(frame.raw.width == 3);
    CHECK(frame.raw.height == 2);
    CHECK(frame.raw.phase == isp::CfaPhase::grbg);
    CHECK(frame.bits == 10);
    CHECK(frame.white == 1023);
    CHECK(frame.black[2] == 1);
    for (int i = 0; i < 6; ++i) CHECK(raw_sample(frame.raw, i % 3, i / 3) == samples[static_cast<std::size_t>(i)]);
  }
  CHECK(error_of(path, described("4x2:SGRBG10")).ends_with(": PNG of 3x2, but the raw format says 4x2"));
  CHECK(error_of(path, described("SGRBG10_CSI2P")).ends_with("allowed is a raw format as in SGRBG10"));
  dir.file("cfa.png.json", R"({"raw_format": "SBGGR10", "white": 1000})");
  CHECK(open_frame(path).white == 1000);
  std::filesystem::remove(dir / "cfa.png.json");

  const std::vector<std::byte> whole = read_bytes(path);
  for (const std::size_t length : {std::size_t{9}, std::size_t{33}, whole.size() / 2, whole.size() - 1}) {
    dir.file("cfa.png", {reinterpret_cast<const char*>(whole.data()), length});
    CAPTURE(length);
    CHECK(error_of(path, described("SGRBG10")).find("damaged PNG") != std::string::npos);
  }
  const std::array<std::uint8_t, 6> bytes{1, 2, 3, 4, 5, 255};
  path = png_file(dir, 2, 3, PNG_FORMAT_GRAY, bytes.data());
  CHECK(raw_sample(open_frame(path, described("SRGGB8")).raw, 1, 2) == 255);
  CHECK(error_of(path, described("SRGGB10")).ends_with(": the PNG has 8 bits a sample, the raw format 10"));
  path = png_file(dir, 1, 2, PNG_FORMAT_RGB, bytes.data());
  CHECK(error_of(path, described("SRGGB8")).ends_with("allowed is a grey PNG with 8 or 16 bits a sample and no alpha"));
  path = png_file(dir, 1, 6, PNG_FORMAT_GRAY, bytes.data());
  CHECK(error_of(path, described("SRGGB8")).ends_with(": PNG of 1x6; allowed are sides from 2 to 16384"));
}

TEST_CASE("the shared raw files are read") {
  const auto data = data_dir();
  if (!data) {
    MESSAGE("SKIPPED: no shared data (set SUNNY16_DATA)");
    return;
  }
  struct Expected {
    const char *file, *format;
    double black;
    int width, height;
    const char* phase;
  };
  for (const Expected& e : std::initializer_list<Expected>{
           {"imx708/capture.bg10p", "2304x1296:SBGGR10_CSI2P:2880", 64, 2304, 1296, "BGGR"},
           {"infinite_isp_8bit/Indoor1_2592x1536_8bit_GRBG.raw", "2592x1536:SGRBG8", 12.5, 2592, 1536, "GRBG"},
           {"infinite_isp_8bit/Outdoor1_2592x1536_8bit_GRBG.raw", "2592x1536:SGRBG8", 12.5, 2592, 1536, "GRBG"},
           {"infinite_isp_8bit/Outdoor2_2592x1536_8bit_GRBG.raw", "2592x1536:SGRBG8", 12.5, 2592, 1536, "GRBG"},
           {"openisp_te269/test.RAW", "1920x1080:SRGGB10", 0, 1920, 1080, "RGGB"},
           {"nikon_dsc1339/DSC_1339_768x512_rggb.raw", "768x512:SRGGB14", 600, 768, 512, "RGGB"},
           {"nikon_dsc1339/DSC_1339_768x512_rggb_bpc_test.raw", "768x512:SRGGB14", 600, 768, 512, "RGGB"},
           {"nokia_n900/raw_crop.png", "SGRBG10", 25, 1344, 1968, "GRBG"},
           {"nokia_n900/bayer_small.png", "SGRBG10", 25, 256, 344, "GRBG"},
           {"canon_x4_dng/colorchart.dng", nullptr, 2056, 1734, 1156, "RGGB"}}) {
    CAPTURE(e.file);
    RawDescription description;
    if (e.format) {
      description = described(e.format);
      description.black = {e.black, e.black, e.black, e.black};
    }
    const hal::RawFrame frame = open_frame(*data / "raw" / e.file, description);
    CHECK(frame.raw.valid());
    CHECK(frame.raw.width == e.width);
    CHECK(frame.raw.height == e.height);
    CHECK(to_string(frame.raw.phase) == e.phase);
    CHECK(frame.black[0] == e.black);
    // Real pictures lie between the levels, and their greens agree: a wrong phase or packing shows here.
    std::array<double, 4> mean{};
    for (int y = 0; y < e.height; ++y)
      for (int x = 0; x < e.width; ++x)
        mean[isp::quad_plane(frame.raw.phase, x, y)] += raw_sample(frame.raw, x, y) * 4.0 / e.width / e.height;
    for (const double m : mean) CHECK((m > e.black && m < frame.white));
    CHECK(mean[isp::kGr] == doctest::Approx(mean[isp::kGb]).epsilon(0.01));
  }
}

TEST_CASE("the Canon DNG says what its tags say") {
  const auto data = data_dir();
  if (!data) {
    MESSAGE("SKIPPED: no shared data (set SUNNY16_DATA)");
    return;
  }
  const hal::RawFrame frame = open_frame(*data / "raw/canon_x4_dng/colorchart.dng");
  CHECK(frame.white == 15000);
  CHECK(frame.bits == 14);
  CHECK(frame.make == "Canon");
  CHECK(frame.unique_model == "Canon EOS Kiss X4");
  REQUIRE(frame.as_shot_neutral);
  CHECK((*frame.as_shot_neutral)[0] == doctest::Approx(1 / 2.477));
  CHECK((*frame.as_shot_neutral)[2] == doctest::Approx(1.462 / 2.477));
  REQUIRE(frame.calibrations.size() == 1);
  CHECK(frame.calibrations[0].illuminant_temperature == 6504);
  CHECK(frame.calibrations[0].xyz_to_camera[0] == doctest::Approx(0.6461));
  CHECK(frame.calibrations[0].xyz_to_camera[8] == doctest::Approx(0.6039));
  CHECK_FALSE(frame.shading);
}
