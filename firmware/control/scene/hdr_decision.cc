#include "firmware/control/scene/hdr_decision.h"

#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

/// Where a mode begins, and where it ends once it is in use.
struct Threshold {
  double begins, ends;
  bool exceeded(double value, bool in_use) const { return value > (in_use ? ends : begins); }
};
/// Stops between the darkest and the brightest percent: what a tone curve holds, and what one exposure holds.
constexpr Threshold kCurve{6.5, 5.8}, kExposure{9.0, 8.2};
/// Stops of the surroundings over the subject that ask for more light on it.
constexpr Threshold kBacklight{2.5, 2.0};
/// Inverse lux below which a hand cannot hold the exposure: 4 lx, and 8 lx.
constexpr Threshold kDark{1 / 4.0, 1 / 8.0};
/// Share of the picture whose motion would make ghosts of several exposures.
constexpr Threshold kMoving{0.05, 0.02};

/// To a tenth.
std::string rounded(double v) {
  const auto tenths = static_cast<long long>(exact::floor(exact::abs(v) * 10 + 0.5));
  return (v < 0 && tenths > 0 ? "-" : "") + std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string percent(double share) {
  return std::to_string(static_cast<long long>(exact::floor(share * 100 + 0.5))) + " %";
}

}  // namespace

HdrChoice choose_hdr(const SceneStatistics& s, const SceneMotion& motion, HdrMode held) {
  const double lux = exact::exp2(s.light);
  if (s.light_known > 0 && kDark.exceeded(1 / lux, held == HdrMode::night))
    return {HdrMode::night, rounded(lux) + " lx: too dark for one exposure"};
  const bool merged = held == HdrMode::multi_exposure, in_use = merged || held == HdrMode::single_exposure;
  const std::string range = "range " + rounded(s.dynamic_range) + " EV";
  if (kExposure.exceeded(s.dynamic_range, merged)) {
    if (!kMoving.exceeded(motion.amount, !merged))
      return {HdrMode::multi_exposure, range + ", still: more than one exposure holds"};
    return {HdrMode::single_exposure, range + ", " + percent(motion.amount) + " moves: exposures would not match"};
  }
  if (kCurve.exceeded(s.dynamic_range, in_use))
    return {HdrMode::single_exposure, range + ": shadows are lifted within one exposure"};
  if (kBacklight.exceeded(s.backlight, in_use))
    return {HdrMode::single_exposure, "surroundings " + rounded(s.backlight) + " EV over the subject"};
  return {HdrMode::off, range + ": one exposure holds it"};
}

HdrMode applied_hdr(HdrMode mode) {
  return mode == HdrMode::multi_exposure ? HdrMode::single_exposure : mode == HdrMode::night ? HdrMode::off : mode;
}

void HdrDecision::step(const SceneStatistics& statistics, const SceneMotion& motion, std::uint64_t timestamp_ns) {
  constexpr double kCalming = 0.9;
  turned_ |= motion.turned();
  motion_ = {.amount = exact::max(motion.amount, kCalming * motion_.amount), .global = motion.global};
  HdrChoice next = choose_hdr(statistics, motion_, choice_.mode);
  if (!started_ || next.mode == choice_.mode) {
    started_ = true;
    choice_ = std::move(next);
    challenger_.reset();
    return;
  }
  if (challenger_ != next.mode) challenger_ = next.mode, since_ns_ = timestamp_ns;
  const auto younger = [&](std::uint64_t then_ns, double seconds) {
    return timestamp_ns < then_ns || 1e-9 * static_cast<double>(timestamp_ns - then_ns) < seconds;
  };
  const bool rests = !turned_ && younger(changed_ns_, kRest_s);
  if (rests || younger(since_ns_, kPatience_s)) return;
  choice_ = std::move(next);
  challenger_.reset();
  changed_ns_ = timestamp_ns, turned_ = false;
}

}  // namespace sunny16::firmware
