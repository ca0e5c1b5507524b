#include "isp/stages/local_tone.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/local_tone.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Bytes = hn::ScalableTag<std::uint8_t>;
using Words = hn::ScalableTag<std::uint16_t>;
using Word = hn::ScalableTag<std::int16_t>;
using WordVector = hn::Vec<Words>;
using Vector = hn::Vec<Word>;

/// Sixteen 16-bit numbers as two tables of bytes.
struct ByteTable {
  alignas(16) std::array<std::uint8_t, 16> low, high;
};
/// Gains of one place between two rows of nodes, and their increase to the next light.
struct PlaceTable {
  ByteTable base, increase;

  PlaceTable(const ToneGrid::Node& above, const ToneGrid::Node& below, std::int16_t weight) {
    const hn::FixedTag<std::int16_t, 8> d;
    alignas(16) std::array<std::int16_t, 24> gain{};
    for (std::size_t i = 0; i < 16; i += 8) {
      const auto first = hn::LoadU(d, above.data() + i), difference = hn::Sub(hn::LoadU(d, below.data() + i), first);
      hn::Store(hn::Add(first, hn::MulFixedPoint15(difference, hn::Set(d, weight))), d, gain.data() + i);
    }
    for (std::size_t i = 0; i < 16; i += 8) {
      const auto v = hn::Load(d, gain.data() + i);
      store(v, base, i);
      store(hn::Sub(hn::LoadU(d, gain.data() + i + 1), v), increase, i);
    }
  }

 private:
  template <class V>
  static HWY_INLINE void store(V v, ByteTable& table, std::size_t at) {
    const hn::FixedTag<std::int16_t, 8> d;
    const hn::FixedTag<std::uint16_t, 8> du;
    const hn::FixedTag<std::uint8_t, 8> d8;
    hn::StoreU(hn::DemoteTo(d8, hn::And(v, hn::Set(d, 0xFF))), d8, table.low.data() + at);
    hn::StoreU(hn::DemoteTo(d8, hn::BitCast(d, hn::ShiftRight<8>(hn::BitCast(du, v)))), d8, table.high.data() + at);
  }
};

struct Pair {
  Vector first, second;
};

/// Words of two vectors: `index` holds those of the first in even bytes, those of the second in odd ones; 0..15.
HWY_INLINE Pair look_up(const ByteTable& table, hn::Vec<Bytes> index) {
  const Bytes d8;
  const Words du;
  const auto low = hn::TableLookupBytes(hn::LoadDup128(d8, table.low.data()), index);
  const auto high = hn::TableLookupBytes(hn::LoadDup128(d8, table.high.data()), index);
  return {hn::BitCast(Word(), hn::OddEven(hn::BitCast(d8, hn::ShiftLeft<8>(hn::BitCast(du, high))), low)),
          hn::BitCast(Word(), hn::OddEven(high, hn::BitCast(d8, hn::ShiftRight<8>(hn::BitCast(du, low)))))};
}

/// Node * 4096 + part of a pixel's light; see `position` for the plain form. Steeper lines saturate, and then exceed
/// the others.
HWY_INLINE WordVector position(const RowIo& io, int x) {
  const Words d;
  const auto load = [&](int plane) HWY_ATTR {
    return hn::BitCast(d, hn::Max(hn::LoadU(Word(), io.in<std::int16_t>(0, plane) + x), hn::Zero(Word())));
  };
  WordVector line = hn::AverageRound(hn::AverageRound(load(0), load(2)), load(1));
  WordVector result = hn::Min(hn::Add(hn::ShiftRight<2>(line), hn::Set(d, 10 * 4096)),
                              hn::Add(hn::ShiftRight<1>(line), hn::Set(d, 9 * 4096)));
  for (int node = 8; node >= 0; --node) {
    result = hn::Min(result, hn::SaturatedAdd(line, hn::Set(d, static_cast<std::uint16_t>(node * 4096))));
    line = hn::SaturatedAdd(line, line);
  }
  return result;
}

/// Gains of `count` pixels from column x on, which lie between two places, the first `step` << 15 >> shift along the
/// way.
void place_gains(const RowIo& io, int x, int count, const PlaceTable& left, const PlaceTable& right,
                 std::uint16_t weight, int shift, std::int16_t* gains) {
  const Words du;
  const Word d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const auto step = static_cast<std::uint16_t>(0x8000 >> shift);
  const auto ramp = hn::Mul(hn::Iota(du, 0), hn::Set(du, step));
  const auto interpolate = [&](WordVector p, Vector start, Vector increase) HWY_ATTR {
    const auto part = hn::BitCast(d, hn::ShiftLeft<3>(hn::And(p, hn::Set(du, 4095))));
    return hn::Add(start, hn::MulFixedPoint15(part, increase));
  };
  const auto between = [&](Vector a, Vector b, int i) HWY_ATTR {
    const auto w = hn::Add(ramp, hn::Set(du, static_cast<std::uint16_t>(weight + i * step)));
    const auto limited = hn::BitCast(d, hn::And(w, hn::Set(du, 0x7FFF)));
    return hn::Add(a, hn::MulFixedPoint15(hn::Sub(b, a), limited));
  };
  for (int i = 0; i < count; i += 2 * lanes) {
    const WordVector p0 = position(io, x + i), p1 = position(io, x + i + lanes);
    const auto index = hn::BitCast(Bytes(), hn::Or(hn::ShiftRight<12>(p0), hn::ShiftLeft<8>(hn::ShiftRight<12>(p1))));
    const Pair left_base = look_up(left.base, index), left_increase = look_up(left.increase, index);
    const Pair right_base = look_up(right.base, index), right_increase = look_up(right.increase, index);
    hn::StoreU(between(interpolate(p0, left_base.first, left_increase.first),
                       interpolate(p0, right_base.first, right_increase.first), i),
               d, gains + i);
    hn::StoreU(between(interpolate(p1, left_base.second, left_increase.second),
                       interpolate(p1, right_base.second, right_increase.second), i + lanes),
               d, gains + i + lanes);
  }
}

void local_tone_row(const LocalTone::Registers& registers, const RowIo& io, Span span) {
  const Word d;
  const Words du;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const auto row = static_cast<std::size_t>(span.y >> registers.grid.shift);
  const std::int16_t weight_y = registers.grid.weight(span.y);
  const auto place = [&](int column) {
    const auto c = static_cast<std::size_t>(column);
    return PlaceTable(registers.gains->nodes[row][c], registers.gains->nodes[row + 1][c], weight_y);
  };
  constexpr int kChunk = 256;  // gains stay in the first-level cache
  alignas(64) std::array<std::int16_t, kChunk + kSlack> gains;
  for (int start = std::max(-span.x, 0); start < span.count;
       start += kChunk) {  // columns before the frame are nobody's
    const int count = std::min(kChunk, span.count - start), x = span.x + start;
    registers.grid.split(x, count, [&](int cell, int first, int part) {
      place_gains(io, start + first, part, place(cell), place(cell + 1),
                  static_cast<std::uint16_t>(registers.grid.weight(x + first)), registers.grid.shift,
                  gains.data() + first);
    });
    for (int i = 0; i < count; i += lanes) {
      const Vector gain = hn::Load(d, gains.data() + i);
      for (int plane = 0; plane < 3; ++plane) {
        const Vector v = hn::LoadU(d, io.in<std::int16_t>(0, plane) + start + i);
        const Vector high = hn::Min(hn::Max(hn::MulHigh(v, gain), hn::Set(d, -1022)), hn::Set(d, 1021));
        const Vector low = hn::BitCast(d, hn::ShiftRight<11>(hn::BitCast(du, hn::Mul(v, gain))));
        hn::StoreU(hn::Or(hn::ShiftLeft<5>(high), low), d, io.out<std::int16_t>(plane) + start + i);
      }
    }
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>

#include "isp/core/exact_math.h"
#include "isp/stages/int16.h"
#include "isp/stages/tone_grid.h"
#include "isp/stages/unpack.h"

namespace sunny16::isp {

static_assert(RowStage<LocalTone>);
HWY_EXPORT(local_tone_row);

void LocalTone::fast_row(const Registers& registers, const RowIo& io, Span span) {
  HWY_DYNAMIC_DISPATCH(local_tone_row)(registers, io, span);
}

namespace {

/// Node * 4096 + part, 0..49151, of a light 0..32767.
int position(int light) {
  int result = std::min((light >> 2) + 10 * 4096, (light >> 1) + 9 * 4096);
  for (int node = 8; node >= 0; --node) result = std::min(result, (light << (8 - node)) + node * 4096);
  return result;
}

std::int16_t between(std::int16_t a, std::int16_t b, std::int16_t weight) {
  return static_cast<std::int16_t>(a + mul_q15(static_cast<std::int16_t>(b - a), weight));  // gains are 0..32767
}

std::int16_t gain_at(const LocalTone::Registers& registers, int x, int y, int position) {
  const NodeGrid& grid = registers.grid;
  const auto row = static_cast<std::size_t>(y >> grid.shift), light = static_cast<std::size_t>(position >> 12);
  const auto part = static_cast<std::int16_t>((position & 4095) << 3);
  const auto of_place = [&](int column) {
    const auto c = static_cast<std::size_t>(column);
    const ToneGrid::Node &above = registers.gains->nodes[row][c], &below = registers.gains->nodes[row + 1][c];
    const auto at = [&](std::size_t i) { return between(above[i], below[i], grid.weight(y)); };
    return between(at(light), at(light + 1), part);
  };
  const int column = std::min(x >> grid.shift, grid.columns - 2);
  return between(of_place(column), of_place(column + 1), grid.weight(x));
}

}  // namespace

void LocalTone::reference_row(const Registers& registers, const RowIo& io, Span span) {
  for (int i = std::max(-span.x, 0); i < span.count; ++i) {
    std::array<int, 3> v;
    for (std::size_t c = 0; c < 3; ++c) v[c] = io.in<std::int16_t>(0, static_cast<int>(c))[i];
    const auto average = [](int a, int b) { return (std::max(a, 0) + std::max(b, 0) + 1) >> 1; };
    const int gain = gain_at(registers, span.x + i, span.y, position(average(average(v[0], v[2]), v[1])));
    for (std::size_t c = 0; c < 3; ++c) {
      // A Q11 product, limited to +-32704 like the colour matrix's results.
      const int product = v[c] * gain, high = std::clamp(product >> 16, -1022, 1021);
      io.out<std::int16_t>(static_cast<int>(c))[i] = static_cast<std::int16_t>(high * 32 + ((product >> 11) & 31));
    }
  }
}

double LocalTone::highlight_gain(const Tuning& tuning, const Conditions& conditions) {
  const double ev = clipping_ev(conditions);
  return exact::exp2(exact::max(mapped_light(ev, tuning.strength, ev) - ev, -tuning.max_cut));
}

LocalTone::Registers LocalTone::derive(const Tuning& tuning, const Conditions& conditions) {
  if (!wanted(tuning) || !conditions.thumbnail) return {};
  const FrameGeometry frame = binned(conditions.frame, conditions.binning);
  const NodeGrid grid = NodeGrid::over(frame);
  return {.enabled = 1,
          .grid = grid,
          .gains = SharedTable(std::make_shared<const ToneGrid>(
              tone_grid(tuning, *conditions.thumbnail, conditions, grid, frame.active)))};
}

}  // namespace sunny16::isp
#endif
