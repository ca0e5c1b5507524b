// The instruction set that fast rows run on.
#pragma once

#include <string_view>

namespace sunny16::isp {

/// Highway's name of the best one that is compiled in and that this machine has: "AVX3", "AVX2", "NEON", ...
std::string_view simd_target();

}  // namespace sunny16::isp
