// The last raw frames, so that a picture can be one that was taken before the button was pressed. They are copies: the
// camera has few buffers and wants them back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>

#include "firmware/control/control_types.h"
#include "hal/api/raw_frame.h"

namespace sunny16::firmware {

struct KeptFrame {
  hal::RawFrame frame;
  FrameDecisions decisions;  ///< how it is developed
  std::uint64_t number = 0;  ///< counts frames since the session began
};

/// Used by one thread; what it hands out may go to any.
class FrameRing {
 public:
  explicit FrameRing(std::size_t frames) : frames_(frames < 1 ? 1 : frames) {}

  std::shared_ptr<const KeptFrame> keep(const hal::RawFrame& frame, const FrameDecisions& decisions,
                                        std::uint64_t number);
  void clear() { kept_.clear(); }

  /// Null: there is none.
  std::shared_ptr<const KeptFrame> newest() const { return kept_.empty() ? nullptr : kept_.back(); }
  /// The frame whose exposure is nearest in time.
  std::shared_ptr<const KeptFrame> nearest(std::uint64_t time_ns) const;

 private:
  std::size_t frames_;
  std::deque<std::shared_ptr<const KeptFrame>> kept_;
};

}  // namespace sunny16::firmware
