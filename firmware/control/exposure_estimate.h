// How bright a frame is, and which exposure that asks for where no controller decides.
#pragma once

#include "isp/core/statistics.h"

namespace sunny16::firmware {

/// Mean of the greens, which weigh most in luminance, as a fraction of white; no metering weights it.
double mean_luminance(const isp::Statistics& statistics);

/// Gain that gives the picture a natural brightness: the histogram's middle tones at mid-grey, as far as highlights
/// allow it. 1 to 8.
double estimate_exposure_gain(const isp::Statistics& statistics);

/// The same whatever the highlights become, for single-exposure HDR: local tone mapping brings them back. 1 to 4, which
/// is the line's headroom above white.
double estimate_midtone_gain(const isp::Statistics& statistics);

}  // namespace sunny16::firmware
