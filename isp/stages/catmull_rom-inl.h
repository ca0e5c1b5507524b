// Catmull-Rom interpolation in vectors, with a distance for each lane. Included once per SIMD target; the specification
// is catmull_rom.h.
#if defined(SUNNY16_ISP_STAGES_CATMULL_ROM_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef SUNNY16_ISP_STAGES_CATMULL_ROM_INL_H
#undef SUNNY16_ISP_STAGES_CATMULL_ROM_INL_H
#else
#define SUNNY16_ISP_STAGES_CATMULL_ROM_INL_H
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class D>
class CatmullRomVector {
 public:
  using V = hn::Vec<D>;
  HWY_INLINE CatmullRomVector(D d, V f) {
    const auto one = hn::Set(d, 32767), rest = hn::Sub(one, f);
    const auto a = hn::MulFixedPoint15(f, hn::Sub(one, hn::MulFixedPoint15(f, hn::Set(d, 24576))));
    near_ = hn::SaturatedAdd(hn::MulFixedPoint15(f, hn::Add(a, hn::Set(d, 16384))), hn::MulFixedPoint15(f, a));
    const auto half = hn::ShiftRight<1>(hn::MulFixedPoint15(f, rest));
    far_ = hn::MulFixedPoint15(half, f);
    opposite_ = hn::MulFixedPoint15(half, rest);
  }
  HWY_INLINE V operator()(V opposite, V centre, V near, V far) const {
    const V near_term = hn::MulFixedPoint15(hn::SaturatedSub(near, centre), near_);
    const V far_term = hn::MulFixedPoint15(hn::SaturatedSub(far, centre), far_);
    const V opposite_term = hn::MulFixedPoint15(hn::SaturatedSub(opposite, centre), opposite_);
    return hn::SaturatedSub(hn::SaturatedSub(hn::SaturatedAdd(centre, near_term), far_term), opposite_term);
  }

 private:
  V near_, far_, opposite_;
};

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
