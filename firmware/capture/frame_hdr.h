// Single-exposure HDR of one frame, and what local tone mapping needs to be ready for it.
#pragma once

#include "firmware/control/controls.h"
#include "firmware/tuning/camera_tuning.h"
#include "isp/core/statistics.h"

namespace sunny16::firmware {

/// How a frame without a controller's decisions is exposed in the line.
struct HdrExposure {
  double digital_gain = 1;
  double strength = 0;  ///< of single-exposure HDR, 0..1
};

/// Automatic: as much HDR as the highlights hold the exposure of the mid-tones back, two stops being all.
/// Multi-exposure of one frame is single-exposure.
HdrExposure estimate_hdr_exposure(const isp::Statistics& statistics, HdrMode mode);

/// Turns local tone mapping up, from the tuning's own strength to all of it, with more contrast within regions and less
/// colour in shadows that are noise.
void apply_hdr(isp::Tunings& tunings, double strength);

/// Whether a stage that is on reads the thumbnail.
bool needs_thumbnail(isp::Tunings& tunings);

}  // namespace sunny16::firmware
