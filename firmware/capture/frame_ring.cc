#include "firmware/capture/frame_ring.h"

#include <algorithm>

namespace sunny16::firmware {

std::shared_ptr<const KeptFrame> FrameRing::keep(const hal::RawFrame& frame, const FrameDecisions& decisions,
                                                 std::uint64_t number) {
  if (kept_.size() >= frames_) kept_.pop_front();
  auto kept = std::make_shared<KeptFrame>(KeptFrame{frame, decisions, number});
  kept->frame.board_picture.reset();
  kept->frame.own({frame.raw.bytes.begin(), frame.raw.bytes.end()});
  kept_.push_back(kept);
  return kept;
}

std::shared_ptr<const KeptFrame> FrameRing::nearest(std::uint64_t time_ns) const {
  const auto distance = [&](const std::shared_ptr<const KeptFrame>& kept) {
    const auto middle =
        kept->frame.timestamp_ns + static_cast<std::uint64_t>(500 * kept->frame.applied.exposure_us.value_or(0));
    return middle > time_ns ? middle - time_ns : time_ns - middle;
  };
  const auto found = std::ranges::min_element(kept_, {}, distance);
  return found == kept_.end() ? nullptr : *found;
}

}  // namespace sunny16::firmware
