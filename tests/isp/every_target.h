// Repeats a check on each SIMD target that is compiled in and that this machine has.
#pragma once

#include <doctest/doctest.h>
#include <hwy/targets.h>

namespace sunny16::isp::test {

template <class F>
void on_every_target(F&& check) {
  for (const auto target : hwy::SupportedAndGeneratedTargets()) {
    CAPTURE(hwy::TargetName(target));
    hwy::SetSupportedTargetsForTest(target);
    check();
    hwy::SetSupportedTargetsForTest(0);
  }
}

}  // namespace sunny16::isp::test
