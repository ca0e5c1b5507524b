#include "hal/libcamera/raw_format.h"

#include <doctest/doctest.h>

using namespace sunny16;
using hal::sample_format;
using isp::CfaPhase;
using isp::Packing;

TEST_CASE("libcamera's names of raw formats, there and back") {
  struct Known {
    std::string_view name;
    hal::SampleFormat format;
  };
  const Known known[] = {
      {"SRGGB8", {.phase = CfaPhase::rggb, .bits = 8, .packing = Packing::u8}},
      {"SGRBG10", {.phase = CfaPhase::grbg, .bits = 10, .packing = Packing::u16}},
      {"SBGGR10_CSI2P", {.phase = CfaPhase::bggr, .bits = 10, .packing = Packing::csi2_10}},
      {"SGBRG12_CSI2P", {.phase = CfaPhase::gbrg, .bits = 12, .packing = Packing::csi2_12}},
      {"SRGGB14_CSI2P", {.phase = CfaPhase::rggb, .bits = 14, .packing = Packing::csi2_14}},
      {"SBGGR16", {.phase = CfaPhase::bggr, .bits = 16, .packing = Packing::u16}},
      {"R8", {.monochrome = true, .bits = 8, .packing = Packing::u8}},
      {"R10_CSI2P", {.monochrome = true, .bits = 10, .packing = Packing::csi2_10}},
  };
  for (const auto& [name, format] : known) {
    CAPTURE(name);
    CHECK(sample_format(name) == format);
    CHECK(hal::format_name(format) == name);
  }
}

TEST_CASE("compressed, foreign and developed formats are none of ours") {
  for (const std::string_view name : {"", "S", "SRGGB", "SRGGB9", "SRGGB8_CSI2P", "SRGGB16_CSI2P", "SRGGB10_IPU3",
                                      "RGGB_PISP_COMP1", "MONO_PISP_COMP1", "RGB888", "RGB565", "R", "R8_CSI2P", "NV12",
                                      "SRGGB10_CSI2P_", "SXYZW10", "SRGGB1000000000000"}) {
    CAPTURE(name);
    CHECK_FALSE(sample_format(name).has_value());
  }
}

TEST_CASE("what a board would compress is asked for unpacked") {
  const auto packed = *sample_format("SBGGR10_CSI2P");
  CHECK(hal::format_name(hal::unpacked(packed)) == "SBGGR10");
  CHECK(hal::packed(hal::unpacked(packed)) == packed);
  CHECK_FALSE(hal::packed(*sample_format("SRGGB8")).has_value());
}

TEST_CASE("white is the sensor's largest number, shifted up in a container of more bits") {
  CHECK(hal::white_level(*sample_format("SRGGB10"), 10) == 1023);
  CHECK(hal::white_level(*sample_format("SRGGB12_CSI2P"), 12) == 4095);
  CHECK(hal::white_level(*sample_format("SRGGB16"), 10) == 1023 * 64);
  CHECK(hal::white_level(*sample_format("SRGGB16"), 12) == 4095 * 16);
  CHECK(hal::white_level(*sample_format("SRGGB16"), 16) == 65535);
}
