#include "firmware/capture/frame_hdr.h"

#include "firmware/control/exposure_estimate.h"
#include "isp/core/exact_math.h"

namespace sunny16::firmware {

namespace exact = isp::exact;

HdrExposure estimate_hdr_exposure(const isp::Statistics& statistics, HdrMode mode) {
  constexpr double kAll = 2;  // EV
  const double usual = estimate_exposure_gain(statistics);
  if (mode == HdrMode::off || mode == HdrMode::night) return {usual, 0};
  const double midtones = exact::max(estimate_midtone_gain(statistics), usual);
  if (mode != HdrMode::automatic) return {midtones, 1};
  return {midtones, exact::clamp(exact::log2(midtones / usual) / kAll, 0, 1)};
}

void apply_hdr(isp::Tunings& tunings, double strength) {
  if (strength <= 0) return;
  isp::LocalToneTuning& tone = isp::tuning_of<isp::LocalTone>(tunings);
  tone.strength += (1 - tone.strength) * exact::min(strength, 1);
  // What the curve takes of contrasts near white, and the regions' gains of the wide ones in the dark.
  constexpr double kDetail = 0.4;
  tone.detail = exact::min(tone.detail + kDetail * strength, 2);
  // Lifted shadows show their colours' noise.
  constexpr double kShadows = 4;
  isp::ChromaDenoiseTuning& chroma = isp::tuning_of<isp::ChromaDenoise>(tunings);
  if (chroma.shadows > 0) chroma.shadows += kShadows * exact::min(strength, 1);
}

bool needs_thumbnail(isp::Tunings& tunings) {
  return isp::LocalTone::wanted(isp::tuning_of<isp::LocalTone>(tunings)) ||
         isp::Bloom::wanted(isp::tuning_of<isp::Bloom>(tunings));
}

}  // namespace sunny16::firmware
