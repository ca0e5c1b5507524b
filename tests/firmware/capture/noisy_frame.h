// A frame to develop, and a request that leaves nothing to be decided.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "firmware/capture/frame_line.h"
#include "sim/reference/bench_frame.h"

namespace sunny16::firmware {

inline constexpr int kWidth = 160, kHeight = 96;

/// A noisy frame of gradients, edges and texture (RGGB, 12 bits), of which nothing is known but its levels.
inline hal::RawFrame frame(int width = kWidth, int height = kHeight) {
  const sim::RawBuffer raw = sim::bench_frame(width, height);
  hal::RawFrame frame;
  frame.raw = raw.view;
  frame.own(raw.bytes);
  frame.black.fill(256);
  frame.white = 4095;
  return frame;
}

/// All is given: nothing depends on estimates.
inline FrameRequest settled(std::vector<isp::OutputRequest> outputs = {{}}) {
  FrameRequest request;
  request.outputs = std::move(outputs);
  request.colour_gains = {2, 1.6};
  request.colour_matrix = isp::Matrix3{1.7, -0.5, -0.2, -0.25, 1.5, -0.25, 0, -0.6, 1.6};
  request.digital_gain = 1;
  return request;
}

}  // namespace sunny16::firmware
