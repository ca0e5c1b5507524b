#include "hal/replay/raw_description.h"

#include <doctest/doctest.h>

#include <string>

#include "hal/replay/input_error.h"

using namespace sunny16;
using hal::InputError;
using hal::RawFormat;

TEST_CASE("every libcamera Bayer format name is read") {
  for (const std::string_view cfa : isp::kCfaNames)
    for (const int bits : {8, 10, 12, 14, 16}) {
      const std::string name = "S" + std::string(cfa) + std::to_string(bits);
      const RawFormat format = RawFormat::parse("640x480:" + name);
      CHECK(format.width == 640);
      CHECK(format.height == 480);
      CHECK(to_string(format.phase) == cfa);
      CHECK(format.bits == bits);
      CHECK(format.packing == (bits == 8 ? isp::Packing::u8 : isp::Packing::u16));
      CHECK(format.stride == 0);
    }
  CHECK(RawFormat::parse("640x480:SRGGB10_CSI2P").packing == isp::Packing::csi2_10);
  CHECK(RawFormat::parse("640x480:SRGGB12_CSI2P").packing == isp::Packing::csi2_12);
  CHECK(RawFormat::parse("640x480:SRGGB14_CSI2P").packing == isp::Packing::csi2_14);
  CHECK(RawFormat::parse("640x480:SRGGB10_CSI2P:832").stride == 832);
  CHECK(RawFormat::parse("SGRBG10").width == 0);
  CHECK(RawFormat::parse(":SGRBG10").phase == isp::CfaPhase::grbg);
}

TEST_CASE("a wrong raw format is an error") {
  for (const char* text : {"",
                           ":",
                           "640x480",
                           "640x480:",
                           "640:SRGGB10",
                           "x480:SRGGB10",
                           "640x:SRGGB10",
                           "0x0:SRGGB10",
                           "1x480:SRGGB10",
                           "-640x480:SRGGB10",
                           "65536x480:SRGGB10",
                           "640x16385:SRGGB10",
                           "99999999999x480:SRGGB10",
                           "640x480:RGGB10",
                           "640x480:SRGBG10",
                           "640x480:SRGGB",
                           "640x480:SRGGB9",
                           "640x480:SRGGB11",
                           "640x480:SRGGB8_CSI2P",
                           "640x480:SRGGB16_CSI2P",
                           "640x480:SRGGB10_CSI2",
                           "640x480:SRGGB10_CSI2P:",
                           "640x480:SRGGB10_CSI2P:799",
                           "640x480:SRGGB10:1279",
                           "640x480:SRGGB10:1280x",
                           "640x480:SRGGB10:999999",
                           "640x480:SRGGB10:-1280",
                           "SRGGB10:1280",
                           "640x480:srggb10"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(RawFormat::parse(text), InputError);
  }
}

TEST_CASE("errors say what was found and what is allowed") {
  CHECK_THROWS_WITH_AS(
      RawFormat::parse("640x480:SRGGB10:1000"),
      "raw format \"640x480:SRGGB10:1000\": a row of 640 samples needs a stride of 1280 to 66816 bytes", InputError);
  CHECK_THROWS_WITH_AS(RawFormat::parse("65536x2:SRGGB10"),
                       "raw format \"65536x2:SRGGB10\": width and height must be 2 to 16384", InputError);
}

TEST_CASE("levels") {
  using Levels = std::array<double, 4>;
  CHECK(hal::parse_black("64") == Levels{64, 64, 64, 64});
  CHECK(hal::parse_black("64,64.25,63.5,0") == Levels{64, 64.25, 63.5, 0});
  CHECK(hal::parse_white("1023") == 1023);
  for (const char* text :
       {"", "x", "-1", "65536", "nan", "inf", "1,2", "1,2,3", "1,2,3,4,5", "1,2,3,", "1 2 3 4", "64x"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(hal::parse_black(text), InputError);
  }
  for (const char* text : {"", "x", "-1", "65536", "nan", "1,2", "64x"})
    CHECK_THROWS_AS(hal::parse_white(text), InputError);

  hal::RawFrame frame;
  frame.bits = 10;
  frame.white = 1023;
  CHECK_NOTHROW(hal::apply_levels(frame, {.black = Levels{64, 64, 64, 1022.5}}));
  CHECK(frame.black[3] == 1022.5);
  CHECK_THROWS_WITH_AS(hal::apply_levels(frame, {.black = Levels{64, 64, 64, 1023}}),
                       "white level 1023 is not above black level 1023", InputError);
  CHECK_THROWS_AS(hal::apply_levels(frame, {.black = Levels{}, .white = 0.0}), InputError);
  CHECK_THROWS_WITH_AS(hal::apply_levels(frame, {.white = 1024.0}),
                       "white level 1024: allowed is at most 1023 for 10-bit samples", InputError);
}
