#include "firmware/capture/capture_job.h"

#include "firmware/capture/session_error.h"
#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

/// Frames after which settings that do not show are given up: well beyond the delays of a queue of six buffers.
constexpr int kPatience = 60;

/// A sensor rounds exposure to lines and gain to its own steps.
bool near(std::optional<double> applied, std::optional<double> wanted, double step) {
  if (!wanted || !applied) return true;
  return exact::abs(*applied - *wanted) <= exact::max(0.03 * *wanted, step);
}

double within(double v, const hal::Range& range) { return exact::clamp(v, range.minimum, range.maximum); }

/// The metered exposure, brighter or darker: first by time, then by gain.
hal::SensorSettings exposed(const hal::AppliedSettings& metered, double factor, const hal::SensorLimits& limits) {
  const double total = metered.exposure_us.value_or(10000) * metered.analogue_gain.value_or(1) * factor;
  const double gain = within(metered.analogue_gain.value_or(1), limits.analogue_gain);
  hal::SensorSettings settings;
  settings.exposure_us = within(total / gain, limits.exposure_us);
  settings.analogue_gain = within(total / *settings.exposure_us, limits.analogue_gain);
  settings.frame_duration_us = limits.frame_duration_us;
  return settings;
}

}  // namespace

CaptureJob::CaptureJob(CaptureRequest request, std::uint64_t pressed_ns)
    : request_(std::move(request)), pressed_ns_(pressed_ns), next_ns_(pressed_ns) {}

int CaptureJob::total() const {
  switch (request_.mode) {
    case CaptureMode::photo:
      return 1;
    case CaptureMode::bracket:
      return static_cast<int>(request_.exposure_values.size());
    case CaptureMode::burst:
    case CaptureMode::timelapse:
    case CaptureMode::pro:
      return request_.count;
  }
  return 1;
}

std::optional<hal::SensorSettings> CaptureJob::wanted() const {
  if (planned_.empty() || taken_all()) return std::nullopt;
  return planned_[static_cast<std::size_t>(taken_)];
}

void CaptureJob::plan(const KeptFrame& metered, const hal::SensorLimits& limits) {
  decisions_ = metered.decisions;
  const hal::AppliedSettings& applied = metered.frame.applied;
  if (request_.mode == CaptureMode::bracket) {
    for (const double ev : request_.exposure_values) planned_.push_back(exposed(applied, exact::exp2(ev), limits));
    return;
  }
  hal::SensorSettings manual;
  const auto set = [](double asked, std::optional<double> now) { return asked > 0 ? asked : now; };
  if (const auto v = set(request_.exposure_time, applied.exposure_us))
    manual.exposure_us = within(*v, limits.exposure_us);
  if (const auto v = set(request_.analogue_gain, applied.analogue_gain))
    manual.analogue_gain = within(*v, limits.analogue_gain);
  manual.frame_duration_us = limits.frame_duration_us;
  if (request_.lens_position >= 0 && limits.lens_position)
    manual.lens_position = within(request_.lens_position, *limits.lens_position);
  planned_.assign(static_cast<std::size_t>(request_.count), manual);
  // Nothing automatic is left: what the sensor gathers is what is shown.
  decisions_->digital_gain = 1;
  if (request_.colour_gains[0] > 0) decisions_->colour_gains = request_.colour_gains;
}

bool CaptureJob::has_settings(const hal::AppliedSettings& applied) const {
  const hal::SensorSettings& want = planned_[static_cast<std::size_t>(taken_)];
  return near(applied.exposure_us, want.exposure_us, 100) && near(applied.analogue_gain, want.analogue_gain, 0.05) &&
         near(applied.lens_position, want.lens_position, 0.05);
}

std::vector<Shot> CaptureJob::on_frame(const std::shared_ptr<const KeptFrame>& newest, const FrameRing& ring,
                                       const hal::SensorLimits& limits) {
  if (taken_all()) return {};
  switch (request_.mode) {
    case CaptureMode::photo:
    case CaptureMode::burst:
      if (taken_++ == 0) return {{taken_, ring.nearest(pressed_ns_)}};
      return {{taken_, newest}};
    case CaptureMode::timelapse: {
      if (newest->frame.timestamp_ns < next_ns_) return {};
      const auto interval = static_cast<std::uint64_t>(1e9 * request_.interval_s);
      while (next_ns_ <= newest->frame.timestamp_ns) next_ns_ += interval;
      return {{++taken_, newest}};
    }
    case CaptureMode::bracket:
    case CaptureMode::pro: {
      if (planned_.empty()) {
        plan(*newest, limits);
        return {};
      }
      if (!has_settings(newest->frame.applied)) {
        if (++waited_ > kPatience)
          throw SessionError(SessionError::Kind::unavailable,
                             "capture: the sensor did not take the settings of picture " + std::to_string(taken_ + 1) +
                                 " within " + std::to_string(kPatience) + " frames");
        return {};
      }
      waited_ = 0;
      auto kept = std::make_shared<KeptFrame>(*newest);
      const double lux = kept->decisions.lux;
      kept->decisions = *decisions_;
      kept->decisions.lux = lux;
      return {{++taken_, std::move(kept)}};
    }
  }
  return {};
}

}  // namespace sunny16::firmware
