#include "firmware/control/auto_white_balance.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

/// What the tuning calls the modes, in the order of AwbMode.
constexpr std::array<std::string_view, 8> kModeNames{"auto",   "incandescent", "tungsten", "fluorescent",
                                                     "indoor", "daylight",     "cloudy",   "custom"};
constexpr double kDaylight = 5000;

/// Part of the way in the logarithm, so that red and blue approach alike from both sides.
double between(double from, double to, double part) { return from * exact::exp(part * exact::log(to / from)); }
/// Of the larger to the smaller.
double ratio(double a, double b) { return exact::max(a / b, b / a); }

}  // namespace

AutoWhiteBalance::AutoWhiteBalance(AwbTuning tuning)
    : tuning_(std::move(tuning)), neutral_(neutral_of_temperature(tuning_, kDaylight)), temperature_(kDaylight) {}

void AutoWhiteBalance::set_tuning(AwbTuning tuning) {
  tuning_ = std::move(tuning);
  apply_fixed();
}

void AutoWhiteBalance::set_controls(const Controls& controls) {
  controls_ = controls;
  apply_fixed();
}

bool AutoWhiteBalance::locked() const {
  const bool gains = controls_.colour_gains[0] > 0 && controls_.colour_gains[1] > 0;
  return gains || controls_.colour_temperature > 0 || !controls_.awb_enable;
}

/// Gains that are set tell the temperature, and the other way round.
void AutoWhiteBalance::apply_fixed() {
  const auto& [red, blue] = controls_.colour_gains;
  if (red > 0 && blue > 0) {
    neutral_ = {1 / red, 1, 1 / blue};
    temperature_ = temperature_of_neutral(tuning_, neutral_);
  } else if (controls_.colour_temperature > 0) {
    temperature_ = controls_.colour_temperature;
    neutral_ = neutral_of_temperature(tuning_, temperature_);
  }
}

hal::Range AutoWhiteBalance::temperatures() const {
  const auto& modes = tuning_.modes;
  if (modes.empty()) return kAllTemperatures;
  const auto named =
      std::ranges::find(modes, kModeNames[static_cast<std::size_t>(controls_.awb_mode)], &AwbModeTuning::name);
  const AwbModeTuning& mode = named == modes.end() ? modes.front() : *named;
  return {mode.lowest, mode.highest};
}

/// Each of the first frames is believed, later ones pull with the tuning's speed. What is shown follows when it is off
/// enough to be seen, and then all the way.
void AutoWhiteBalance::step(const isp::Statistics& statistics, double lux) {
  constexpr double kSeen = 0.015, kArrived = 0.003;
  if (locked()) return;
  const WhiteBalanceEstimate estimate = estimate_white_balance(statistics, tuning_, lux, temperatures());
  if (!estimate.seen) return;
  const double temperature = estimate.temperature.value_or(temperature_of_neutral(tuning_, estimate.neutral));
  const int learned = std::max(frames_ - tuning_.startup_frames, 0);
  const double speed = exact::max(tuning_.speed, 1.0 / (1 + learned));  // a mean, until it has frames enough
  if (speed > tuning_.speed) ++frames_;
  for (const std::size_t c : {0, 2}) aim_.neutral[c] = between(aim_.neutral[c], estimate.neutral[c], speed);
  aim_.temperature = between(aim_.temperature.value_or(temperature), temperature, speed);

  const double off = std::max(ratio(aim_.neutral[0], neutral_[0]), ratio(aim_.neutral[2], neutral_[2])) - 1;
  moving_ = learned == 0 || off > (moving_ ? kArrived : kSeen);
  if (!moving_) return;
  for (const std::size_t c : {0, 2}) neutral_[c] = between(neutral_[c], aim_.neutral[c], speed);
  temperature_ = between(temperature_, *aim_.temperature, speed);
}

}  // namespace sunny16::firmware
