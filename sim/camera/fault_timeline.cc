#include "sim/camera/fault_timeline.h"

#include <algorithm>
#include <cstddef>

#include "sim/sensor/random.h"

namespace sunny16::sim {
namespace {

/// Rows of zeros or of random bytes, in memory of the frame's own.
void damage_rows(const FaultEvent& fault, std::uint64_t key, hal::RawFrame& frame) {
  std::vector<std::byte> bytes(frame.raw.bytes.begin(), frame.raw.bytes.end());
  const auto columns = static_cast<int>(frame.raw.stride);
  for (int y = fault.first_row; y < std::min(fault.first_row + fault.rows, frame.raw.height); ++y)
    for (int x = 0; x < columns; ++x)
      bytes[static_cast<std::size_t>(y) * frame.raw.stride + static_cast<std::size_t>(x)] =
          static_cast<std::byte>(fault.fault == FaultKind::zero_rows ? 0 : fixed_bits(key, x, y) & 0xFF);
  frame.own(std::move(bytes));
}

}  // namespace

void FaultTimeline::begin(std::uint64_t frame, double seconds, std::uint64_t now_ns) {
  std::erase_if(to_come_, [&](const FaultEvent& event) {
    const bool now = event.at_frame >= 0 ? frame >= static_cast<std::uint64_t>(event.at_frame) : seconds >= event.at_s;
    if (!now) return false;
    const std::uint64_t until_ns = event.for_s > 0 ? now_ns + nanoseconds(event.for_s) : kForGood;
    if (event.fault == FaultKind::stop)
      silent_until_ns_ = until_ns;
    else if (event.fault == FaultKind::disconnect)
      away_until_ns_ = until_ns;
    else if (event.fault == FaultKind::hang)
      hang_ns_ = nanoseconds(event.for_s);
    else
      going_on_.push_back(event);
    return true;
  });
}

std::optional<FaultEvent> FaultTimeline::befallen(FaultKind kind) {
  const auto event = std::ranges::find(going_on_, kind, &FaultEvent::fault);
  if (event == going_on_.end()) return std::nullopt;
  const FaultEvent found = *event;
  if (--event->count == 0) going_on_.erase(event);
  return found;
}

void damage(const FaultEvent& fault, std::uint64_t key, hal::RawFrame& frame) {
  if (fault.fault != FaultKind::bad_metadata) return damage_rows(fault, key, frame);
  frame.applied.exposure_us = frame.applied.analogue_gain = 0;
  frame.timestamp_ns = 0;
}

}  // namespace sunny16::sim
