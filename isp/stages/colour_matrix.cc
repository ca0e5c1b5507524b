#include "isp/stages/colour_matrix.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/colour_matrix.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// One row of the matrix. A product is high * 2^16 + low, summed apart as sum(high) and sum(low / 4):
///   |high| <= 16384, so two never saturate and three only where the result is out of range anyway;
///   sum(low / 4) + 512 <= 3 * 16383 + 512 < 2^16.
template <class D, class V>
HWY_INLINE V dot(D d, V r, V g, V b, const Q<3, 12>* row) {
  const hn::RebindToUnsigned<D> du;
  const V m0 = hn::Set(d, row[0].raw), m1 = hn::Set(d, row[1].raw), m2 = hn::Set(d, row[2].raw);
  const auto quarter_low = [&](V v, V m) HWY_ATTR { return hn::ShiftRight<2>(hn::BitCast(du, hn::Mul(v, m))); };
  const V high = hn::SaturatedAdd(hn::SaturatedAdd(hn::MulHigh(r, m0), hn::MulHigh(g, m1)), hn::MulHigh(b, m2));
  const auto low = hn::Add(hn::Add(quarter_low(r, m0), quarter_low(g, m1)),
                           hn::Add(quarter_low(b, m2), hn::Set(du, std::uint16_t{512})));
  constexpr std::int16_t kLargest = ColourMatrix::kLargest;
  // 16 * 2044 = kLargest and 16 * -2048 + 48 < -kLargest: limiting `high` first changes no result within the limits.
  const V coarse =
      hn::ShiftLeft<4>(hn::Min(hn::Max(high, hn::Set(d, std::int16_t{-2048})), hn::Set(d, std::int16_t{2044})));
  const V sum = hn::Add(coarse, hn::BitCast(d, hn::ShiftRight<10>(low)));
  return hn::Min(hn::Max(sum, hn::Set(d, static_cast<std::int16_t>(-kLargest))), hn::Set(d, kLargest));
}

void colour_matrix_row(const ColourMatrix::Registers& registers, const RowIo& io, Span span) {
  const hn::ScalableTag<std::int16_t> d;
  for (int x = 0; x < span.count; x += static_cast<int>(hn::Lanes(d))) {
    const auto r = hn::LoadU(d, io.in<std::int16_t>(0, 0) + x), g = hn::LoadU(d, io.in<std::int16_t>(0, 1) + x),
               b = hn::LoadU(d, io.in<std::int16_t>(0, 2) + x);
    for (int c = 0; c < 3; ++c)
      hn::StoreU(dot(d, r, g, b, registers.matrix.data() + 3 * c), d, io.out<std::int16_t>(c) + x);
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>

#include "isp/core/exact_math.h"

namespace sunny16::isp {

static_assert(RowStage<ColourMatrix>);
HWY_EXPORT(colour_matrix_row);

void ColourMatrix::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(colour_matrix_row)(registers, io, span);
}

void ColourMatrix::reference_row(const Registers& registers, const RowIo& io, Span span) {
  for (int x = 0; x < span.count; ++x) {
    std::array<std::int32_t, 3> v;
    for (int k = 0; k < 3; ++k) v[static_cast<std::size_t>(k)] = io.in<std::int16_t>(0, k)[x];
    for (std::size_t c = 0; c < 3; ++c) {
      std::int32_t sum = 512;  // |sum| <= 3 * 2^28 + 512
      for (std::size_t k = 0; k < 3; ++k) sum += (v[k] * registers.matrix[3 * c + k].raw) >> 2;
      io.out<std::int16_t>(static_cast<int>(c))[x] =
          static_cast<std::int16_t>(std::clamp<std::int32_t>(sum >> 10, -kLargest, kLargest));
    }
  }
}

namespace {

/// Rounds a row to Q3.12; what rounding adds to a sum of one is taken back from the element that it moved furthest.
std::array<Q<3, 12>, 3> quantise_row(std::array<double, 3> row) {
  std::array<Q<3, 12>, 3> quantised;
  int sum = 0;
  for (std::size_t k = 0; k < 3; ++k) sum += (quantised[k] = Q<3, 12>::real(row[k])).raw;
  if (exact::abs(row[0] + row[1] + row[2] - 1) > 1e-4) return quantised;
  for (int excess = sum - 4096; excess != 0; excess += excess < 0 ? 1 : -1) {
    const int sign = excess < 0 ? -1 : 1;
    const auto moved = [&](std::size_t k) { return sign * (quantised[k].to_real() - row[k]); };
    const std::size_t furthest = moved(0) >= moved(1) && moved(0) >= moved(2) ? 0 : moved(1) >= moved(2) ? 1 : 2;
    quantised[furthest].raw = static_cast<std::int16_t>(quantised[furthest].raw - sign);
  }
  return quantised;
}

}  // namespace

ColourMatrix::Registers ColourMatrix::derive(const Tuning& tuning, const Conditions& conditions) {
  constexpr std::array<double, 3> kLuminance{0.2126, 0.7152, 0.0722};  // Rec. 709
  const Matrix3& m = conditions.camera_to_srgb;
  Registers registers{.enabled = tuning.enabled, .matrix = {}};
  for (std::size_t c = 0; c < 3; ++c) {
    std::array<double, 3> row;
    for (std::size_t k = 0; k < 3; ++k) {
      const double luminance = kLuminance[0] * m[k] + kLuminance[1] * m[3 + k] + kLuminance[2] * m[6 + k];
      row[k] = luminance + tuning.saturation * (m[3 * c + k] - luminance);
    }
    std::ranges::copy(quantise_row(row), registers.matrix.begin() + static_cast<std::ptrdiff_t>(3 * c));
  }
  return registers;
}

}  // namespace sunny16::isp
#endif
