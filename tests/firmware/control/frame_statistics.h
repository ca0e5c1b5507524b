// What the line counts in a frame.
#pragma once

#include "firmware/capture/frame_line.h"

namespace sunny16::firmware::test {

inline isp::Statistics statistics_of(const hal::RawFrame& frame) {
  FrameRequest request;
  request.as_shot = false;  // an estimate is what makes it count
  return prepare_frame(frame, {}, request).statistics;
}

}  // namespace sunny16::firmware::test
