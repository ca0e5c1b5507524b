#include "isp/stages/lens_shading.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/lens_shading.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/core/mesh-inl.h"
#include "isp/stages/pedestal-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

void lens_shading_row(const LensShading::Registers& registers, const RowIo& io, Span span) {
  const hn::ScalableTag<std::uint16_t> d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  constexpr int kChunk = 256;  // gains stay in the first-level cache
  alignas(64) std::array<std::int16_t, kChunk + kSlack> gains;
  for (int plane = 0; plane < 4; ++plane) {
    const auto* in = io.in<std::uint16_t>(0, plane);
    auto* out = io.out<std::uint16_t>(plane);
    for (int start = 0; start < span.count; start += kChunk) {
      const int count = std::min(kChunk, span.count - start);
      mesh_row(registers.gain[static_cast<std::size_t>(plane)], span.x + start, span.y, count, gains.data());
      for (int i = 0; i < count; i += lanes) {
        const auto gain = hn::BitCast(d, hn::LoadU(hn::ScalableTag<std::int16_t>(), gains.data() + i));
        hn::StoreU(scale_about_black(d, hn::LoadU(d, in + start + i), gain), d, out + start + i);
      }
    }
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "isp/core/exact_math.h"
#include "isp/stages/pedestal.h"
#include "isp/stages/unpack.h"

namespace sunny16::isp {

static_assert(RowStage<LensShading>);
HWY_EXPORT(lens_shading_row);

void LensShading::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(lens_shading_row)(registers, io, span);
}

void LensShading::reference_row(const Registers& registers, const RowIo& io, Span span) {
  for (int plane = 0; plane < 4; ++plane)
    for (int i = 0; i < span.count; ++i) {
      const std::int16_t gain = registers.gain[static_cast<std::size_t>(plane)].at(span.x + i, span.y);
      io.out<std::uint16_t>(plane)[i] =
          scale_about_black(io.in<std::uint16_t>(0, plane)[i], static_cast<std::uint16_t>(gain));
    }
}

LensShading::Registers LensShading::derive(const Tuning& tuning, const Conditions& conditions) {
  Registers registers;
  if (!tuning.enabled || !conditions.shading || conditions.shading->empty()) return registers;
  registers.enabled = 1;
  const FrameGeometry frame = binned(conditions.frame, conditions.binning);
  const GainMesh mesh = applied(tuning, *conditions.shading);
  for (const Quad plane : {kR, kGr, kGb, kB}) registers.gain[plane] = quantised_gains(mesh, plane, frame);
  return registers;
}

/// A gain is luminance * colour, where the greens' mean is the luminance; strength scales the luminance's distance
/// from 1.
GainMesh LensShading::applied(const Tuning& tuning, const GainMesh& calibration) {
  GainMesh mesh = calibration;
  for (std::size_t i = 0; i < mesh.gains[kR].size(); ++i) {
    const double luminance = (mesh.gains[kGr][i] + mesh.gains[kGb][i]) / 2;
    double scale = luminance > 0 ? ((luminance - 1) * tuning.luminance_strength + 1) / luminance : 1;
    double largest = 0;
    for (const auto& channel : mesh.gains) largest = exact::max(largest, channel[i] * scale);
    if (largest > tuning.max_gain) scale *= tuning.max_gain / largest;
    for (auto& channel : mesh.gains) channel[i] *= scale;
  }
  return mesh;
}

}  // namespace sunny16::isp
#endif
