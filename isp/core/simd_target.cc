#include "isp/core/simd_target.h"

#include <hwy/targets.h>

#include <cstdint>

namespace sunny16::isp {

std::string_view simd_target() {
  const std::int64_t usable = hwy::SupportedTargets() & HWY_TARGETS;
  return hwy::TargetName(usable & -usable);  // the lowest bit is the best target
}

}  // namespace sunny16::isp
