#include "hal/libcamera/control_values.h"

#include <algorithm>
#include <cstring>

#include <libcamera/control_ids.h>

namespace sunny16::hal {
namespace {

namespace controls = libcamera::controls;
using libcamera::ControlInfoMap;
using libcamera::ControlList;
using libcamera::ControlValue;

template <class T>
std::optional<double> first(const ControlValue& value) {
  T v;
  if (value.data().size() < sizeof v) return std::nullopt;
  std::memcpy(&v, value.data().data(), sizeof v);
  return static_cast<double>(v);
}

/// (count() would say yes for each control that libcamera has a name for.)
bool offers(const ControlInfoMap& offered, const libcamera::ControlId& control) {
  return offered.find(control.id()) != offered.end();
}

std::optional<Range> offered_range(const ControlInfoMap& offered, const libcamera::ControlId& control) {
  if (!offers(offered, control)) return std::nullopt;
  const libcamera::ControlInfo& info = offered.find(control.id())->second;
  const auto minimum = number(info.min()), maximum = number(info.max());
  if (!minimum || !maximum) return std::nullopt;
  return Range{*minimum, *maximum};
}

double nearest(double value, const Range& range) { return std::clamp(value, range.minimum, range.maximum); }

template <class Integer>
Integer whole(double value) {
  return static_cast<Integer>(value + 0.5);
}

}  // namespace

std::optional<double> number(const ControlValue& value) {
  switch (value.type()) {
    case libcamera::ControlTypeBool:
    case libcamera::ControlTypeByte:
      return first<std::uint8_t>(value);
    case libcamera::ControlTypeInteger32:
      return first<std::int32_t>(value);
    case libcamera::ControlTypeInteger64:
      return first<std::int64_t>(value);
    case libcamera::ControlTypeFloat:
      return first<float>(value);
    default:
      return std::nullopt;
  }
}

std::optional<double> number(const ControlList& list, const libcamera::ControlId& control) {
  return list.contains(control.id()) ? number(list.get(control.id())) : std::nullopt;
}

AppliedSettings applied_settings(const ControlList& metadata) {
  return {.exposure_us = number(metadata, controls::ExposureTime),
          .analogue_gain = number(metadata, controls::AnalogueGain),
          .digital_gain = number(metadata, controls::DigitalGain),
          .lens_position = number(metadata, controls::LensPosition),
          .lux = number(metadata, controls::Lux),
          .colour_temperature = number(metadata, controls::ColourTemperature),
          .frame_duration_us = number(metadata, controls::FrameDuration),
          .sensor_temperature_c = number(metadata, controls::SensorTemperature)};
}

std::optional<std::array<double, 4>> black_levels(const ControlList& metadata, int bits) {
  const auto levels = metadata.get(controls::SensorBlackLevels);
  if (!levels || levels->size() != 4) return std::nullopt;
  std::array<double, 4> black{};
  std::ranges::transform(*levels, black.begin(), [&](std::int32_t level) { return level / double(1 << (16 - bits)); });
  return black;
}

std::uint64_t sensor_timestamp_ns(const ControlList& metadata) {
  return static_cast<std::uint64_t>(metadata.get(controls::SensorTimestamp).value_or(0));
}

SensorLimits sensor_limits(const ControlInfoMap& offered) {
  const Range nominal_duration{1e6 / 30, 1e6 / 30}, nominal_exposure{1e4, 1e4}, nominal_gain{1, 1};
  SensorLimits limits;
  limits.frame_duration_us = offered_range(offered, controls::FrameDurationLimits).value_or(nominal_duration);
  limits.exposure_us = offered_range(offered, controls::ExposureTime).value_or(nominal_exposure);
  limits.analogue_gain = offered_range(offered, controls::AnalogueGain).value_or(nominal_gain);
  limits.lens_position = offered_range(offered, controls::LensPosition);
  // A pipeline that does not know the longest exposure says 0: a frame is as long as it may be, then.
  if (limits.exposure_us.maximum < limits.exposure_us.minimum)
    limits.exposure_us.maximum = std::max(limits.exposure_us.minimum, limits.frame_duration_us.maximum);
  return limits;
}

void put_settings(const SensorSettings& settings, const ControlInfoMap& offered, ControlList& list) {
  const SensorLimits limits = sensor_limits(offered);
  if (settings.exposure_us && offers(offered, controls::ExposureTime))
    list.set(controls::ExposureTime, whole<std::int32_t>(nearest(*settings.exposure_us, limits.exposure_us)));
  if (settings.analogue_gain && offers(offered, controls::AnalogueGain))
    list.set(controls::AnalogueGain, static_cast<float>(nearest(*settings.analogue_gain, limits.analogue_gain)));
  if (settings.lens_position && offers(offered, controls::LensPosition) && limits.lens_position)
    list.set(controls::LensPosition, static_cast<float>(nearest(*settings.lens_position, *limits.lens_position)));
  if (settings.frame_duration_us && offers(offered, controls::FrameDurationLimits)) {
    const Range& range = limits.frame_duration_us;
    const std::array<std::int64_t, 2> ends{whole<std::int64_t>(nearest(settings.frame_duration_us->minimum, range)),
                                           whole<std::int64_t>(nearest(settings.frame_duration_us->maximum, range))};
    list.set(controls::FrameDurationLimits, libcamera::Span<const std::int64_t, 2>(ends));
  }
}

void put_manual_modes(const ControlInfoMap& offered, bool board_balances, ControlList& list) {
  if (offers(offered, controls::AeEnable)) list.set(controls::AeEnable, false);
  if (offers(offered, controls::AwbEnable)) list.set(controls::AwbEnable, board_balances);
  if (offers(offered, controls::AfMode)) list.set(controls::AfMode, std::int32_t{controls::AfModeManual});
}

}  // namespace sunny16::hal
