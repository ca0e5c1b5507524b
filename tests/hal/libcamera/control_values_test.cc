#include "hal/libcamera/control_values.h"

#include <doctest/doctest.h>

#include <limits>

#include <libcamera/control_ids.h>

using namespace sunny16;
using libcamera::ControlInfo;
using libcamera::ControlInfoMap;
using libcamera::ControlList;
namespace controls = libcamera::controls;

namespace {

/// What a Raspberry Pi with a Camera Module 3 offers.
ControlInfoMap offered_by_a_phone_like_camera() {
  return {{{&controls::AeEnable, ControlInfo(false, true)},
           {&controls::AwbEnable, ControlInfo(false, true)},
           {&controls::AfMode, ControlInfo(controls::AfModeValues)},
           {&controls::ExposureTime, ControlInfo(std::int32_t{13}, std::int32_t{200000})},
           {&controls::AnalogueGain, ControlInfo(1.0f, 16.0f)},
           {&controls::LensPosition, ControlInfo(0.0f, 15.0f)},
           {&controls::FrameDurationLimits, ControlInfo(std::int64_t{17849}, std::int64_t{220416})}},
          controls::controls};
}

const ControlInfoMap kOffersNothing({}, controls::controls);

}  // namespace

TEST_CASE("a frame's metadata becomes what was applied to it") {
  ControlList metadata(controls::controls);
  CHECK_FALSE(hal::applied_settings(metadata).exposure_us.has_value());
  CHECK(hal::sensor_timestamp_ns(metadata) == 0);
  metadata.set(controls::ExposureTime, std::int32_t{20000});
  metadata.set(controls::AnalogueGain, 2.5f);
  metadata.set(controls::DigitalGain, 1.25f);
  metadata.set(controls::LensPosition, 0.5f);
  metadata.set(controls::FrameDuration, std::int64_t{33333});
  metadata.set(controls::SensorTemperature, 41.5f);
  metadata.set(controls::Lux, 210.0f);
  metadata.set(controls::ColourTemperature, std::int32_t{4500});
  metadata.set(controls::SensorTimestamp, std::int64_t{123456789012});
  const hal::AppliedSettings applied = hal::applied_settings(metadata);
  CHECK(applied.exposure_us == 20000);
  CHECK(applied.analogue_gain == 2.5);
  CHECK(applied.digital_gain == 1.25);
  CHECK(applied.lens_position == 0.5);
  CHECK(applied.frame_duration_us == 33333);
  CHECK(applied.sensor_temperature_c == 41.5);
  CHECK(applied.lux == 210);
  CHECK(applied.colour_temperature == 4500);
  CHECK(hal::sensor_timestamp_ns(metadata) == 123456789012);
}

TEST_CASE("black levels come on a 16-bit scale, R Gr Gb B") {
  ControlList metadata(controls::controls);
  CHECK_FALSE(hal::black_levels(metadata, 10).has_value());
  const std::array<std::int32_t, 4> levels{4096, 4100, 4104, 4160};
  metadata.set(controls::SensorBlackLevels, libcamera::Span<const std::int32_t, 4>(levels));
  CHECK(hal::black_levels(metadata, 10) == std::array<double, 4>{64, 64.0625, 64.125, 65});
  CHECK(hal::black_levels(metadata, 16) == std::array<double, 4>{4096, 4100, 4104, 4160});
}

TEST_CASE("limits are what the camera offers") {
  const hal::SensorLimits limits = hal::sensor_limits(offered_by_a_phone_like_camera());
  CHECK(limits.exposure_us.minimum == 13);
  CHECK(limits.exposure_us.maximum == 200000);
  CHECK(limits.analogue_gain.maximum == 16);
  CHECK(limits.frame_duration_us.minimum == 17849);
  REQUIRE(limits.lens_position.has_value());
  CHECK(limits.lens_position->maximum == 15);
}

TEST_CASE("a camera that offers nothing has one exposure, one gain and no lens to move") {
  const hal::SensorLimits limits = hal::sensor_limits(kOffersNothing);
  CHECK(limits.exposure_us.minimum > 0);
  CHECK(limits.exposure_us.minimum == limits.exposure_us.maximum);
  CHECK(limits.analogue_gain.minimum == 1);
  CHECK(limits.analogue_gain.maximum == 1);
  CHECK_FALSE(limits.lens_position.has_value());
}

TEST_CASE("an exposure without an upper end is as long as a frame may be") {
  const ControlInfoMap offered(
      {{&controls::ExposureTime, ControlInfo(std::int32_t{13}, std::int32_t{0})},
       {&controls::FrameDurationLimits, ControlInfo(std::int64_t{33333}, std::int64_t{120000})}},
      controls::controls);
  CHECK(hal::sensor_limits(offered).exposure_us.maximum == 120000);
}

TEST_CASE("settings become controls, as near as the camera comes") {
  const ControlInfoMap offered = offered_by_a_phone_like_camera();
  ControlList list(controls::controls);
  hal::put_settings(
      {.exposure_us = 1e6, .analogue_gain = 0.5, .frame_duration_us = hal::Range{1000, 50000.4}, .lens_position = 2.25},
      offered, list);
  CHECK(list.get(controls::ExposureTime) == 200000);
  CHECK(list.get(controls::AnalogueGain) == 1.0f);
  CHECK(list.get(controls::LensPosition) == 2.25f);
  const auto durations = list.get(controls::FrameDurationLimits);
  REQUIRE(durations.has_value());
  CHECK((*durations)[0] == 17849);
  CHECK((*durations)[1] == 50000);
}

TEST_CASE("what is not commanded, or not offered, is left out") {
  ControlList list(controls::controls);
  hal::put_settings({.analogue_gain = 2}, offered_by_a_phone_like_camera(), list);
  CHECK(list.size() == 1);
  list.clear();
  hal::put_settings({.exposure_us = 100, .analogue_gain = 2, .lens_position = 1}, kOffersNothing, list);
  CHECK(list.empty());
}

TEST_CASE("the camera's own automatics are switched off where there are any") {
  ControlList list(controls::controls);
  hal::put_manual_modes(offered_by_a_phone_like_camera(), false, list);
  CHECK(list.get(controls::AeEnable) == false);
  CHECK(list.get(controls::AwbEnable) == false);
  CHECK(list.get(controls::AfMode) == controls::AfModeManual);
  list.clear();
  hal::put_manual_modes(offered_by_a_phone_like_camera(), true, list);
  CHECK(list.get(controls::AeEnable) == false);
  CHECK(list.get(controls::AwbEnable) == true);  // a picture of the board's needs colours
  list.clear();
  hal::put_manual_modes(kOffersNothing, false, list);
  CHECK(list.empty());
}

TEST_CASE("commands merge: the last word counts, and what is no number is none") {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  const hal::SensorSettings first{.exposure_us = 100, .analogue_gain = 2};
  const hal::SensorSettings both =
      hal::merged(first, {.exposure_us = 200, .analogue_gain = kNan, .frame_duration_us = hal::Range{1, kNan}});
  CHECK(both.exposure_us == 200);
  CHECK(both.analogue_gain == 2);
  CHECK_FALSE(both.frame_duration_us.has_value());
  CHECK_FALSE(both.lens_position.has_value());
}
