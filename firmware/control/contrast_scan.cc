#include "firmware/control/contrast_scan.h"

#include <algorithm>

#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

/// Lens drivers have steps of 0.01 to 0.03 dioptres: what is nearer together is the same place.
constexpr double kSamePlace = 0.04;
/// Steps are hit to within twice that.
constexpr double kStepSlack = 2 * kSamePlace;
/// Rounds of fine steps: more means that the scene moves.
constexpr int kMostRounds = 6;
/// Frames after which a command has certainly shown.
constexpr int kMostDelay = 12;
/// A peak that stands so far above the lowest contrast is none of noise.
constexpr double kClearPeak = 3;
/// Part of the contrast that a last move must gain.
constexpr double kWorthMoving = 0.01;

bool same(double a, double b) { return exact::abs(a - b) < kSamePlace; }

double fading(double contrast) { return 1 / exact::sqrt(contrast); }

}  // namespace

ContrastScan::ContrastScan(const ScanPlan& plan, double lens_position)
    : plan_(plan),
      direction_(lens_position - plan.range.minimum <= plan.range.maximum - lens_position ? 1 : -1),
      target_(lens_position) {}

double ContrastScan::best() const {
  return stage_ == Stage::settle || samples_.empty() ? target_ : samples_[highest()].lens_position;
}

double ContrastScan::step(double lens_position, double contrast) {
  record({lens_position, contrast});
  if (samples_.empty()) return sweep_on(), target_;
  if (stage_ == Stage::sweep && passed_peak()) {
    if (has_peak())
      refine();
    else
      result_ = Result::failed;
  } else if (stage_ == Stage::fine && came_back(lens_position)) {
    refine();  // commands arrive in order: what was not seen by now was lost
  } else if (stage_ == Stage::settle && same(lens_position, target_)) {
    result_ = contrast >= plan_.passed * samples_[highest()].contrast ? Result::focused : Result::failed;
  }

  if (stage_ == Stage::sweep) sweep_on();
  if (stage_ == Stage::fine && !to_visit_.empty()) target_ = to_visit_.front(), to_visit_.pop_front();
  return target_;
}

/// The last word on a place counts. On the way from elsewhere the lens may be outside of the range.
void ContrastScan::record(const Sample& sample) {
  if (sample.lens_position < plan_.range.minimum - kSamePlace ||
      sample.lens_position > plan_.range.maximum + kSamePlace)
    return;
  const auto at =
      std::ranges::find_if(samples_, [&](const Sample& s) { return same(s.lens_position, sample.lens_position); });
  if (at != samples_.end()) {
    *at = sample;
    return;
  }
  samples_.insert(std::ranges::upper_bound(samples_, sample.lens_position, {}, &Sample::lens_position), sample);
}

std::size_t ContrastScan::highest() const {
  return static_cast<std::size_t>(std::ranges::max_element(samples_, {}, &Sample::contrast) - samples_.begin());
}

bool ContrastScan::has_near(double lens_position) const {
  return std::ranges::any_of(samples_, [&](const Sample& s) { return same(s.lens_position, lens_position); });
}

bool ContrastScan::is_end(double lens_position) const {
  return same(lens_position, plan_.range.minimum) || same(lens_position, plan_.range.maximum);
}

/// The three samples that a peak is found from: the highest between its neighbours, or the range's end and the two
/// beside it. None where these are farther than a step apart.
std::optional<std::size_t> ContrastScan::flanked(double step) const {
  if (samples_.size() < 3) return std::nullopt;
  const std::size_t top = highest(), last = samples_.size() - 1;
  if ((top == 0 || top == last) && !is_end(samples_[top].lens_position)) return std::nullopt;
  const std::size_t middle = std::clamp<std::size_t>(top, 1, last - 1);
  const double below = samples_[middle - 1].lens_position, at = samples_[middle].lens_position,
               above = samples_[middle + 1].lens_position;
  return exact::max(at - below, above - at) < step + kStepSlack ? std::optional(middle) : std::nullopt;
}

double ContrastScan::end() const { return direction_ > 0 ? plan_.range.maximum : plan_.range.minimum; }

double ContrastScan::before_end() const {
  return exact::clamp(end() - direction_ * plan_.step_coarse / 2, plan_.range.minimum, plan_.range.maximum);
}

/// The sweep is over when contrast has fallen behind its peak, or the range's end has been seen.
bool ContrastScan::passed_peak() const {
  if (at_start_ && has_near(end()) && has_near(before_end())) return true;
  const std::size_t top = highest();
  const double peak = samples_[top].contrast, least = lowest();
  const auto fallen = [&](const Sample& s) {
    return direction_ * (s.lens_position - samples_[top].lens_position) > 0 && s.contrast < plan_.passed * peak;
  };
  return peak > kClearPeak * least && flanked(plan_.step_coarse) && std::ranges::any_of(samples_, fallen);
}

double ContrastScan::lowest() const { return std::ranges::min_element(samples_, {}, &Sample::contrast)->contrast; }

/// An even surface has the same contrast, that of noise, wherever the lens is.
bool ContrastScan::has_peak() const { return lowest() < plan_.passed * samples_[highest()].contrast; }

/// Vertex of the parabola through 1 / sqrt(contrast) of three samples: with defocus d, detail fades about as
/// 1 / (1 + k d^2), and contrast is its energy. The highest sample where there is no vertex.
ContrastScan::Sample ContrastScan::peak(double step) const {
  const Sample& top = samples_[highest()];
  const auto middle = flanked(step);
  if (!middle) return top;
  const Sample &below = samples_[*middle - 1], &at = samples_[*middle], &above = samples_[*middle + 1];
  if (!(below.contrast > 0 && at.contrast > 0 && above.contrast > 0)) return top;
  const double left = at.lens_position - below.lens_position, right = above.lens_position - at.lens_position;
  const double u = fading(at.contrast), rise_left = fading(below.contrast) - u, rise_right = fading(above.contrast) - u;
  const double bend = (rise_left * right + rise_right * left) / (left * right * (left + right));
  if (!(bend > 0)) return top;
  const double slope = rise_left / left - bend * left;  // at the middle
  const double shift = exact::clamp(slope / (2 * bend), -left, right);
  const double least = u - slope * shift + bend * shift * shift;
  return {at.lens_position + shift, least > 0 ? 1 / (least * least) : top.contrast};
}

/// Places that were seen already are passed over. While the range's end is on its way to be seen, the lens may as well
/// go half a step back: a peak beside the end lies between few samples.
void ContrastScan::sweep_on() {
  const double start = direction_ > 0 ? plan_.range.minimum : plan_.range.maximum;
  if (!at_start_ && !same(target_, start)) {
    target_ += exact::clamp(start - target_, -plan_.step_most, plan_.step_most);
    at_start_ = target_ == start;
    return;
  }
  at_start_ = true;
  if (target_ == end() || target_ == before_end()) {
    target_ = before_end();
    return;
  }
  const auto next = [&] {
    return exact::clamp(target_ + direction_ * plan_.step_coarse, plan_.range.minimum, plan_.range.maximum);
  };
  target_ = next();
  if (target_ != end() && has_near(target_)) target_ = next();
}

/// Steps around the best place, back against the sweep, or both on one side where the range ends; the last is that
/// place itself, where the lens then often may stay. Where the peak lies outside of the steps, further ones follow.
void ContrastScan::refine() {
  const double fine = plan_.step_fine;
  if (fine <= 0 || ++rounds_ > kMostRounds || (stage_ == Stage::fine && flanked(fine))) return settle();
  const Sample best = stage_ == Stage::sweep ? peak(plan_.step_coarse) : samples_[highest()];
  const hal::Range& range = plan_.range;
  const double middle = exact::clamp(best.lens_position, range.minimum, range.maximum);
  stage_ = Stage::fine;
  for (const double side : {direction_, -direction_}) {
    double at = middle + side * fine;
    if (at < range.minimum || at > range.maximum)
      at = exact::clamp(middle - 2 * side * fine, range.minimum, range.maximum);
    if (!has_near(at)) to_visit_.push_back(at);
  }
  round_frames_ = 0;
  left_ = to_visit_.empty();
  to_visit_.push_back(middle);
}

/// From the round's steps to their middle. It may be where the lens still was as they were commanded.
bool ContrastScan::came_back(double lens_position) {
  const bool there = same(lens_position, to_visit_.empty() ? target_ : to_visit_.back());
  left_ = left_ || !there || ++round_frames_ > kMostDelay;
  return left_ && there && to_visit_.empty();
}

/// Where a sample is as good as the peak, at its place: the lens need not move for nothing.
void ContrastScan::settle() {
  const Sample best = peak(plan_.step_fine > 0 ? plan_.step_fine : plan_.step_coarse), &top = samples_[highest()];
  target_ = best.contrast > (1 + kWorthMoving) * top.contrast ? best.lens_position : top.lens_position;
  stage_ = Stage::settle;
}

}  // namespace sunny16::firmware
