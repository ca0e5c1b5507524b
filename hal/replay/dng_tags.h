// What LibRaw does not tell of a DNG, read through libtiff.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "isp/core/conditions.h"

namespace sunny16::hal {

struct DngTags {
  std::optional<isp::Rect> active_area;    ///< of the raw picture
  std::vector<std::byte> opcode_list2;     ///< of the raw picture; empty: none
  std::optional<isp::NoiseProfile> noise;  ///< of green, where channels differ
  int cell = 1;                            ///< pixels a side under one colour filter
};

/// Never throws for a damaged file: tags that cannot be read are absent.
DngTags read_dng_tags(std::span<const std::byte> file);

}  // namespace sunny16::hal
