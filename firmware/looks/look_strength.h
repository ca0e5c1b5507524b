// A part of a look: what its stages do, weaker.
#pragma once

#include "isp/pipeline/phone_pipeline.h"

namespace sunny16::firmware {

/// Brings what look stages and sharpening do to `strength` (0..1) of the way from `before` to what `look` has, in
/// `look`. Only amounts are mixed; what they are amounts of (hues, places, sizes) is the look's from the first bit on.
void weaken_look(isp::Tunings& look, const isp::Tunings& before, double strength);

}  // namespace sunny16::firmware
