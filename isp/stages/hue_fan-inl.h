// Hues of vectors of colours. Included once per SIMD target; the specification is hue_fan.h.
#if defined(SUNNY16_ISP_STAGES_HUE_FAN_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef SUNNY16_ISP_STAGES_HUE_FAN_INL_H
#undef SUNNY16_ISP_STAGES_HUE_FAN_INL_H
#else
#define SUNNY16_ISP_STAGES_HUE_FAN_INL_H
#endif

#include <hwy/highway.h>

#include "isp/stages/hue_fan.h"
#include "isp/stages/pieces16-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

class FanPlaces {
  using Words = hn::ScalableTag<std::int16_t>;
  using Vector = hn::Vec<Words>;

 public:
  HWY_INLINE FanPlaces(Vector r, Vector g, Vector b) : FanPlaces(Ordered(r, g, b), bits(r, g, b)) {}

  HWY_INLINE Vector in(const FanTable& table) const {
    return hn::SaturatedAdd(hn::MulFixedPoint15(whole_, entry_.in(table.whole)),
                            hn::MulFixedPoint15(between_, entry_.in(table.between)));
  }
  /// The amounts, twice and four times: 0..32766.
  HWY_INLINE Vector twice_whole() const { return whole_; }
  HWY_INLINE Vector four_between() const { return between_; }

 private:
  struct Ordered {
    Vector primary, secondary;
    HWY_INLINE Ordered(Vector r, Vector g, Vector b) {
      const Vector low = hn::Min(hn::Min(r, g), b), high = hn::Max(hn::Max(r, g), b);
      const Vector middle = hn::Max(hn::Min(r, g), hn::Min(hn::Max(r, g), b));
      primary = hn::Sub(high, middle), secondary = hn::Sub(middle, low);
    }
  };

  /// `bit` where a >= b.
  static HWY_INLINE Vector bit_if(Vector a, Vector b, std::int16_t bit) {
    return hn::IfThenZeroElse(hn::Gt(b, a), hn::Set(Words(), bit));
  }
  static HWY_INLINE Vector bits(Vector r, Vector g, Vector b) {
    return hn::Or(hn::Or(bit_if(r, g, 1), bit_if(g, b, 2)), bit_if(b, r, 4));
  }
  HWY_INLINE FanPlaces(Ordered o, Vector order)
      : entry_(hn::Or(order, bit_if(o.primary, o.secondary, 8))),
        whole_(hn::ShiftLeft<1>(hn::Sub(hn::Max(o.primary, o.secondary), hn::Min(o.primary, o.secondary)))),
        between_(hn::ShiftLeft<2>(hn::Min(o.primary, o.secondary))) {}

  Entries16 entry_;
  Vector whole_, between_;
};

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
