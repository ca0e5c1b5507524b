#include "firmware/control/flicker.h"

#include <algorithm>

#include "isp/core/exact_math.h"
#include "isp/core/layout.h"
#include "isp/core/sine.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

constexpr double kNoLevel = 1;  ///< logarithms of levels below white are negative
constexpr double kDarkest = 0.005, kBrightest = 0.85;
constexpr int kFewestBands = 16;
constexpr std::uint64_t kLongestGap_ns = 1'000'000'000;

constexpr double kKept = 0.9;       ///< of the sums from frame to frame: a memory of ten frames
constexpr double kLeastSeen = 0.1;  ///< of the potential
constexpr double kLeastPotential = 0.05;
constexpr double kLeastAmplitude = 0.01, kGone = 0.005;
constexpr double kLeastExplained = 0.35, kClearly = 1.5;
constexpr int kAgree = 3, kEnough = 6, kForget = 60, kCheckAgain = 300;

/// What an exposure leaves of a wave: sin(pi x) / (pi x) for x periods.
double remaining(double periods) {
  constexpr double kPi = 3.14159265358979324;
  return periods < 1e-6 ? 1 : exact::sine(periods / 2) / (kPi * periods);
}

/// Means, mean squares and products of a few quantities about their means.
template <std::size_t N>
class Moments {
 public:
  void add(const std::array<double, N>& v) {
    ++count_;
    for (std::size_t i = 0; i < N; ++i) {
      sum_[i] += v[i];
      for (std::size_t j = i; j < N; ++j) product_[i][j] += v[i] * v[j];
    }
  }
  int count() const { return count_; }
  double operator()(std::size_t i, std::size_t j) const {
    return product_[i][j] / count_ - sum_[i] / count_ * (sum_[j] / count_);
  }

 private:
  int count_ = 0;
  std::array<double, N> sum_{};
  std::array<std::array<double, N>, N> product_{};
};

}  // namespace

const std::array<Flicker::Fit, 2> Flicker::kFits{Fit{1e6 / 100}, Fit{1e6 / 120}};

double Flicker::Fit::explained() const {
  const double determinant = uu * vv - uv * uv;
  if (determinant <= 1e-9) return 0;
  return (vv * ud * ud - 2 * uv * ud * vd + uu * vd * vd) / determinant;
}

double Flicker::Fit::amplitude() const {
  const double determinant = uu * vv - uv * uv;
  if (determinant <= 1e-9) return 0;
  const double a = (vv * ud - uv * vd) / determinant, b = (uu * vd - uv * ud) / determinant;
  return exact::sqrt(a * a + b * b);
}

bool Flicker::Fit::seen() const { return potential > kLeastPotential && uu + vv > kLeastSeen * potential; }

bool Flicker::Fit::hidden() const { return potential > kLeastPotential && !seen(); }

void Flicker::restart(double line_time_us) {
  line_time_us_ = line_time_us;
  forget();
}

void Flicker::forget() {
  last_ = {};
  fits_ = kFits;
  squares_ = 0;
  suspect_ = kNone, agreed_ = 0, ambiguous_ = false;
  seen_for_ = 0;
}

double Flicker::period_us() const { return found_ == kNone ? 0 : fits_[static_cast<std::size_t>(found_)].period_us; }

bool Flicker::wants_other_frame_length() const {
  if (found_ != kNone || line_time_us_ <= 0) return false;
  const bool hidden = std::ranges::any_of(fits_, &Fit::hidden);
  return ambiguous_ || (hidden && since_seen_ > kCheckAgain);
}

Flicker::Rows Flicker::rows_of(const FrameReport& report) const {
  Rows rows{.start_us = 1e-3 * static_cast<double>(report.timestamp_ns - first_ns_),
            .exposure_us = *report.applied.exposure_us,
            .height_us = line_time_us_ * report.height,
            .level = {}};
  for (const isp::Statistics::Sum& band : report.statistics.rows) {
    const double level = band.mean() / 2 / isp::domain::LinearRaw::range;
    rows.level.push_back(level > kDarkest && level < kBrightest ? exact::log(level) : kNoLevel);
  }
  return rows;
}

void Flicker::step(const FrameReport& report) {
  if (line_time_us_ <= 0 || report.timestamp_ns == 0) return;
  if (report.timestamp_ns <= last_ns_ || report.timestamp_ns - last_ns_ > kLongestGap_ns) {
    forget();
    first_ns_ = report.timestamp_ns;
  }
  last_ns_ = report.timestamp_ns;
  Rows now = rows_of(report);
  if (!last_.level.empty()) {
    compare(last_, now);
    judge();
  }
  last_ = std::move(now);
}

/// What is common to all bands, a change of exposure, is taken out by the moments.
void Flicker::compare(const Rows& before, const Rows& now) {
  for (Fit& fit : fits_) {
    const double left_before = remaining(before.exposure_us / fit.period_us);
    const double left_now = remaining(now.exposure_us / fit.period_us);
    Moments<5> moments;
    for (std::size_t band = 0; band < now.level.size(); ++band) {
      if (before.level[band] == kNoLevel || now.level[band] == kNoLevel) continue;
      const double row_us = (static_cast<double>(band) + 0.5) / isp::Statistics::kRowBands * now.height_us;
      const double turns_before = (before.start_us + before.exposure_us / 2 + row_us) / fit.period_us;
      const double turns_now = (now.start_us + now.exposure_us / 2 + row_us) / fit.period_us;
      const double cosine = left_now * exact::sine(turns_now + 0.25), sine = left_now * exact::sine(turns_now);
      moments.add({cosine - left_before * exact::sine(turns_before + 0.25),
                   sine - left_before * exact::sine(turns_before), now.level[band] - before.level[band], cosine, sine});
    }
    if (moments.count() < kFewestBands) return;
    const auto add = [](double& sum, double v) { sum = kKept * sum + v; };
    add(fit.uu, moments(0, 0)), add(fit.uv, moments(0, 1)), add(fit.vv, moments(1, 1));
    add(fit.ud, moments(0, 2)), add(fit.vd, moments(1, 2));
    add(fit.potential, 4 * (moments(3, 3) + moments(4, 4)));
    if (&fit == &fits_.front()) add(squares_, moments(2, 2));
  }
}

void Flicker::judge() {
  const int stronger = fits_[1].explained() > fits_[0].explained();
  const Fit &wave = fits_[static_cast<std::size_t>(stronger)], &other = fits_[static_cast<std::size_t>(1 - stronger)];
  const bool shows = wave.amplitude() > kLeastAmplitude && wave.explained() > kLeastExplained * squares_;
  ambiguous_ = shows && wave.explained() < kClearly * other.explained();

  const int suspect = shows && !ambiguous_ ? stronger : kNone;
  agreed_ = suspect == suspect_ ? agreed_ + 1 : 1;
  suspect_ = suspect;
  if (suspect != kNone && agreed_ >= kAgree) found_ = suspect;

  const bool seen = std::ranges::any_of(fits_, &Fit::seen), hidden = std::ranges::any_of(fits_, &Fit::hidden);
  seen_for_ = seen && !hidden ? seen_for_ + 1 : 0;
  since_seen_ = seen_for_ >= kEnough ? 0 : std::min(since_seen_ + 1, kNever);

  if (found_ == kNone) return;
  Fit& known = fits_[static_cast<std::size_t>(found_)];
  if (!known.seen()) return;
  known.unseen = known.amplitude() < kGone ? known.unseen + 1 : 0;
  if (known.unseen > kForget) found_ = kNone;
}

}  // namespace sunny16::firmware
