// Small vector vocabulary of the demosaic stages, once per SIMD target. The plain versions are in namespace demosaic.
#ifndef SUNNY16_ISP_STAGES_DEMOSAIC_PLAIN_H
#define SUNNY16_ISP_STAGES_DEMOSAIC_PLAIN_H

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "isp/core/cfa.h"
#include "isp/core/layout.h"

namespace sunny16::isp::demosaic {

/// A direction's weight moves by a quarter where its variation exceeds the other's 65536 / kLittle = 2.65 times and again by the
/// ratio of kMuch, 1.29.
inline constexpr int kLittle = 24770, kMuch = 50764;

constexpr int average(int a, int b) { return (a + b + 1) >> 1; }
constexpr int average(int a, int b, int c, int d) { return average(average(a, b), average(c, d)); }
constexpr int clamp_code(int v) { return std::clamp(v, 0, domain::CodeRgb::max); }

}  // namespace sunny16::isp::demosaic
#endif

#if defined(SUNNY16_ISP_STAGES_DEMOSAIC_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef SUNNY16_ISP_STAGES_DEMOSAIC_INL_H
#undef SUNNY16_ISP_STAGES_DEMOSAIC_INL_H
#else
#define SUNNY16_ISP_STAGES_DEMOSAIC_INL_H
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;
using I = std::int16_t;
using U = std::uint16_t;
using demosaic::kLittle;
using demosaic::kMuch;

const hn::ScalableTag<I> di;
const hn::ScalableTag<U> du;
using V = hn::Vec<decltype(di)>;
using VU = hn::Vec<decltype(du)>;

HWY_INLINE int lanes() { return static_cast<int>(hn::Lanes(di)); }
HWY_INLINE V load(const I* p) { return hn::LoadU(di, p); }
HWY_INLINE VU load_u(const U* p) { return hn::LoadU(du, p); }
HWY_INLINE void store(V v, I* p) { hn::StoreU(v, di, p); }
HWY_INLINE void store_u(VU v, U* p) { hn::StoreU(v, du, p); }
HWY_INLINE VU average_u(VU a, VU b) { return hn::AverageRound(a, b); }
/// (a + b + 1) / 2 for values that are not negative as int16.
HWY_INLINE V average(V a, V b) { return hn::BitCast(di, hn::AverageRound(hn::BitCast(du, a), hn::BitCast(du, b))); }
HWY_INLINE V average(V a, V b, V c, V d) { return average(average(a, b), average(c, d)); }
HWY_INLINE VU distance(VU a, VU b) { return hn::Or(hn::SaturatedSub(a, b), hn::SaturatedSub(b, a)); }
HWY_INLINE V sum3(const I* a, const I* b, const I* c) { return hn::Add(hn::Add(load(a), load(b)), load(c)); }
/// v + 32768 mod 65536, its own inverse.
HWY_INLINE V flip_sign(V v) { return hn::Xor(v, hn::Set(di, static_cast<I>(-32768))); }
/// All ones where v > 0.
HWY_INLINE V positive(V v) { return hn::VecFromMask(di, hn::Gt(v, hn::Zero(di))); }
HWY_INLINE V clamp_code(V v) { return hn::Min(hn::Max(v, hn::Zero(di)), hn::Set(di, domain::CodeRgb::max)); }

}  // namespace
}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
