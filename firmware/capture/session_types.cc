#include "firmware/capture/session_types.h"

namespace sunny16::firmware {

std::string CaptureRequest::problem() const {
  constexpr int kLongestBurst = 100;
  constexpr std::size_t kMostExposures = 16;
  if (!jpeg && !raw) return ".raw: found false, allowed true where jpeg is false: a capture keeps something";
  if (!jpeg && frame != PictureFrame::off) return ".frame: found one, allowed off where jpeg is false";
  if ((mode == CaptureMode::burst || mode == CaptureMode::pro) && count > kLongestBurst)
    return ".count: found " + std::to_string(count) + ", allowed 1 to " + std::to_string(kLongestBurst) +
           " in this mode";
  if (mode == CaptureMode::bracket && (exposure_values.empty() || exposure_values.size() > kMostExposures))
    return ".exposure_values: found " + std::to_string(exposure_values.size()) + " values, allowed 1 to " +
           std::to_string(kMostExposures);
  if ((colour_gains[0] > 0) != (colour_gains[1] > 0)) return ".ColourGains: found one gain, allowed none or both";
  return "";
}

}  // namespace sunny16::firmware
