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

bool same(double a, double b) { return exact::abs(a - b) < kSamePlace; }

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
  if (stage_ == Stage::sweep && passed_peak()) {
    if (has_peak())
      refine();
    else
      result_ = Result::failed;
  } else if (stage_ == Stage::fine && to_visit_.empty() && same(lens_position, target_)) {
    refine();  // commands arrive in order: what was not seen by now was lost
  } else if (stage_ == Stage::settle && same(lens_position, target_)) {
    result_ = contrast >= plan_.passed * samples_[highest()].contrast ? Result::focused : Result::failed;
  }

  if (stage_ == Stage::sweep) sweep_on();
  if (stage_ == Stage::fine && !to_visit_.empty()) target_ = to_visit_.front(), to_visit_.pop_front();
  return target_;
}

/// The last word on a place counts.
void ContrastScan::record(const Sample& sample) {
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

/// Whether a sample has neighbours on both sides that are not farther than a step away; the range's end needs one.
bool ContrastScan::flanked(std::size_t i, double step) const {
  const double at = samples_[i].lens_position;
  const bool below = i > 0 && at - samples_[i - 1].lens_position < step + kStepSlack;
  const bool above = i + 1 < samples_.size() && samples_[i + 1].lens_position - at < step + kStepSlack;
  return (below && above) || (is_end(at) && (below || above));
}

/// The sweep is over when contrast has fallen behind its peak, or the range's end has been seen.
bool ContrastScan::passed_peak() const {
  if (samples_.empty()) return false;
  if (at_start_ && has_near(direction_ > 0 ? plan_.range.maximum : plan_.range.minimum)) return true;
  const std::size_t top = highest();
  const auto fallen = [&](const Sample& s) {
    return direction_ * (s.lens_position - samples_[top].lens_position) > 0 &&
           s.contrast < plan_.passed * samples_[top].contrast;
  };
  return flanked(top, plan_.step_coarse) && std::ranges::any_of(samples_, fallen);
}

/// An even surface has the same contrast, that of noise, wherever the lens is.
bool ContrastScan::has_peak() const {
  const double least = std::ranges::min_element(samples_, {}, &Sample::contrast)->contrast;
  return least < plan_.passed * samples_[highest()].contrast;
}

/// Vertex of the parabola through the logarithms of the highest sample and its neighbours: contrast falls with defocus
/// as a bell, not as a parabola.
double ContrastScan::peak() const {
  const std::size_t top = highest();
  if (top == 0 || top + 1 == samples_.size()) return samples_[top].lens_position;
  const Sample &below = samples_[top - 1], &at = samples_[top], &above = samples_[top + 1];
  if (!(below.contrast > 0 && above.contrast > 0)) return at.lens_position;
  const double left = at.lens_position - below.lens_position, right = above.lens_position - at.lens_position;
  const double drop_left = exact::log(at.contrast / below.contrast),
               drop_right = exact::log(at.contrast / above.contrast);
  const double curvature = drop_left * right + drop_right * left;
  if (!(curvature > 0)) return at.lens_position;
  const double shift = (drop_left * right * right - drop_right * left * left) / (2 * curvature);
  return at.lens_position + exact::clamp(shift, -left / 2, right / 2);
}

void ContrastScan::sweep_on() {
  const double start = direction_ > 0 ? plan_.range.minimum : plan_.range.maximum;
  if (!at_start_) {
    target_ += exact::clamp(start - target_, -plan_.step_most, plan_.step_most);
    at_start_ = target_ == start;
  } else {
    target_ = exact::clamp(target_ + direction_ * plan_.step_coarse, plan_.range.minimum, plan_.range.maximum);
  }
}

/// Steps around the best place, back against the sweep; where the peak lies outside of them, further ones.
void ContrastScan::refine() {
  const double fine = plan_.step_fine;
  if (fine <= 0 || ++rounds_ > kMostRounds || (stage_ == Stage::fine && flanked(highest(), fine))) return settle();
  stage_ = Stage::fine;
  const double middle = rounds_ == 1 ? peak() : samples_[highest()].lens_position;
  for (const double side : {direction_, -direction_, 0.0}) {
    const double at = exact::clamp(middle + side * fine, plan_.range.minimum, plan_.range.maximum);
    if (!has_near(at)) to_visit_.push_back(at);
  }
  if (to_visit_.empty()) settle();
}

void ContrastScan::settle() {
  target_ = peak();
  stage_ = Stage::settle;
}

}  // namespace sunny16::firmware
