// The red and blue half of the demosaic: slopes, diagonals and output.
#include "isp/stages/demosaic.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/demosaic_colour.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/stages/demosaic-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

// Differences to the neighbour along the row (dx) and along the column; |.| <= 16383.
// n: sum of min(|dG|, |dC|), signed by dG dC, / 8; d: sum of |dG| / 8. |n|, d <= 4096.
HWY_INLINE V smaller_eighth(V g, V c) {
  return hn::ShiftRight<4>(hn::Sub(hn::Abs(hn::Add(g, c)), hn::Abs(hn::Sub(g, c))));
}
HWY_INLINE void put_slope(const I* g, const I* g_next, const I* c, const I* c_next, int dx, I* n, I* d) {
  const V g0 = load(g), c0 = load(c);
  const V gx = hn::Sub(load(g + dx), g0), cx = hn::Sub(load(c + dx), c0);
  const V gy = hn::Sub(load(g_next), g0), cy = hn::Sub(load(c_next), c0);
  store(hn::Add(smaller_eighth(gx, cx), smaller_eighth(gy, cy)), n);
  store(hn::ShiftRight<3>(hn::Add(hn::Abs(gx), hn::Abs(gy))), d);
}

void slopes_row(const RowIo& io, Span span) {
  const I *r = io.in<I>(0, kR), *r_down = io.in<I>(0, kR, 1), *b = io.in<I>(0, kB), *b_up = io.in<I>(0, kB, -1);
  const I *gr = io.in<I>(1, 0), *gr_down = io.in<I>(1, 0, 1), *gb = io.in<I>(1, 1), *gb_up = io.in<I>(1, 1, -1);
  for (int x = 0; x < span.count; x += lanes()) {
    put_slope(gr + x, gr_down + x, r + x, r_down + x, 1, io.out<I>(0) + x, io.out<I>(1) + x);
    put_slope(gb + x, gb_up + x, b + x, b_up + x, -1, io.out<I>(2) + x, io.out<I>(3) + x);
  }
}

struct Slope {
  V half0, half1;  // masks, half a slope each
};
// Sums over 3x3 quads saturate at 32767: 9 * 4096 = 36864.
HWY_INLINE Slope slope_at(const RowIo& io, int n_plane, int x) {
  const auto sum3x3 = [&io, x](int plane) HWY_ATTR {
    const auto column = [&io, plane](int at) HWY_ATTR {
      const auto row = [&io, plane, at](int dy) HWY_ATTR { return load(io.in<I>(2, plane, dy) + at); };
      return hn::SaturatedAdd(hn::SaturatedAdd(row(-1), row(0)), row(1));
    };
    return hn::SaturatedAdd(hn::SaturatedAdd(column(x - 1), column(x)), column(x + 1));
  };
  const V n = hn::SaturatedAdd(sum3x3(n_plane), hn::Set(di, 1)), d = sum3x3(n_plane + 1), quarter = hn::ShiftRight<2>(d);
  return {hn::VecFromMask(di, hn::Gt(n, quarter)), hn::VecFromMask(di, hn::Gt(n, hn::Sub(d, quarter)))};
}
// base + slope * (how much green here exceeds its neighbours)
HWY_INLINE V fill(V base, V excess, Slope slope) {
  const V half = hn::ShiftRight<1>(excess);
  return clamp_code(hn::Add(base, hn::Add(hn::And(slope.half0, half), hn::And(slope.half1, hn::Sub(excess, half)))));
}

void diagonals_row(const RowIo& io, Span span) {
  using D = Demosaic::Diagonals;
  const I *r = io.in<I>(0, kR), *r_down = io.in<I>(0, kR, 1), *b = io.in<I>(0, kB), *b_up = io.in<I>(0, kB, -1);
  const I *gr = io.in<I>(1, 0), *gr_down = io.in<I>(1, 0, 1), *gb = io.in<I>(1, 1), *gb_up = io.in<I>(1, 1, -1);
  for (int x = 0; x < span.count; x += lanes()) {
    const auto four = [x](const I* a, const I* c, int dx) HWY_ATTR {
      return average(load(a + x), load(a + x + dx), load(c + x), load(c + x + dx));
    };
    const Slope red = slope_at(io, 0, x), blue = slope_at(io, 2, x);
    store(fill(four(r, r_down, 1), hn::Sub(load(gb + x), four(gr, gr_down, 1)), red), io.out<I>(D::red) + x);
    store(fill(four(b, b_up, -1), hn::Sub(load(gr + x), four(gb, gb_up, -1)), blue), io.out<I>(D::blue) + x);
    store(red.half0, io.out<I>(D::red1) + x);
    store(red.half1, io.out<I>(D::red2) + x);
    store(blue.half0, io.out<I>(D::blue1) + x);
    store(blue.half1, io.out<I>(D::blue2) + x);
  }
}

void output_row(const RowIo& io, Span span) {
  using D = Demosaic::Diagonals;
  const auto in = [&io](int input, int plane, int dy, int x) HWY_ATTR { return load(io.in<I>(input, plane, dy) + x); };
  const auto put = [&io](int plane, V even, V odd, int x) HWY_ATTR { hn::StoreInterleaved2(even, odd, di, io.out<I>(plane) + 2 * x); };
  for (int x = 0; x < span.count / 2; x += lanes()) {
    const V r = in(0, kR, 0, x), gr = in(0, kGr, 0, x), gb = in(0, kGb, 0, x), b = in(0, kB, 0, x);
    const V g_at_r = in(1, 0, 0, x), g_at_b = in(1, 1, 0, x), r_at_b = in(2, D::red, 0, x), b_at_r = in(2, D::blue, 0, x);
    const Slope red{in(2, D::red1, 0, x), in(2, D::red2, 0, x)}, blue{in(2, D::blue1, 0, x), in(2, D::blue2, 0, x)};

    V excess = hn::Sub(gr, average(g_at_r, in(1, 0, 0, x + 1), in(1, 1, -1, x), g_at_b));
    put(0, r, fill(average(r, in(0, kR, 0, x + 1), in(2, D::red, -1, x), r_at_b), excess, red), x);
    put(1, g_at_r, gr, x);
    put(2, b_at_r, fill(average(b_at_r, in(2, D::blue, 0, x + 1), in(0, kB, -1, x), b), excess, blue), x);

    excess = hn::Sub(gb, average(g_at_r, in(1, 0, 1, x), in(1, 1, 0, x - 1), g_at_b));
    put(3, fill(average(r, in(0, kR, 1, x), in(2, D::red, 0, x - 1), r_at_b), excess, red), r_at_b, x);
    put(4, gb, g_at_b, x);
    put(5, fill(average(b_at_r, in(2, D::blue, 1, x), in(0, kB, 0, x - 1), b), excess, blue), b, x);
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace sunny16::isp {

HWY_EXPORT(slopes_row);
HWY_EXPORT(diagonals_row);
HWY_EXPORT(output_row);

using Int = std::int16_t;
using demosaic::average;

void Demosaic::Slopes::fast_row(const Registers&, const RowIo& io, Span span) { HWY_DYNAMIC_DISPATCH(slopes_row)(io, span); }
void Demosaic::Diagonals::fast_row(const Registers&, const RowIo& io, Span span) { HWY_DYNAMIC_DISPATCH(diagonals_row)(io, span); }
void Demosaic::Output::fast_row(const Registers&, const RowIo& io, Span span) { HWY_DYNAMIC_DISPATCH(output_row)(io, span); }

namespace {

int smaller_eighth(int g, int c) { return (std::abs(g + c) - std::abs(g - c)) >> 4; }

int fill(int base, int excess, bool half0, bool half1) {
  const int half = excess >> 1;
  return demosaic::clamp_code(base + (half0 ? half : 0) + (half1 ? excess - half : 0));
}

}  // namespace

void Demosaic::Slopes::reference_row(const Registers&, const RowIo& io, Span span) {
  for (int colour = 0; colour < 2; ++colour) {
    const int plane = colour == 0 ? kR : kB, next = colour == 0 ? 1 : -1;
    const Int *c = io.in<Int>(0, plane), *c_next = io.in<Int>(0, plane, next);
    const Int *g = io.in<Int>(1, colour), *g_next = io.in<Int>(1, colour, next);
    for (int x = 0; x < span.count; ++x) {
      const int gx = g[x + next] - g[x], cx = c[x + next] - c[x], gy = g_next[x] - g[x], cy = c_next[x] - c[x];
      io.out<Int>(2 * colour)[x] = static_cast<Int>(smaller_eighth(gx, cx) + smaller_eighth(gy, cy));
      io.out<Int>(2 * colour + 1)[x] = static_cast<Int>((std::abs(gx) + std::abs(gy)) >> 3);
    }
  }
}

void Demosaic::Diagonals::reference_row(const Registers&, const RowIo& io, Span span) {
  for (int colour = 0; colour < 2; ++colour) {
    const int plane = colour == 0 ? kR : kB, next = colour == 0 ? 1 : -1;
    const Int *c = io.in<Int>(0, plane), *c_next = io.in<Int>(0, plane, next);
    const Int *g = io.in<Int>(1, colour), *g_next = io.in<Int>(1, colour, next), *g_here = io.in<Int>(1, 1 - colour);
    for (int x = 0; x < span.count; ++x) {
      // Sums by column, then along the row, saturating at each step as the vectors do.
      const auto sum3x3 = [&](int p) {
        int total = 0;
        for (int dx = -1; dx <= 1; ++dx) {
          int column = 0;
          for (int dy = -1; dy <= 1; ++dy) column = std::clamp(column + io.in<Int>(2, p, dy)[x + dx], -32768, 32767);
          total = std::clamp(total + column, -32768, 32767);
        }
        return total;
      };
      const int n = std::min(32767, sum3x3(2 * colour) + 1), d = sum3x3(2 * colour + 1), quarter = d >> 2;
      const bool half0 = n > quarter, half1 = n > d - quarter;
      const int excess = g_here[x] - average(g[x], g[x + next], g_next[x], g_next[x + next]);
      io.out<Int>(red + colour)[x] =
          static_cast<Int>(fill(average(c[x], c[x + next], c_next[x], c_next[x + next]), excess, half0, half1));
      io.out<Int>(red1 + 2 * colour)[x] = half0 ? -1 : 0;
      io.out<Int>(red2 + 2 * colour)[x] = half1 ? -1 : 0;
    }
  }
}

void Demosaic::Output::reference_row(const Registers&, const RowIo& io, Span span) {
  using D = Diagonals;
  const auto in = [&io](int input, int plane, int dy, int x) { return static_cast<int>(io.in<Int>(input, plane, dy)[x]); };
  const auto put = [&io](int plane, int x, int even, int odd) {
    io.out<Int>(plane)[2 * x] = static_cast<Int>(even);
    io.out<Int>(plane)[2 * x + 1] = static_cast<Int>(odd);
  };
  for (int x = 0; x < span.count / 2; ++x) {
    const int r = in(0, kR, 0, x), gr = in(0, kGr, 0, x), gb = in(0, kGb, 0, x), b = in(0, kB, 0, x);
    const int g_at_r = in(1, 0, 0, x), g_at_b = in(1, 1, 0, x), r_at_b = in(2, D::red, 0, x), b_at_r = in(2, D::blue, 0, x);
    const auto red = [&](int base, int excess) { return fill(base, excess, in(2, D::red1, 0, x), in(2, D::red2, 0, x)); };
    const auto blue = [&](int base, int excess) { return fill(base, excess, in(2, D::blue1, 0, x), in(2, D::blue2, 0, x)); };

    int excess = gr - average(g_at_r, in(1, 0, 0, x + 1), in(1, 1, -1, x), g_at_b);
    put(0, x, r, red(average(r, in(0, kR, 0, x + 1), in(2, D::red, -1, x), r_at_b), excess));
    put(1, x, g_at_r, gr);
    put(2, x, b_at_r, blue(average(b_at_r, in(2, D::blue, 0, x + 1), in(0, kB, -1, x), b), excess));

    excess = gb - average(g_at_r, in(1, 0, 1, x), in(1, 1, 0, x - 1), g_at_b);
    put(3, x, red(average(r, in(0, kR, 1, x), in(2, D::red, 0, x - 1), r_at_b), excess), r_at_b);
    put(4, x, gb, g_at_b);
    put(5, x, blue(average(b_at_r, in(2, D::blue, 1, x), in(0, kB, 0, x - 1), b), excess), b);
  }
}

}  // namespace sunny16::isp
#endif
