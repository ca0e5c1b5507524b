#include "firmware/service/control_ranges.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "firmware/control/controls.h"

namespace sunny16::firmware {
namespace {

const hal::SensorLimits kLimits{.exposure_us = {14, 112000},
                                .analogue_gain = {1.125, 16},
                                .frame_duration_us = {8333, 200000},
                                .lens_position = hal::Range{0, 10}};

nlohmann::ordered_json range_of(const std::string& name, const hal::SensorLimits& limits = kLimits) {
  const auto ranges = control_ranges(limits);
  const auto found = std::ranges::find_if(ranges, [&](const auto& range) { return range["name"] == name; });
  REQUIRE(found != ranges.end());
  return *found;
}

TEST_CASE("every control has a range") {
  CHECK(control_ranges(kLimits).size() == std::tuple_size_v<decltype(isp::Describe<Controls>::fields)>);
}

TEST_CASE("the sensor's limits count where they are narrower") {
  const auto exposure = range_of("ExposureTime");
  CHECK(exposure["minimum"] == 14);
  CHECK(exposure["maximum"] == 112000);
  CHECK(exposure["automatic"] == 0);
  CHECK(exposure["unit"] == "us");
  CHECK(range_of("AnalogueGain")["maximum"] == 16);
  CHECK(range_of("LensPosition")["maximum"] == 10);
  CHECK(range_of("ExposureValue")["minimum"] == -8);
}

TEST_CASE("enums list their values, arrays their size") {
  CHECK(range_of("AwbMode")["type"] == "enum");
  CHECK(range_of("AwbMode")["values"].size() == 8);
  CHECK(range_of("AwbMode")["default"] == "AwbAuto");
  CHECK(range_of("ColourGains")["size"] == 2);
  CHECK_FALSE(range_of("AfWindows").contains("size"));
  CHECK(range_of("AeEnable")["type"] == "boolean");
}

TEST_CASE("without a lens that moves, focus cannot be had") {
  hal::SensorLimits fixed = kLimits;
  fixed.lens_position.reset();
  CHECK(range_of("AfMode", fixed)["available"] == false);
  CHECK(range_of("LensPosition", fixed)["available"] == false);
  CHECK(range_of("ExposureTime", fixed)["available"] == true);
  CHECK(range_of("AfMode")["available"] == true);
}

}  // namespace
}  // namespace sunny16::firmware
