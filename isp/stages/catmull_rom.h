// Catmull-Rom interpolation between the middle two of four samples, in 16 bits: the specification of catmull_rom-inl.h.
//
// At distance f (Q15, below one) from the centre towards `near`, the weights of `near`, of `far` behind it and of
// `opposite` on the other side of the centre are
//   near = f (1/2 + 2 a) with a = f (1 - 3/4 f),   far = -f^2 (1 - f) / 2,   opposite = -f (1 - f)^2 / 2.
// They multiply differences from the centre: f = 0 is exactly no change, and flat areas stay as they are. Differences
// saturate at 32767, sums in the order below. R. Keys, "Cubic convolution interpolation for digital image processing",
// 1981.
#pragma once

#include "isp/stages/int16.h"

namespace sunny16::isp {

class CatmullRom {
 public:
  constexpr explicit CatmullRom(std::int16_t f) {
    const std::int16_t rest = saturate16(32767 - f);
    const std::int16_t a = mul_q15(f, saturate16(32767 - mul_q15(f, 24576)));  // at most a third
    near_ = add_saturated(mul_q15(f, saturate16(a + 16384)), mul_q15(f, a));
    const auto half = static_cast<std::int16_t>(mul_q15(f, rest) >> 1);
    far_ = mul_q15(half, f);
    opposite_ = mul_q15(half, rest);
  }
  constexpr std::int16_t operator()(std::int16_t opposite, std::int16_t centre, std::int16_t near,
                                    std::int16_t far) const {
    const auto term = [centre](std::int16_t sample, std::int16_t weight) {
      return mul_q15(subtract_saturated(sample, centre), weight);
    };
    const std::int16_t sum = add_saturated(centre, term(near, near_));
    return subtract_saturated(subtract_saturated(sum, term(far, far_)), term(opposite, opposite_));
  }

 private:
  std::int16_t near_ = 0, far_ = 0, opposite_ = 0;
};

}  // namespace sunny16::isp
