// The thumbnail of a stream: what the next frame's gains are made of. Smoothed over time, and brought to the exposure
// of the frame that it is for, so that gains follow the scene and not the exposure.
#pragma once

#include <memory>

#include "hal/api/raw_frame.h"
#include "isp/core/statistics.h"
#include "isp/core/thumbnail.h"

namespace sunny16::firmware {

class ThumbnailTrack {
 public:
  /// For a frame with these settings; null before the first was counted.
  std::shared_ptr<const isp::Thumbnail> for_frame(const hal::AppliedSettings& applied) const;
  /// Counted of a frame with these settings. A line that needs no thumbnail counts none: the track ends.
  void learn(const isp::Statistics& statistics, const hal::AppliedSettings& applied);
  void clear() { newest_ = nullptr; }

 private:
  std::shared_ptr<const isp::Thumbnail> newest_;
  double exposure_ = 0;  ///< its time x gain, us
};

}  // namespace sunny16::firmware
