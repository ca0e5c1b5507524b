// Single-exposure HDR of dim places with a bright opening: what it keeps of the truth, at both ends, and what its edges
// do. The stage's constants were chosen on the first place alone.
//
// Detail is what the logarithm of luminance differs from its surroundings' mean, both of cells of 8 x 8 pixels; the
// share kept is the slope of the picture's detail over the truth's, which noise, being none of the truth's, leaves as
// it is.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <string>
#include <vector>

#include "firmware/capture/frame_line.h"
#include "sim/camera/module_tuning.h"
#include "sim/camera/shot.h"

namespace sunny16::firmware::test {
namespace {

constexpr int kCell = 8;
constexpr std::array<double, 3> kLuminance{0.2126, 0.7152, 0.0722};

/// Logarithms to base 2 of cells' mean luminance.
struct Cells {
  int columns, rows;
  std::vector<double> ev;

  template <class F>
  Cells(int width, int height, F&& luminance) : columns(width / kCell), rows(height / kCell) {
    for (int y = 0; y < rows; ++y)
      for (int x = 0; x < columns; ++x) {
        double sum = 0;
        for (int j = 0; j < kCell; ++j)
          for (int i = 0; i < kCell; ++i) sum += luminance(x * kCell + i, y * kCell + j);
        ev.push_back(std::log2(std::max(sum / (kCell * kCell), 1e-6)));
      }
  }
  double at(int x, int y) const { return ev[static_cast<std::size_t>(y * columns + x)]; }
};

double linear(std::uint8_t code) {
  const double v = code / 255.0;
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

/// Cells of the truth whose surroundings all belong to the same end: the room, or what is outside.
class End {
 public:
  static constexpr int kReach = 3;

  End(const Cells& truth, double darkest, double brightest) : truth_(truth) {
    const auto belongs = [&](int x, int y) { return truth.at(x, y) > darkest && truth.at(x, y) < brightest; };
    for (int y = kReach; y < truth.rows - kReach; ++y)
      for (int x = kReach; x < truth.columns - kReach; ++x) {
        bool all = true;
        for (int j = -kReach; j <= kReach; ++j)
          for (int i = -kReach; i <= kReach; ++i) all &= belongs(x + i, y + j);
        if (all) cells_.push_back({x, y});
      }
  }
  std::size_t size() const { return cells_.size(); }
  double kept(const Cells& picture) const {
    double both = 0, square = 0;
    for (const auto& [x, y] : cells_) {
      const double true_detail = detail(truth_, x, y);
      both += detail(picture, x, y) * true_detail, square += true_detail * true_detail;
    }
    return both / square;
  }

 private:
  static double detail(const Cells& cells, int x, int y) {
    double mean = 0;
    for (int j = -kReach; j <= kReach; ++j)
      for (int i = -kReach; i <= kReach; ++i) mean += cells.at(x + i, y + j);
    return cells.at(x, y) - mean / ((2 * kReach + 1) * (2 * kReach + 1));
  }

  const Cells& truth_;
  std::vector<std::array<int, 2>> cells_;
};

/// A shot that the sensor just holds: what is bright outside is just not clipped.
struct Place {
  const char* scene;
  double least_room, least_outside;  ///< of the truth's detail
};
struct Shot {
  sim::ShotSettings settings;
  sim::Bench bench;
  hal::RawFrame frame;
  CameraTuning tuning;

  explicit Shot(const Place& place)
      : settings([&place] {
          sim::ShotSettings s;
          s.scene = place.scene, s.sensor = "imx708", s.mode = "2304:1296";
          s.lux = 8000, s.illuminant = "D50", s.gain = 1.123, s.shutter_us = 1000;
          return s;
        }()),
        bench(sim::set_up(settings)),
        tuning(sim::module_tuning(sim::load_module(settings.sensor))) {
    const sim::Exposure exposure = sim::exposure_of(bench, settings);
    frame = bench.record(bench.electrons(bench.timing(0, exposure.time_s), 2), exposure, 2);
  }
  Cells truth() const {
    const auto image = bench.truth(bench.timing(0, 0.001), 2);
    return Cells(frame.raw.width, frame.raw.height, [&](int x, int y) {
      double sum = 0;
      for (int c = 0; c < 3; ++c) sum += kLuminance[static_cast<std::size_t>(c)] * image.row(y)[3 * x + c];
      return sum;
    });
  }
  Cells developed(HdrMode mode, std::optional<double> digital_gain = {}) const {
    FrameRequest request;
    request.digital_gain = digital_gain;
    request.hdr_mode = mode, request.threads = 2;
    const DevelopedFrame developed = run_frame(frame, tuning, request);
    const Picture& picture = developed.pictures.front();
    return Cells(picture.width, picture.height, [&](int x, int y) {
      double sum = 0;
      for (int c = 0; c < 3; ++c)
        sum += kLuminance[static_cast<std::size_t>(c)] * linear(picture.planes[0].row(y)[3 * x + c]);
      return sum;
    });
  }
};

TEST_CASE("a dim place with a bright opening in one exposure: detail at both ends") {
  for (const Place& place :
       {Place{"interior-window", 0.9, 0.9}, {"archway", 0.9, 0.9}, {"window-silhouette", 0.9, 0.75}}) {
    CAPTURE(place.scene);
    const Shot shot(place);
    const Cells truth = shot.truth();
    const Cells plain = shot.developed(HdrMode::off), lifted = shot.developed(HdrMode::off, 4);
    const Cells hdr = shot.developed(HdrMode::single_exposure);
    const End room(truth, -9, -3.5), outside(truth, -3, 10);
    MESSAGE(std::string(place.scene) << ": cells of the room " << room.size() << ", outside " << outside.size());
    MESSAGE("kept of the truth's detail, global curve: room " << room.kept(plain) << ", outside "
                                                              << outside.kept(plain));
    MESSAGE("the same at the exposure of the mid-tones: room " << room.kept(lifted) << ", outside "
                                                               << outside.kept(lifted));
    MESSAGE("kept of the truth's detail, local tone: room " << room.kept(hdr) << ", outside " << outside.kept(hdr));
    CHECK(room.kept(hdr) >= place.least_room);
    CHECK(outside.kept(hdr) >= place.least_outside);
    CHECK(outside.kept(hdr) > outside.kept(lifted));
  }
}

/// An even wall with an even window in it, brighter by `ev`: what an edge of light does to the two, without a scene's
/// own light and detail.
hal::RawFrame wall_with_window(double ev) {
  constexpr int kWidth = 2304, kHeight = 1296;
  constexpr double kWindow = 0.8;
  std::vector<std::byte> bytes(2 * kWidth * kHeight);
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x) {
      const bool window = x >= 900 && x < 1500 && y >= 300 && y < 900;
      const auto sample =
          static_cast<std::uint16_t>(std::lround(65535 * (window ? kWindow : kWindow * std::exp2(-ev))));
      std::memcpy(&bytes[static_cast<std::size_t>(2 * (y * kWidth + x))], &sample, sizeof sample);
    }
  hal::RawFrame frame;
  frame.raw.width = kWidth, frame.raw.height = kHeight, frame.raw.stride = 2 * kWidth;
  frame.own(std::move(bytes));
  frame.noise = isp::NoiseProfile{1e-7, 1e-10};
  frame.as_shot_neutral = {1, 1, 1};
  return frame;
}

TEST_CASE("halo at the window's edge: wall and window stay even up to it") {
  // A step of two stops is no edge to the grid yet, which rounds it over a tenth of the frame.
  constexpr std::array<std::array<double, 2>, 5> kMost{{{2, 0.15}, {3, 0.07}, {4, 0.02}, {6, 0.02}, {8, 0.02}}};
  for (const auto& step : kMost) {
    const double ev = step[0], most = step[1];
    CAPTURE(ev);
    const hal::RawFrame frame = wall_with_window(ev);
    FrameRequest request;
    request.hdr_mode = HdrMode::single_exposure, request.disabled = {"sharpen"};
    const DevelopedFrame developed = run_frame(frame, {}, request);
    const auto luminance = [&](int first, int end) {
      std::vector<double> row;
      for (int x = first; x < end; ++x) row.push_back(linear(developed.pictures[0].planes[0].row(600)[3 * x + 1]));
      return row;
    };
    const auto overshoot = [](const std::vector<double>& near, const std::vector<double>& far) {
      const double even = std::accumulate(far.begin(), far.end(), 0.0) / static_cast<double>(far.size());
      double worst = 0;
      for (std::size_t i = 0; i + 16 <= near.size(); i += 16)  // means of 16 pixels: without dither
        worst = std::max(worst, std::abs(std::accumulate(near.begin() + static_cast<std::ptrdiff_t>(i),
                                                         near.begin() + static_cast<std::ptrdiff_t>(i + 16), 0.0) /
                                             (16 * even) -
                                         1));
      return worst;
    };
    const double wall = overshoot(luminance(640, 896), luminance(64, 320));
    const double window = overshoot(luminance(904, 1096), luminance(1168, 1232));
    MESSAGE(ev << " EV: wall " << 100 * wall << " %, window " << 100 * window << " %");
    CHECK(wall < most);
    CHECK(window < most);
  }
}

}  // namespace
}  // namespace sunny16::firmware::test
