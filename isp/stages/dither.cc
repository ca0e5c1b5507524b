#include "isp/stages/dither.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/dither.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Words = hn::ScalableTag<std::uint16_t>;
using Signed = hn::RebindToSigned<Words>;
using Codes = hn::Rebind<std::uint8_t, Words>;  // half a vector
using WordVector = hn::Vec<Words>;

HWY_INLINE WordVector load(const std::int16_t* p) {
  const Signed d;
  return hn::BitCast(Words(), hn::Min(hn::Max(hn::LoadU(d, p), hn::Zero(d)), hn::Set(d, 16383)));
}

/// What is added before flooring, 0..255 in 1/256 of a code, for pixels (x, y), (x + 1, y)...
HWY_INLINE WordVector threshold(Q<0, 15> strength, int x, int y) {
  const Words du;
  const Signed d;
  const auto start = static_cast<std::uint16_t>(x * Dither::kLatticeX + y * Dither::kLatticeY);
  const WordVector lattice = hn::Add(hn::Mul(hn::Iota(du, 0), hn::Set(du, Dither::kLatticeX)), hn::Set(du, start));
  const auto centred = hn::MulFixedPoint15(hn::BitCast(d, lattice), hn::Set(d, strength.raw));
  return hn::BitCast(du, hn::Add(hn::ShiftRight<8>(centred), hn::Set(d, 128)));
}

HWY_INLINE hn::Vec<Codes> to_bytes(WordVector v) { return hn::DemoteTo(Codes(), hn::BitCast(Signed(), v)); }

void pack_rgb8(const Dither::Registers& registers, const RowIo& io, Span span, int x, int dy) {
  const WordVector t = threshold(registers.strength, span.x + x, 2 * span.y + dy);
  const auto code = [&](int plane) HWY_ATTR {
    const WordVector v = hn::ShiftLeft<2>(load(io.in<std::int16_t>(0, plane, dy) + x));
    return to_bytes(
        hn::ShiftRight<8>(hn::Add(hn::MulHigh(v, hn::Set(Words(), Dither::kCodeScale)), t)));  // <= 65280 + 255
  };
  hn::StoreInterleaved3(code(0), code(1), code(2), Codes(), io.out<std::uint8_t>(dy) + 3 * x);
}

void pack_rgb16(const RowIo& io, int x, int dy) {
  const auto code = [&](int plane) HWY_ATTR {
    const WordVector v = load(io.in<std::int16_t>(0, plane, dy) + x);
    return hn::Add(hn::ShiftLeft<2>(v), hn::ShiftRight<12>(v));
  };
  hn::StoreInterleaved3(code(0), code(1), code(2), Words(), io.out<std::uint16_t>(dy) + 3 * x);
}

void pack_luma(const Dither::Registers& registers, const RowIo& io, Span span, int x, int dy) {
  const WordVector t = hn::ShiftRight<2>(threshold(registers.strength, span.x + x, 2 * span.y + dy));
  const WordVector code = hn::ShiftRight<6>(hn::Add(load(io.in<std::int16_t>(0, 0, dy) + x), t));
  hn::StoreU(to_bytes(code), Codes(), io.out<std::uint8_t>(dy) + x);  // 256 saturates
}

void pack_chroma(const Dither::Registers& registers, const RowIo& io, Span span, int x) {
  const WordVector t = threshold(registers.strength, (span.x + x) / 2, span.y);
  const auto pair_sum = [&](int plane, int dy) HWY_ATTR {
    const Signed d;
    hn::Vec<Signed> even, odd;
    hn::LoadInterleaved2(d, io.in<std::int16_t>(0, plane, dy) + x, even, odd);
    const auto limit = [d](hn::Vec<Signed> v) HWY_ATTR { return hn::Min(hn::Max(v, hn::Zero(d)), hn::Set(d, 16383)); };
    return hn::BitCast(Words(), hn::Add(limit(even), limit(odd)));  // <= 32766
  };
  const auto code = [&](int plane) HWY_ATTR {
    return to_bytes(hn::ShiftRight<8>(hn::SaturatedAdd(hn::Add(pair_sum(plane, 0), pair_sum(plane, 1)), t)));
  };
  if (registers.format == static_cast<std::uint16_t>(OutputFormat::nv12)) {
    hn::StoreInterleaved2(code(1), code(2), Codes(), io.out<std::uint8_t>(2) + x);
  } else {
    hn::StoreU(code(1), Codes(), io.out<std::uint8_t>(2) + x / 2);
    hn::StoreU(code(2), Codes(), io.out<std::uint8_t>(3) + x / 2);
  }
}

void dither_row(const Dither::Registers& registers, const RowIo& io, Span span) {
  const int lanes = static_cast<int>(hn::Lanes(Words()));
  const auto format = static_cast<OutputFormat>(registers.format);
  const int whole = span.count / (2 * lanes) * (2 * lanes);
  for (int dy = 0; dy < 2; ++dy)
    for (int x = 0; x < whole; x += lanes) {
      if (format == OutputFormat::rgb8)
        pack_rgb8(registers, io, span, x, dy);
      else if (format == OutputFormat::rgb16)
        pack_rgb16(io, x, dy);
      else
        pack_luma(registers, io, span, x, dy);
    }
  if (format == OutputFormat::nv12 || format == OutputFormat::i420)
    for (int x = 0; x < whole; x += 2 * lanes) pack_chroma(registers, io, span, x);
  Dither::reference_from(whole, registers, io, span);  // nothing may be written beyond the span
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>

#include "isp/stages/int16.h"

namespace sunny16::isp {

HWY_EXPORT(dither_row);

void Dither::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(dither_row)(registers, io, span);
}

void Dither::reference_row(const Registers& registers, const RowIo& io, Span span) {
  reference_from(0, registers, io, span);
}

namespace {

/// What is added before flooring, 0..255 in 1/256 of a code.
int threshold(Q<0, 15> strength, int x, int y) {
  const auto lattice = static_cast<std::uint16_t>(x * Dither::kLatticeX + y * Dither::kLatticeY);
  return 128 + (mul_q15(static_cast<std::int16_t>(lattice), strength.raw) >> 8);
}

}  // namespace

void Dither::reference_from(int first, const Registers& registers, const RowIo& io, Span span) {
  const auto format = static_cast<OutputFormat>(registers.format);
  const auto in = [&](int plane, int dy, int x) {
    return std::clamp<int>(io.in<std::int16_t>(0, plane, dy)[x], 0, 16383);
  };
  const auto write = [&](int plane, int x, int code) {
    io.out<std::uint8_t>(plane)[x] = static_cast<std::uint8_t>(std::min(code, 255));
  };

  for (int dy = 0; dy < 2; ++dy)
    for (int x = first; x < span.count; ++x) {
      const int t = threshold(registers.strength, span.x + x, 2 * span.y + dy);
      if (format == OutputFormat::rgb8) {
        for (int c = 0; c < 3; ++c) {
          const auto code = static_cast<std::uint32_t>(4 * in(c, dy, x)) * kCodeScale >> 16;  // 65532 * 65284 < 2^32
          write(dy, 3 * x + c, (static_cast<int>(code) + t) >> 8);
        }
      } else if (format == OutputFormat::rgb16) {
        for (int c = 0; c < 3; ++c)  // the top bits repeated below: 16383 becomes 65535
          io.out<std::uint16_t>(dy)[3 * x + c] = static_cast<std::uint16_t>(in(c, dy, x) << 2 | in(c, dy, x) >> 12);
      } else {
        write(dy, x, (in(0, dy, x) + (t >> 2)) >> 6);
      }
    }
  if (format == OutputFormat::rgb8 || format == OutputFormat::rgb16) return;

  for (int x = first; x < span.count; x += 2) {
    const int t = threshold(registers.strength, (span.x + x) / 2, span.y), right = std::min(x + 1, span.count - 1);
    const auto code = [&](int plane) {  // <= 4 * 16383 + 255
      return (in(plane, 0, x) + in(plane, 0, right) + in(plane, 1, x) + in(plane, 1, right) + t) >> 8;
    };
    if (format == OutputFormat::nv12) {
      write(2, x, code(1));
      write(2, x + 1, code(2));
    } else {
      write(2, x / 2, code(1));
      write(3, x / 2, code(2));
    }
  }
}

Dither::Registers Dither::derive(const Tuning& tuning, OutputFormat format) {
  return {.format = static_cast<std::uint16_t>(format), .strength = Q<0, 15>::real(tuning.strength)};
}

}  // namespace sunny16::isp
#endif
