// The green half of the demosaic: scores, estimates, gradients and the blend.
#include "isp/stages/demosaic.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/demosaic_green.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/stages/demosaic-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

struct Scores {
  V colour, green;
};
// |g| <= 8192, |c| <= 16383: all terms fit int16.
HWY_INLINE Scores score(V next_g, V previous_g, V next_c, V previous_c) {
  const V g = hn::ShiftRight<1>(hn::Sub(next_g, previous_g)), c = hn::Sub(next_c, previous_c);
  const V n = hn::ShiftRight<1>(hn::Sub(hn::Abs(hn::Add(g, c)), hn::Abs(hn::Sub(g, c))));
  const auto excess = [n](V a) HWY_ATTR { return hn::ShiftRight<1>(hn::Sub(n, hn::Sub(a, hn::ShiftRight<2>(a)))); };
  return {excess(hn::Abs(c)), excess(hn::Abs(g))};
}

void scores_h_row(const RowIo& io, Span span) {
  const auto *r = io.in<I>(0, kR), *gr = io.in<I>(0, kGr), *gb = io.in<I>(0, kGb), *b = io.in<I>(0, kB);
  for (int x = 0; x < span.count; x += lanes()) {
    const Scores red = score(load(gr + x + 1), load(gr + x - 1), load(r + x + 1), load(r + x));
    const Scores blue = score(load(gb + x + 1), load(gb + x - 1), load(b + x), load(b + x - 1));
    store(red.colour, io.out<I>(0) + x);
    store(red.green, io.out<I>(1) + x);
    store(blue.colour, io.out<I>(2) + x);
    store(blue.green, io.out<I>(3) + x);
  }
}

void scores_v_row(const RowIo& io, Span span) {
  const auto in = [&io](int plane, int dy) HWY_ATTR { return io.in<I>(0, plane, dy); };
  const auto *r = in(kR, 0), *r_down = in(kR, 1), *b = in(kB, 0), *b_up = in(kB, -1);
  const auto *gb_up = in(kGb, -1), *gb_down = in(kGb, 1), *gr_up = in(kGr, -1), *gr_down = in(kGr, 1);
  for (int x = 0; x < span.count; x += lanes()) {
    const Scores red = score(load(gb_down + x), load(gb_up + x), load(r_down + x), load(r + x));
    const Scores blue = score(load(gr_down + x), load(gr_up + x), load(b + x), load(b_up + x));
    store(red.colour, io.out<I>(0) + x);
    store(red.green, io.out<I>(1) + x);
    store(blue.colour, io.out<I>(2) + x);
    store(blue.green, io.out<I>(3) + x);
  }
}

// mean(others) - own + [score > 0] (own - mean(own neighbours)) / 2, at a colour site; negated at a green site.
// |.| <= 16383 + 8192 before the offset.
HWY_INLINE V correction(V own, V own0, V own1, V score) {
  return hn::And(positive(score), hn::ShiftRight<1>(hn::Sub(own, average(own0, own1))));
}
HWY_INLINE V at_colour(V g0, V g1, V c, V c0, V c1, V score) {
  return hn::Add(hn::Sub(average(g0, g1), flip_sign(c)), correction(c, c0, c1, score));
}
HWY_INLINE V at_green(V c0, V c1, V g, V g0, V g1, V score) {
  return hn::Sub(hn::Sub(flip_sign(g), average(c0, c1)), correction(g, g0, g1, score));
}

void estimates_row(const RowIo& io, Span span) {
  using E = Demosaic::Estimates;
  const auto in = [&io](int plane, int dy) HWY_ATTR { return io.in<I>(0, plane, dy); };
  const auto *r = in(kR, 0), *r_up = in(kR, -1), *r_down = in(kR, 1), *b = in(kB, 0), *b_up = in(kB, -1), *b_down = in(kB, 1);
  const auto *gr = in(kGr, 0), *gr_up = in(kGr, -1), *gr_down = in(kGr, 1);
  const auto *gb = in(kGb, 0), *gb_up = in(kGb, -1), *gb_down = in(kGb, 1);
  const auto across_h = [&io](int plane, int x) HWY_ATTR {
    return sum3(io.in<I>(1, plane, -1) + x, io.in<I>(1, plane) + x, io.in<I>(1, plane, 1) + x);
  };
  const auto across_v = [&io](int plane, int x) HWY_ATTR {
    const I* row = io.in<I>(2, plane) + x;
    return sum3(row - 1, row, row + 1);
  };
  for (int x = 0; x < span.count; x += lanes()) {
    const V c = load(r + x), c_right = load(r + x + 1), g = load(gr + x), g_left = load(gr + x - 1);
    store(at_colour(g_left, g, c, load(r + x - 1), c_right, across_h(0, x)), io.out<I>(E::cH0) + x);
    store(at_green(c, c_right, g, g_left, load(gr + x + 1), across_h(1, x)), io.out<I>(E::gH0) + x);
    store(at_colour(load(gb_up + x), load(gb + x), c, load(r_up + x), load(r_down + x), across_v(0, x)), io.out<I>(E::cV0) + x);
    store(at_green(load(b_up + x), load(b + x), g, load(gr_up + x), load(gr_down + x), across_v(3, x)), io.out<I>(E::gV1) + x);
  }
  for (int x = 0; x < span.count; x += lanes()) {
    const V c = load(b + x), c_left = load(b + x - 1), g = load(gb + x), g_right = load(gb + x + 1);
    store(at_colour(g, g_right, c, c_left, load(b + x + 1), across_h(2, x)), io.out<I>(E::cH1) + x);
    store(at_green(c_left, c, g, load(gb + x - 1), g_right, across_h(3, x)), io.out<I>(E::gH1) + x);
    store(at_colour(load(gr + x), load(gr_down + x), c, load(b_up + x), load(b_down + x), across_v(2, x)), io.out<I>(E::cV1) + x);
    store(at_green(load(r + x), load(r_down + x), g, load(gb_up + x), load(gb_down + x), across_v(1, x)), io.out<I>(E::gV0) + x);
  }
}

void gradients_row(const RowIo& io, Span span) {
  using E = Demosaic::Estimates;
  const auto at = [&io](int plane, int dy, int x) HWY_ATTR { return load_u(io.in<U>(0, plane, dy) + x); };
  const VU limit = hn::Set(du, 10922);  // three of them fit int16
  const auto mean = [limit](VU a, VU b, VU c, VU d) HWY_ATTR {
    return hn::Min(hn::ShiftRight<2>(average_u(average_u(a, b), average_u(c, d))), limit);
  };
  for (int x = 0; x < span.count; x += lanes()) {
    store_u(mean(distance(at(E::gH0, 0, x), at(E::gH0, 0, x - 1)), distance(at(E::cH0, 0, x + 1), at(E::cH0, 0, x)),
                 distance(at(E::gH1, 0, x + 1), at(E::gH1, 0, x)), distance(at(E::cH1, 0, x), at(E::cH1, 0, x - 1))),
            io.out<U>(0) + x);
    store_u(mean(distance(at(E::gV0, 0, x), at(E::gV0, -1, x)), distance(at(E::cV0, 1, x), at(E::cV0, 0, x)),
                 distance(at(E::gV1, 1, x), at(E::gV1, 0, x)), distance(at(E::cV1, 0, x), at(E::cV1, -1, x))),
            io.out<U>(1) + x);
  }
}

void green_row(const RowIo& io, Span span) {
  using E = Demosaic::Estimates;
  const auto e = [&io](int plane, int dy, int x) HWY_ATTR { return load_u(io.in<U>(1, plane, dy) + x); };
  const I *h = io.in<I>(2, 0), *v = io.in<I>(2, 1), *v_up = io.in<I>(2, 1, -1), *v_down = io.in<I>(2, 1, 1);
  const VU much = hn::Set(du, kMuch), little = hn::Set(du, kLittle);
  const V quarter = hn::Set(di, 8192);
  const auto smooth = [](VU before, VU here, VU after, VU green0, VU green1) HWY_ATTR {
    return average_u(average_u(average_u(before, after), here), average_u(green0, green1));
  };
  for (int x = 0; x < span.count; x += lanes()) {
    const V wh = sum3(h + x - 1, h + x, h + x + 1), wv = sum3(v_up + x, v + x, v_down + x);
    const auto exceeds = [quarter](V a, VU factor, V b) HWY_ATTR {
      const V scaled = hn::BitCast(di, hn::MulHigh(hn::BitCast(du, a), factor));
      return hn::And(hn::VecFromMask(di, hn::Gt(scaled, b)), quarter);
    };
    V alpha = hn::Sub(hn::Sub(hn::Set(di, 16384), exceeds(wh, little, wv)), exceeds(wh, much, wv));
    alpha = hn::SaturatedAdd(hn::SaturatedAdd(alpha, exceeds(wv, little, wh)), exceeds(wv, much, wh));
    // |difference of estimates| saturates; the blend lies between the two, so it fits.
    const auto blend = [alpha](VU along_h, VU along_v, V c) HWY_ATTR {
      const V eh = flip_sign(hn::BitCast(di, along_h)), ev = flip_sign(hn::BitCast(di, along_v));
      return clamp_code(hn::SaturatedAdd(c, hn::Add(ev, hn::MulFixedPoint15(hn::SaturatedSub(eh, ev), alpha))));
    };
    store(blend(smooth(e(E::cH0, 0, x - 1), e(E::cH0, 0, x), e(E::cH0, 0, x + 1), e(E::gH0, 0, x - 1), e(E::gH0, 0, x)),
                smooth(e(E::cV0, -1, x), e(E::cV0, 0, x), e(E::cV0, 1, x), e(E::gV0, -1, x), e(E::gV0, 0, x)),
                load(io.in<I>(0, kR) + x)),
          io.out<I>(0) + x);
    store(blend(smooth(e(E::cH1, 0, x - 1), e(E::cH1, 0, x), e(E::cH1, 0, x + 1), e(E::gH1, 0, x), e(E::gH1, 0, x + 1)),
                smooth(e(E::cV1, -1, x), e(E::cV1, 0, x), e(E::cV1, 1, x), e(E::gV1, 0, x), e(E::gV1, 1, x)),
                load(io.in<I>(0, kB) + x)),
          io.out<I>(1) + x);
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace sunny16::isp {

static_assert(RowStage<Demosaic>);
HWY_EXPORT(scores_h_row);
HWY_EXPORT(scores_v_row);
HWY_EXPORT(estimates_row);
HWY_EXPORT(gradients_row);
HWY_EXPORT(green_row);

using Int = std::int16_t;
using demosaic::average;
using demosaic::clamp_code;

void Demosaic::ScoresH::fast_row(const Registers&, const RowIo& io, Span span) { HWY_DYNAMIC_DISPATCH(scores_h_row)(io, span); }
void Demosaic::ScoresV::fast_row(const Registers&, const RowIo& io, Span span) { HWY_DYNAMIC_DISPATCH(scores_v_row)(io, span); }
void Demosaic::Estimates::fast_row(const Registers&, const RowIo& io, Span span) { HWY_DYNAMIC_DISPATCH(estimates_row)(io, span); }
void Demosaic::Gradients::fast_row(const Registers&, const RowIo& io, Span span) { HWY_DYNAMIC_DISPATCH(gradients_row)(io, span); }
void Demosaic::Green::fast_row(const Registers&, const RowIo& io, Span span) { HWY_DYNAMIC_DISPATCH(green_row)(io, span); }

namespace {

void put_scores(const RowIo& io, int first_plane, int x, int g_difference, int c) {
  const int g = g_difference >> 1, n = (std::abs(g + c) - std::abs(g - c)) >> 1;
  const auto excess = [n](int a) { return static_cast<Int>((n - (a - (a >> 2))) >> 1); };
  io.out<Int>(first_plane)[x] = excess(std::abs(c));
  io.out<Int>(first_plane + 1)[x] = excess(std::abs(g));
}

constexpr int kOffset = 32768;
int correction(int own, int own0, int own1, int score) { return score > 0 ? (own - average(own0, own1)) >> 1 : 0; }
void put_at_colour(std::uint16_t* out, int g0, int g1, int c, int c0, int c1, int score) {
  *out = static_cast<std::uint16_t>(average(g0, g1) - c + correction(c, c0, c1, score) + kOffset);
}
void put_at_green(std::uint16_t* out, int c0, int c1, int g, int g0, int g1, int score) {
  *out = static_cast<std::uint16_t>(g - average(c0, c1) - correction(g, g0, g1, score) + kOffset);
}

}  // namespace

void Demosaic::ScoresH::reference_row(const Registers&, const RowIo& io, Span span) {
  const auto *r = io.in<Int>(0, kR), *gr = io.in<Int>(0, kGr), *gb = io.in<Int>(0, kGb), *b = io.in<Int>(0, kB);
  for (int x = 0; x < span.count; ++x) {
    put_scores(io, 0, x, gr[x + 1] - gr[x - 1], r[x + 1] - r[x]);
    put_scores(io, 2, x, gb[x + 1] - gb[x - 1], b[x] - b[x - 1]);
  }
}

void Demosaic::ScoresV::reference_row(const Registers&, const RowIo& io, Span span) {
  const auto at = [&io](int plane, int dy, int x) { return io.in<Int>(0, plane, dy)[x]; };
  for (int x = 0; x < span.count; ++x) {
    put_scores(io, 0, x, at(kGb, 1, x) - at(kGb, -1, x), at(kR, 1, x) - at(kR, 0, x));
    put_scores(io, 2, x, at(kGr, 1, x) - at(kGr, -1, x), at(kB, 0, x) - at(kB, -1, x));
  }
}

void Demosaic::Estimates::reference_row(const Registers&, const RowIo& io, Span span) {
  const auto at = [&io](int plane, int dy, int x) { return io.in<Int>(0, plane, dy)[x]; };
  const auto across_h = [&io](int plane, int x) {
    return io.in<Int>(1, plane, -1)[x] + io.in<Int>(1, plane)[x] + io.in<Int>(1, plane, 1)[x];
  };
  const auto across_v = [&io](int plane, int x) {
    const Int* row = io.in<Int>(2, plane);
    return row[x - 1] + row[x] + row[x + 1];
  };
  const auto out = [&io](int plane, int x) { return io.out<std::uint16_t>(plane) + x; };
  for (int x = 0; x < span.count; ++x) {
    const int r = at(kR, 0, x), gr = at(kGr, 0, x), gb = at(kGb, 0, x), b = at(kB, 0, x);
    put_at_colour(out(cH0, x), at(kGr, 0, x - 1), gr, r, at(kR, 0, x - 1), at(kR, 0, x + 1), across_h(0, x));
    put_at_green(out(gH0, x), r, at(kR, 0, x + 1), gr, at(kGr, 0, x - 1), at(kGr, 0, x + 1), across_h(1, x));
    put_at_colour(out(cV0, x), at(kGb, -1, x), gb, r, at(kR, -1, x), at(kR, 1, x), across_v(0, x));
    put_at_green(out(gV1, x), at(kB, -1, x), b, gr, at(kGr, -1, x), at(kGr, 1, x), across_v(3, x));
    put_at_colour(out(cH1, x), gb, at(kGb, 0, x + 1), b, at(kB, 0, x - 1), at(kB, 0, x + 1), across_h(2, x));
    put_at_green(out(gH1, x), at(kB, 0, x - 1), b, gb, at(kGb, 0, x - 1), at(kGb, 0, x + 1), across_h(3, x));
    put_at_colour(out(cV1, x), gr, at(kGr, 1, x), b, at(kB, -1, x), at(kB, 1, x), across_v(2, x));
    put_at_green(out(gV0, x), r, at(kR, 1, x), gb, at(kGb, -1, x), at(kGb, 1, x), across_v(1, x));
  }
}

void Demosaic::Gradients::reference_row(const Registers&, const RowIo& io, Span span) {
  using E = Estimates;
  const auto distance = [&io](int plane, int dy0, int dx0, int dy1, int dx1, int x) {
    return std::abs(io.in<std::uint16_t>(0, plane, dy0)[x + dx0] - io.in<std::uint16_t>(0, plane, dy1)[x + dx1]);
  };
  const auto mean = [](int a, int b, int c, int d) {
    return static_cast<Int>(std::min(average(average(a, b), average(c, d)) >> 2, 10922));
  };
  for (int x = 0; x < span.count; ++x) {
    io.out<Int>(0)[x] = mean(distance(E::gH0, 0, 0, 0, -1, x), distance(E::cH0, 0, 1, 0, 0, x),
                             distance(E::gH1, 0, 1, 0, 0, x), distance(E::cH1, 0, 0, 0, -1, x));
    io.out<Int>(1)[x] = mean(distance(E::gV0, 0, 0, -1, 0, x), distance(E::cV0, 1, 0, 0, 0, x),
                             distance(E::gV1, 1, 0, 0, 0, x), distance(E::cV1, 0, 0, -1, 0, x));
  }
}

void Demosaic::Green::reference_row(const Registers&, const RowIo& io, Span span) {
  using E = Estimates;
  const auto e = [&io](int plane, int dy, int x) { return static_cast<int>(io.in<std::uint16_t>(1, plane, dy)[x]); };
  const auto smooth = [](int before, int here, int after, int green0, int green1) {
    return average(average(average(before, after), here), average(green0, green1)) - kOffset;
  };
  for (int x = 0; x < span.count; ++x) {
    const auto *h = io.in<Int>(2, 0) + x;
    const int wh = h[-1] + h[0] + h[1];
    const int wv = io.in<Int>(2, 1, -1)[x] + io.in<Int>(2, 1)[x] + io.in<Int>(2, 1, 1)[x];
    const auto exceeds = [](int a, int factor, int b) { return ((a * factor) >> 16) > b ? 8192 : 0; };
    int alpha = 16384 - exceeds(wh, demosaic::kLittle, wv) - exceeds(wh, demosaic::kMuch, wv);
    alpha = std::min(32767, alpha + exceeds(wv, demosaic::kLittle, wh));
    alpha = std::min(32767, alpha + exceeds(wv, demosaic::kMuch, wh));
    const auto blend = [alpha](int eh, int ev, int c) {
      const int difference = std::clamp(eh - ev, -32768, 32767);
      return static_cast<Int>(clamp_code(c + ev + ((difference * alpha + 16384) >> 15)));
    };
    io.out<Int>(0)[x] =
        blend(smooth(e(E::cH0, 0, x - 1), e(E::cH0, 0, x), e(E::cH0, 0, x + 1), e(E::gH0, 0, x - 1), e(E::gH0, 0, x)),
              smooth(e(E::cV0, -1, x), e(E::cV0, 0, x), e(E::cV0, 1, x), e(E::gV0, -1, x), e(E::gV0, 0, x)), io.in<Int>(0, kR)[x]);
    io.out<Int>(1)[x] =
        blend(smooth(e(E::cH1, 0, x - 1), e(E::cH1, 0, x), e(E::cH1, 0, x + 1), e(E::gH1, 0, x), e(E::gH1, 0, x + 1)),
              smooth(e(E::cV1, -1, x), e(E::cV1, 0, x), e(E::cV1, 1, x), e(E::gV1, 0, x), e(E::gV1, 1, x)), io.in<Int>(0, kB)[x]);
  }
}

}  // namespace sunny16::isp
#endif
