// The ICC profile that JPEG and TIFF files carry.
#pragma once

#include <cstddef>
#include <vector>

namespace sunny16::firmware {

/// sRGB (IEC 61966-2-1) as an ICC 2.1 matrix and curve profile, about 2.6 KiB; the same bytes every time.
const std::vector<std::byte>& srgb_profile();

}  // namespace sunny16::firmware
