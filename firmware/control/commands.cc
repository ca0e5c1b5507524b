#include "firmware/control/commands.h"

#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

constexpr int kPatience = 8;
/// Parts by which a time or a gain may change unsaid, and by which a sensor's steps may lie beside it.
constexpr double kUnsaid = 0.003, kSteps = 0.01;
constexpr double kLensStep = 0.02;  ///< dioptres

bool near(std::optional<double> a, std::optional<double> b, double part) {
  if (!a || !b) return a.has_value() == b.has_value();
  return exact::abs(*a - *b) <= part * exact::max(exact::abs(*a), exact::abs(*b));
}

bool within(double a, double b, double distance) { return exact::abs(a - b) <= distance; }

bool same(const hal::SensorSettings& a, const hal::SensorSettings& b) {
  const hal::Range frame_a = a.frame_duration_us.value_or(hal::Range{});
  const hal::Range frame_b = b.frame_duration_us.value_or(hal::Range{});
  return near(a.exposure_us, b.exposure_us, kUnsaid) && near(a.analogue_gain, b.analogue_gain, kUnsaid) &&
         frame_a.minimum == frame_b.minimum && frame_a.maximum == frame_b.maximum && a.lens_position == b.lens_position;
}

/// Whether a frame was taken with them, as far as it says.
bool done(const hal::SensorSettings& asked, const hal::AppliedSettings& applied) {
  if (!near(asked.exposure_us, applied.exposure_us, kSteps)) return false;
  if (!near(asked.analogue_gain, applied.analogue_gain, kSteps)) return false;
  if (asked.lens_position && applied.lens_position && !within(*asked.lens_position, *applied.lens_position, kLensStep))
    return false;
  return !asked.frame_duration_us || !applied.frame_duration_us ||
         *applied.frame_duration_us >= (1 - kSteps) * asked.frame_duration_us->minimum;
}

}  // namespace

std::optional<hal::SensorSettings> Commands::due(const hal::SensorSettings& wish, const FrameReport& report) {
  if (!asked_ || !same(*asked_, wish)) {
    asked_ = wish;
    ticket_ = 0;
    overtaken_ = 0;
    return asked_;
  }
  if (ticket_ == 0 || report.ticket < ticket_) return asked_;
  ++overtaken_;
  return done(*asked_, report.applied) || overtaken_ > kPatience ? std::nullopt : asked_;
}

void Commands::submitted(hal::Ticket ticket) {
  if (ticket_ == 0) ticket_ = ticket;
}

}  // namespace sunny16::firmware
