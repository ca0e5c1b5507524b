#include <doctest/doctest.h>

#include <vector>

#include "isp/core/thumbnail.h"
#include "isp/taps/floating_zones.h"
#include "isp/taps/focus.h"
#include "isp/taps/histogram.h"
#include "isp/taps/row_sums.h"
#include "isp/taps/thumbnail.h"
#include "isp/taps/white_balance_zones.h"
#include "tests/isp/every_target.h"
#include "tests/isp/stage_harness.h"

using namespace sunny16::isp;

namespace {

constexpr int kMargin = 16;  // quads left and right of the frame that a tap with a border may read
constexpr int kBlack = domain::LinearRaw::black, kWhite = domain::LinearRaw::white;

/// Quads of linear raw with a margin, and what a tap makes of them.
class Frame {
 public:
  template <class F>
  Frame(int width, int height, CfaPhase phase, F&& sample) {
    conditions.frame = FrameGeometry::canonical(width, height, phase);
    for (auto& plane : planes_) plane = Image<std::uint16_t>(columns() + 2 * kMargin + kSlack, rows());
    for (int p = 0; p < 4; ++p)
      for (int y = 0; y < rows(); ++y)
        for (int x = -kMargin; x < columns() + kMargin; ++x)
          planes_[static_cast<std::size_t>(p)].row(y)[x + kMargin] = static_cast<std::uint16_t>(sample(p, x, y));
  }
  int columns() const { return conditions.frame.quad_columns(); }
  int rows() const { return conditions.frame.quad_rows(); }

  /// Counts columns [x, end) of all rows.
  template <Tap T>
  void count(void (*row)(const typename T::Registers&, const RowIo&, Span, Statistics&), int x, int end,
             const typename T::Registers& registers, Statistics& statistics) {
    for (int y = 0; y < rows(); ++y) {
      std::array<std::byte*, 4> in;
      for (std::size_t p = 0; p < 4; ++p) in[p] = reinterpret_cast<std::byte*>(planes_[p].row(y) + kMargin + x);
      RowIo io;
      io.inputs[0].rows = in.data();
      row(registers, io, {x, y, end - x}, statistics);
    }
  }
  template <Tap T>
  Statistics statistics(const typename T::Tuning& tuning = {}) {
    Statistics s;
    count<T>(T::fast_row, 0, columns(), T::derive(tuning, conditions), s);
    return s;
  }

  Conditions conditions;

 private:
  std::array<Image<std::uint16_t>, 4> planes_;
};

Frame flat(int width, int height, CfaPhase phase, std::array<int, 4> levels) {
  return Frame(width, height, phase, [=](int p, int, int) { return kBlack + levels[static_cast<std::size_t>(p)]; });
}

template <Tap T>
void check_exact(Frame& frame, const typename T::Tuning& tuning) {
  CAPTURE(T::name);
  CAPTURE(frame.columns());
  const auto registers = T::derive(tuning, frame.conditions);
  Statistics reference;
  frame.count<T>(T::reference_row, 0, frame.columns(), registers, reference);
  test::on_every_target([&] {
    Statistics fast;
    frame.count<T>(T::fast_row, 0, frame.columns(), registers, fast);
    CHECK(reference == fast);
  });
  for (const int tile : {1, 7, 64, 301}) {
    Statistics sum;
    for (int x = 0; x < frame.columns(); x += tile) {
      Statistics part;
      frame.count<T>(T::fast_row, x, std::min(x + tile, frame.columns()), registers, part);
      sum += part;
    }
    CHECK(sum == reference);
  }
}

}  // namespace

TEST_CASE("taps: fast equals reference for any division of the frame") {
  FloatingZonesTuning rectangles;
  rectangles.rectangles = {0, 0, 1, 1, 0.3, 0.2, 0.6, 0.9, 0.5, 0.5, 0.5, 0.8};
  HistogramTuning weighted;
  for (std::size_t i = 0; i < weighted.weights.size(); ++i) weighted.weights[i] = static_cast<double>(i % 16) / 15;
  struct Size {
    int width, height;
  };
  for (const Size size : {Size{2, 2}, Size{3, 5}, Size{34, 18}, Size{1201, 37}})
    for (const CfaPhase phase : {CfaPhase::rggb, CfaPhase::bggr})
      for (const std::uint32_t range : {65536u, 22000u}) {
        Frame frame(size.width, size.height, phase, [=](int p, int x, int y) {
          return test::scramble(7, static_cast<std::uint32_t>((p * 64 + y) * 4096 + x + kMargin)) % range;
        });
        frame.conditions.wb_gains = {2.1, 1, 1.7};
        check_exact<Histogram>(frame, weighted);
        check_exact<WhiteBalanceZones>(frame, {});
        check_exact<RowSums>(frame, {});
        check_exact<Focus>(frame, {});
        check_exact<FloatingZones>(frame, rectangles);
        check_exact<ThumbnailCells>(frame, {});
      }
}

TEST_CASE("taps: the widest frame does not overflow") {
  Frame frame(16384, 4, CfaPhase::rggb, [](int, int x, int) { return x & 1 ? 65535 : 0; });
  check_exact<RowSums>(frame, {});
  check_exact<Focus>(frame, {});
  check_exact<ThumbnailCells>(frame, {});
}

TEST_CASE("thumbnail: means of every quad, clipped ones too, as control and the stages read them") {
  Frame frame(960, 720, CfaPhase::grbg, [](int p, int x, int y) {
    const int level = x < 240 ? 1000 * (p + 1) : domain::LinearRaw::range;  // the right half is saturated
    return kBlack + (y < 180 ? level : 0);
  });
  const Thumbnail thumbnail = thumbnail_of(frame.statistics<ThumbnailCells>());
  const double full = domain::LinearRaw::range;
  CHECK(thumbnail.at(3, 3).level[0] == doctest::Approx(1000 / full));
  CHECK(thumbnail.at(3, 3).level[1] == doctest::Approx(2500 / full));
  CHECK(thumbnail.at(3, 3).level[2] == doctest::Approx(4000 / full));
  CHECK(thumbnail.at(95, 0).level == std::array<double, 3>{1, 1, 1});
  CHECK(thumbnail.at(3, 71).level == std::array<double, 3>{0, 0, 0});
  std::uint64_t quads = 0;
  for (const auto& row : frame.statistics<ThumbnailCells>().thumbnail)
    for (const auto& cell : row) quads += cell.count;
  CHECK(quads == 479 * 360);  // the canonical frame's outer columns are partly reflections

  Conditions conditions;
  conditions.wb_gains = {2, 1, 1.5};
  conditions.digital_gain = 2;
  const auto white = linear_rgb(thumbnail.at(95, 0), conditions), dark = linear_rgb(thumbnail.at(3, 3), conditions);
  CHECK(white == std::array<double, 3>{2, 2, 2});  // what is clipped has no colour
  CHECK(dark[0] == doctest::Approx(4000 / full));
  CHECK(dark[2] == doctest::Approx(12000 / full));
}

TEST_CASE("taps: repeated pixels of the canonical frame do not count") {
  // BGGR shifts the canonical frame by one pixel each way: its outer quads are partly reflections.
  Frame frame = flat(100, 80, CfaPhase::bggr, {100, 100, 100, 100});
  CHECK(frame.columns() * frame.rows() == 51 * 41);
  std::uint64_t quads = 0;
  for (const auto& sum : frame.statistics<RowSums>().rows) quads += sum.count;
  CHECK(quads == 49 * 39);
}

TEST_CASE("histogram: black, grey and white fall where they should, with the zones' weights") {
  for (const int level : {0, 2768, 15359, 40000}) {
    const Statistics s = flat(64, 64, CfaPhase::rggb, {level, level, level, level}).statistics<Histogram>();
    const int bin = std::min(level * 1024 / domain::LinearRaw::range, 1023);
    // Weights and products are rounded down: an even grey may fall one bin low.
    CHECK(s.histogram[static_cast<std::size_t>(bin)] + s.histogram[static_cast<std::size_t>(std::max(bin - 1, 0))] >=
          16u * 16 * Histogram::kMaxWeight);
  }
  HistogramTuning spot;
  spot.weights.fill(0);
  spot.weights[8 * 16 + 8] = 1;
  std::uint32_t total = 0;
  for (const std::uint32_t n : flat(640, 640, CfaPhase::rggb, {9, 9, 9, 9}).statistics<Histogram>(spot).histogram)
    total += n;
  CHECK(total == 10u * 10 * Histogram::kMaxWeight);
}

TEST_CASE("white-balance zones: sums of the colours, without clipped and dark quads") {
  Frame frame(128, 128, CfaPhase::rggb, [](int p, int x, int y) {
    if (x < 32) return p == kGr && (x & 1) ? kWhite : kBlack + 1000 * (p + 1);  // every second quad has a clipped pixel
    return y < 32 ? kBlack + 3 : kBlack + 500;
  });
  const Statistics s = frame.statistics<WhiteBalanceZones>();
  CHECK(s.white_balance[0][0] == Statistics::WhiteZone{2 * 1000, 2 * (2000 + 3000), 2 * 4000, 2});
  CHECK(s.white_balance[0][31].count == 0);
  CHECK(s.white_balance[31][31] == Statistics::WhiteZone{4 * 500, 4 * 1000, 4 * 500, 4});
}

TEST_CASE("row sums: bands follow the light") {
  Frame frame(64, 2048, CfaPhase::rggb, [](int, int, int y) { return kBlack + y; });
  const Statistics s = frame.statistics<RowSums>();
  for (std::size_t band = 0; band < 512; ++band) {
    CHECK(s.rows[band].count == 2 * 32);
    CHECK(s.rows[band].mean() == 2 * (2 * static_cast<double>(band) + 0.5));
  }
}

TEST_CASE("focus: sharp edges score above blurred ones, noise scores next to nothing") {
  const auto score = [](Frame frame) {
    frame.conditions.noise = {1e-4, 1e-7};
    double sum = 0;
    for (const auto& row : frame.statistics<Focus>().focus)
      for (const auto& zone : row) sum += zone.mean();
    return sum;
  };
  const double sharp =
      score(Frame(512, 64, CfaPhase::rggb, [](int, int x, int) { return kBlack + (x / 8 % 2 ? 6000 : 1000); }));
  const double blurred = score(Frame(512, 64, CfaPhase::rggb, [](int, int x, int) {
    const int phase = (x + kMargin) % 16;  // a triangle of the same contrast
    return kBlack + 1000 + 625 * (phase < 8 ? phase : 16 - phase);
  }));
  const double noise = score(Frame(512, 64, CfaPhase::rggb, [](int p, int x, int y) {
    const auto seed = static_cast<std::uint32_t>((p * 64 + y) * 4096 + x + kMargin);
    int sum = 0;  // near Gaussian, deviation 64 = that of the profile at middle grey
    for (std::uint32_t i = 0; i < 12; ++i) sum += static_cast<int>(test::scramble(i, seed) % 64);
    return kBlack + 2765 + (sum - 378);
  }));
  CHECK(sharp > 4 * blurred);
  CHECK(noise < 0.001 * sharp);
}

TEST_CASE("floating zones: means inside the rectangles") {
  Frame frame(400, 200, CfaPhase::rggb, [](int, int x, int y) { return kBlack + (x < 100 && y < 50 ? 1000 : 4000); });
  FloatingZonesTuning tuning;
  tuning.rectangles = {0, 0, 0.5, 0.5, 0.5, 0.5, 1, 1};
  const Statistics s = frame.statistics<FloatingZones>(tuning);
  CHECK(s.floating[0].count == 100 * 50);
  CHECK(s.floating[0].mean() == doctest::Approx(1000).epsilon(0.005));
  CHECK(s.floating[1].mean() == doctest::Approx(4000).epsilon(0.005));
  CHECK(s.floating[2].count == 0);
  CHECK(FloatingZones::derive({}, frame.conditions).enabled == 0);
}
