#include "firmware/capture/thumbnail_track.h"

#include <algorithm>

namespace sunny16::firmware {
namespace {

/// Time x gain, us; 0: the camera does not say.
double exposure_of(const hal::AppliedSettings& applied) {
  return applied.exposure_us.value_or(0) * applied.analogue_gain.value_or(1);
}

}  // namespace

std::shared_ptr<const isp::Thumbnail> ThumbnailTrack::for_frame(const hal::AppliedSettings& applied) const {
  const double exposure = exposure_of(applied);
  if (!newest_ || exposure <= 0 || exposure_ <= 0 || exposure == exposure_) return newest_;
  return std::make_shared<const isp::Thumbnail>(exposed(*newest_, exposure / exposure_));
}

void ThumbnailTrack::learn(const isp::Statistics& statistics, const hal::AppliedSettings& applied) {
  constexpr double kPart = 0.4;  // of a frame's news
  isp::Thumbnail now = thumbnail_of(statistics);
  if (std::ranges::all_of(now.cells, &isp::Thumbnail::Cell::empty)) return clear();
  const auto before = for_frame(applied);
  newest_ = std::make_shared<const isp::Thumbnail>(before ? between(*before, now, kPart) : std::move(now));
  exposure_ = exposure_of(applied);
}

}  // namespace sunny16::firmware
