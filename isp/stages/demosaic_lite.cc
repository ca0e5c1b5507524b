#include "isp/stages/demosaic_lite.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "isp/stages/demosaic_lite.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "isp/stages/demosaic-inl.h"

HWY_BEFORE_NAMESPACE();
namespace sunny16::isp::HWY_NAMESPACE {

// A site's own colour c, the means of its nearest neighbours (h, v), of its own colour at distance 2 (hh, vv), and of the diagonals.
struct Site {
  V c, h, v, hh, vv, diagonal;
};
// Site of plane `own` in quad column x of row 0; `row`, `column`: the planes beside it in its row and in its column; `opposite`: diagonal.
// Its neighbours left and above lie in quads x + left and row + up (-1 or 0), those right and below one further.
HWY_INLINE Site site(const RowIo& io, int own, int x) {
  const int left = (own & 1) ? 0 : -1, up = (own >> 1) ? 0 : -1;
  const auto at = [&io](int plane, int dy, int column) HWY_ATTR { return load(io.in<I>(0, plane, dy) + column); };
  const int beside = own ^ 1, below = own ^ 2, opposite = own ^ 3;
  return {at(own, 0, x),
          average(at(beside, 0, x + left), at(beside, 0, x + left + 1)),
          average(at(below, up, x), at(below, up + 1, x)),
          average(at(own, 0, x - 1), at(own, 0, x + 1)),
          average(at(own, -1, x), at(own, 1, x)),
          average(at(opposite, up, x + left), at(opposite, up, x + left + 1), at(opposite, up + 1, x + left),
                  at(opposite, up + 1, x + left + 1))};
}
HWY_INLINE V green(const Site& s) {
  return clamp_code(hn::Add(average(s.h, s.v), hn::ShiftRight<1>(hn::Sub(s.c, average(s.hh, s.vv)))));
}
HWY_INLINE V opposite(const Site& s) {
  const V d = hn::Sub(s.c, average(s.hh, s.vv));
  return clamp_code(hn::Add(s.diagonal, hn::Sub(d, hn::ShiftRight<2>(d))));
}
HWY_INLINE V at_green(V c, V nearest, V along, V across, V diagonal) {
  const V t = hn::Sub(hn::Add(hn::Sub(c, diagonal), hn::ShiftRight<1>(hn::Sub(c, along))), hn::ShiftRight<2>(hn::Sub(c, across)));
  return clamp_code(hn::Add(nearest, hn::ShiftRight<1>(t)));
}
HWY_INLINE V beside(const Site& s) { return at_green(s.c, s.h, s.hh, s.vv, s.diagonal); }
HWY_INLINE V below(const Site& s) { return at_green(s.c, s.v, s.vv, s.hh, s.diagonal); }

void demosaic_lite_row(const RowIo& io, Span span) {
  const auto put = [&io](int plane, V even, V odd, int x) HWY_ATTR { hn::StoreInterleaved2(even, odd, di, io.out<I>(plane) + 2 * x); };
  for (int x = 0; x < span.count / 2; x += lanes()) {
    const Site r = site(io, kR, x), gr = site(io, kGr, x);
    put(0, r.c, beside(gr), x);
    put(1, green(r), gr.c, x);
    put(2, opposite(r), below(gr), x);
    const Site gb = site(io, kGb, x), b = site(io, kB, x);
    put(3, below(gb), opposite(b), x);
    put(4, gb.c, green(b), x);
    put(5, beside(gb), b.c, x);
  }
}

}  // namespace sunny16::isp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace sunny16::isp {

static_assert(RowStage<DemosaicLite>);
HWY_EXPORT(demosaic_lite_row);

void DemosaicLite::fast_row(const Registers&, const RowIo& io, Span span) { HWY_DYNAMIC_DISPATCH(demosaic_lite_row)(io, span); }

void DemosaicLite::reference_row(const Registers&, const RowIo& io, Span span) {
  using demosaic::average;
  using demosaic::clamp_code;
  using Int = std::int16_t;
  const auto colour_of = [](int plane) { return plane == kR ? 0 : plane == kB ? 2 : 1; };
  for (int x = 0; x < span.count / 2; ++x)
    for (int own = 0; own < 4; ++own) {
      const auto at = [&io](int plane, int dy, int column) { return static_cast<int>(io.in<Int>(0, plane, dy)[column]); };
      const int left = x + ((own & 1) ? 0 : -1), up = (own >> 1) ? 0 : -1;
      const int c = at(own, 0, x);
      const int h = average(at(own ^ 1, 0, left), at(own ^ 1, 0, left + 1)), v = average(at(own ^ 2, up, x), at(own ^ 2, up + 1, x));
      const int hh = average(at(own, 0, x - 1), at(own, 0, x + 1)), vv = average(at(own, -1, x), at(own, 1, x));
      const int diagonal = average(at(own ^ 3, up, left), at(own ^ 3, up, left + 1), at(own ^ 3, up + 1, left), at(own ^ 3, up + 1, left + 1));
      const auto put = [&](int colour, int value) {
        io.out<Int>((own >> 1) * 3 + colour)[2 * x + (own & 1)] = static_cast<Int>(value);
      };
      put(colour_of(own), c);
      if (own == kR || own == kB) {
        const int d = c - average(hh, vv);
        put(1, clamp_code(average(h, v) + (d >> 1)));
        put(2 - colour_of(own), clamp_code(diagonal + d - (d >> 2)));
      } else {
        const auto at_green = [&](int nearest, int along, int across) {
          return clamp_code(nearest + ((c - diagonal + ((c - along) >> 1) - ((c - across) >> 2)) >> 1));
        };
        put(colour_of(own ^ 1), at_green(h, hh, vv));
        put(colour_of(own ^ 2), at_green(v, vv, hh));
      }
    }
}

}  // namespace sunny16::isp
#endif
