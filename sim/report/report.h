// One page that shows how a raw frame became a picture: input, every stage, output, timings, plan and metadata. It
// stands alone: all pictures are in it, and nothing is loaded.
#pragma once

#include <string>

#include "firmware/capture/frame_line.h"
#include "firmware/output/picture_file.h"

namespace sunny16::sim {

struct ReportSource {
  std::string input, output;  ///< names
  const hal::RawFrame& frame;
  const firmware::DevelopedFrame& developed;
  firmware::Rgb8 picture;  ///< the output as it was written
};

/// The page as HTML. Runs the line twice more: over the whole frame for the stages' pictures, and streaming for their
/// timings.
std::string report_html(const ReportSource& source);

}  // namespace sunny16::sim
