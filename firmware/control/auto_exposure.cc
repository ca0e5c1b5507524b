#include "firmware/control/auto_exposure.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

/// A histogram says little of levels near white, so no target lies above.
constexpr double kHighestTarget = 0.9;
/// Illuminance that the first frame is exposed for: indoors.
constexpr double kFirstLux = 400;

/// The tuning's mode of a name; the first stands in for one that it has not got.
template <class Mode>
const Mode& mode_of(const std::vector<Mode>& modes, std::string_view name) {
  const auto found = std::ranges::find(modes, name, &Mode::name);
  return found != modes.end() ? *found : modes.front();
}

template <class Enum>
std::string_view name_of(const std::array<std::string_view, 4>& names, Enum mode) {
  return names[static_cast<std::size_t>(mode)];
}

const MeteringMode& metering_of(const AgcChannel& channel, AeMeteringMode mode) {
  return mode_of(channel.metering_modes, name_of({"centre-weighted", "spot", "matrix", "custom"}, mode));
}

const ConstraintMode& constraints_of(const AgcChannel& channel, AeConstraintMode mode) {
  return mode_of(channel.constraint_modes, name_of({"normal", "highlight", "shadows", "custom"}, mode));
}

const ExposureMode& ladder_of(const AgcChannel& channel, AeExposureMode mode) {
  return mode_of(channel.exposure_modes, name_of({"normal", "short", "long", "custom"}, mode));
}

double stops(double ratio) { return exact::abs(exact::log2(ratio)); }

/// Highlights may be white, but no more of them than `kWhite`; for their sake the picture gets at most a stop darker.
double protect_highlights(double gain, const LumaHistogram& histogram, double brighter) {
  constexpr double kWhite = 0.02, kMost = 0.5;
  const double allowed = exact::max(brighter, 1) / histogram.quantile(1 - kWhite);
  return exact::clamp(allowed, kMost * gain, gain);
}

}  // namespace

AutoExposure::AutoExposure(AgcTuning tuning, const LuxModel& lux, const hal::SensorLimits& limits)
    : tuning_(std::move(tuning)), limits_(limits) {
  const double at_unit = lux.estimate(channel().y_target.at(kFirstLux), 1, 1);
  exposure_ = at_unit / kFirstLux;
  restart(limits);
}

void AutoExposure::set_controls(const Controls& controls) {
  controls_ = controls;
  split(ranges());
}

void AutoExposure::restart(const hal::SensorLimits& limits) {
  limits_ = limits;
  frames_ = 0;
  applied_ = {};
  state_ = AeState::searching;
  split(ranges());
}

hal::Range AutoExposure::frame_duration_us() const {
  const auto& [shortest, longest] = controls_.frame_duration_limits;
  const hal::Range& allowed = limits_.frame_duration_us;
  const double minimum = exact::clamp(shortest, allowed.minimum, allowed.maximum);
  return {minimum, longest > 0 ? exact::clamp(longest, minimum, allowed.maximum) : allowed.maximum};
}

/// What is set is fixed; with automatic exposure off, so is what is in use.
ExposureRanges AutoExposure::ranges() const {
  const auto fixed = [](hal::Range range, double at) {
    const double v = exact::clamp(at, range.minimum, range.maximum);
    return hal::Range{v, v};
  };
  ExposureRanges ranges{limits_.exposure_us, limits_.analogue_gain};
  const double readout_us = limits_.frame_duration_us.maximum - limits_.exposure_us.maximum;
  ranges.exposure_us.maximum =
      exact::clamp(frame_duration_us().maximum - readout_us, ranges.exposure_us.minimum, ranges.exposure_us.maximum);
  const double time = controls_.exposure_time, gain = controls_.analogue_gain;
  if (time > 0 || !controls_.ae_enable)
    ranges.exposure_us = fixed(ranges.exposure_us, time > 0 ? time : split_.exposure_us);
  if (gain > 0 || !controls_.ae_enable)
    ranges.analogue_gain = fixed(ranges.analogue_gain, gain > 0 ? gain : split_.analogue_gain);
  return ranges;
}

double AutoExposure::brighter() const { return channel().base_ev * exact::exp2(controls_.exposure_value); }

double AutoExposure::wanted_gain(const LumaHistogram& histogram, double lux) const {
  const auto target = [&](const LuxCurve& curve) { return exact::min(brighter() * curve.at(lux), kHighestTarget); };
  double gain = histogram.gain_to(target(channel().y_target));
  for (const ExposureConstraint& constraint : constraints_of(channel(), controls_.ae_constraint_mode).constraints) {
    const double bound = target(constraint.target) / histogram.inter_quantile_mean(constraint.q_lo, constraint.q_hi);
    gain = constraint.bound == Bound::lower ? exact::max(gain, bound) : exact::min(gain, bound);
  }
  return holds_highlights() ? gain : protect_highlights(gain, histogram, brighter());
}

/// Without what the user wants brighter or darker, so that it can change at any time.
double AutoExposure::for_faces(double picture, const LumaHistogram& histogram, const std::optional<FaceLight>& faces,
                               double lux) {
  constexpr double kMuchWhite = 0.02;
  if (!faces) {
    faces_.forget();
    return picture;
  }
  const FaceExposure::Frame frame{applied_.total(), picture / brighter(), histogram.clipped() > kMuchWhite, *faces};
  return brighter() * faces_.aim(frame, exact::min(channel().y_target.at(lux), kHighestTarget / brighter()));
}

/// In logarithms, so that brighter and darker are the same way. Near the target it goes faster, to arrive; nearer still
/// it stays, so that noise moves nothing. What is clipped is left at once.
void AutoExposure::approach(double target, double clipped) {
  constexpr double kNear = 1, kStable = 0.015;  // stops
  const double distance = stops(target / exposure_);
  double speed = channel().speed;
  if (distance < kNear) speed = exact::sqrt(speed);
  if (target < exposure_) speed = exact::max(speed, clipped);
  if (frames_ <= channel().startup_frames) speed = 1;
  if (speed == 1 || distance > kStable) exposure_ *= exact::pow(target / exposure_, speed);
}

/// Towards what leaves all but a few highlights below white: in a few frames, and back as slowly, so that mid-tones,
/// which the digital gain keeps, do not flicker in noise. Where light is scarce, mid-tones need what there is: what the
/// exposure asks for in gain leaves so much less to give away.
void AutoExposure::approach_headroom(const LumaHistogram& histogram) {
  constexpr double kHighlights = 0.002, kBelowWhite = 0.9, kPart = 0.25;
  double target = 1;
  if (holds_highlights()) {
    const double unclipped = applied_.total() * kBelowWhite / histogram.quantile(1 - kHighlights);
    const ExposureMode& ladder = ladder_of(channel(), controls_.ae_exposure_mode);
    const double gain = exposure_ / split_exposure(exposure_, ladder, ranges()).exposure_us;
    target = exact::clamp(exposure_ / unclipped, 1, exact::clamp(kMostDigitalGain / gain, 1, kMostDigitalGain));
  }
  headroom_ *= exact::pow(target / headroom_, kPart);
}

void AutoExposure::step(const isp::Statistics& statistics, const hal::AppliedSettings& applied, double lux,
                        double flicker_period_us, const std::optional<FaceLight>& faces) {
  const LumaHistogram histogram(statistics);
  applied_ = {*applied.exposure_us, *applied.analogue_gain};
  const ExposureRanges allowed = ranges();
  ++frames_;
  if (!allowed.fixed() && !histogram.empty()) {
    const ExposureMode& ladder = ladder_of(channel(), controls_.ae_exposure_mode);
    const double lowest = allowed.exposure_us.minimum * allowed.analogue_gain.minimum;
    const double highest = allowed.clamped({ladder.shutter_us.back(), ladder.gain.back()}).total() * kMostDigitalGain;
    const double wanted = applied_.total() * wanted_gain(histogram, lux);
    const double target = exact::clamp(for_faces(wanted, histogram, faces, lux), lowest, highest);
    approach(target, histogram.clipped());
    approach_headroom(histogram);
    constexpr double kConverged = 0.1;  // stops
    const bool arrived = stops(target / exposure_) < kConverged &&
                         stops(applied_.total() * digital_gain(applied) / exposure_) < kConverged;
    state_ = arrived ? AeState::converged : AeState::searching;
  }
  flicker_period_us_ = flicker_period_us;
  split(allowed);
}

/// Time and gain may show in different frames. Where gain makes up for less time it therefore waits for the time,
/// lest a frame becomes too bright; until then the digital gain does it.
void AutoExposure::split(const ExposureRanges& ranges) {
  constexpr double kSlightly = 1.02;
  if (ranges.fixed()) {
    state_ = AeState::idle;
    split_ = ranges.clamped({});
    if (controls_.ae_enable || controls_.exposure_time > 0 || controls_.analogue_gain > 0) exposure_ = split_.total();
  } else {
    const double in_use_us = split_.exposure_us;
    split_ = split_exposure(exposure_ / headroom_, ladder_of(channel(), controls_.ae_exposure_mode), ranges);
    if (flicker_period_us_ > 0) split_ = in_whole_periods(split_, flicker_period_us_, ranges, in_use_us);
  }
  flicker_avoided_ = flicker_period_us_ <= 0 || whole_periods(split_.exposure_us, flicker_period_us_);

  double gain = split_.analogue_gain;
  if (!ranges.fixed() && gain > applied_.analogue_gain && applied_.exposure_us > 0)
    gain =
        exact::min(gain, exact::max(applied_.analogue_gain, kSlightly * exposure_ / headroom_ / applied_.exposure_us));
  settings_ = {.exposure_us = split_.exposure_us,
               .analogue_gain = exact::max(gain, ranges.analogue_gain.minimum),
               .frame_duration_us = frame_duration_us()};
}

double AutoExposure::digital_gain(const hal::AppliedSettings& applied) const {
  if (controls_.exposure_time > 0 && controls_.analogue_gain > 0) return 1;
  const double sensor = has_exposure(applied) ? *applied.exposure_us * *applied.analogue_gain : applied_.total();
  return sensor > 0 ? exact::clamp(exposure_ / sensor, 1, kMostDigitalGain) : 1;
}

std::array<double, 256> AutoExposure::metering_weights() const {
  const std::vector<double> zones = metering_of(channel(), controls_.ae_metering_mode).resampled(16, 16);
  const double most = *std::ranges::max_element(zones);
  std::array<double, 256> weights{};
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = zones[i] / most;
  return weights;
}

}  // namespace sunny16::firmware
