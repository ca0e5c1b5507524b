#include "sim/compare/stage_difference.h"

#include <doctest/doctest.h>

#include <cmath>
#include <deque>
#include <functional>
#include <map>

#include "sim/metrics/metric_error.h"

namespace sunny16::sim {
namespace {

constexpr int kWidth = 40, kHeight = 20;

/// Stages whose samples are written by the test: value(stage, plane, x, y).
class MadeStages final : public StageSource {
 public:
  using Value = std::function<int(const std::string&, int, int, int)>;
  MadeStages(std::vector<std::string> names, Value value, int width = kWidth)
      : names_(std::move(names)), value_(std::move(value)), width_(width) {}

  const std::vector<std::string>& names() const override { return names_; }
  const StageOutput& next() override {
    const std::string& name = names_.at(next_++);
    const StageForm form = form_of(name);
    const isp::Layout layout = form.mosaic ? isp::domain::LinearRaw::layout : isp::domain::DisplayRgb::layout;
    rows_ = {.layout = layout, .stride = 2 * kWidth * sizeof(std::int16_t), .capacity = kHeight / 2};
    memory_ = isp::make_aligned<std::byte>(isp::RowStorage::bytes(layout, rows_.stride, rows_.capacity));
    rows_.base = memory_.get();
    for (int y = 0; y < kHeight; ++y)
      for (int x = 0; x < width_; ++x)
        for (int plane = 0; plane < layout.planes; ++plane) {
          if (form.mosaic && plane != StageOutput::plane_at(x, y)) continue;
          reinterpret_cast<std::uint16_t*>(rows_.at(plane, 0, y))[form.mosaic ? x / 2 : x] =
              static_cast<std::uint16_t>(value_(name, plane, x, y));
        }
    return output_.emplace_back(StageOutput{name, form.encoding, form.mosaic, width_, kHeight, rows_});
  }
  double sensor_range() const override { return 1000; }

 private:
  std::vector<std::string> names_;
  Value value_;
  int width_;
  std::size_t next_ = 0;
  isp::RowStorage rows_;
  std::unique_ptr<std::byte[], isp::AlignedDelete> memory_;
  std::deque<StageOutput> output_;
};

int flat(const std::string&, int, int, int) { return 500; }

TEST_CASE("Differences are parts of the stage's range, and found where they are") {
  MadeStages a({"unpack", "tone_curve"}, flat);
  // 8 of the 800 samples of the mosaic, and one colour of 2 of 800 pixels.
  MadeStages b({"unpack", "tone_curve"}, [](const std::string& stage, int plane, int x, int y) {
    if (stage == "unpack") return y == 3 && x >= 10 && x < 18 ? (x == 12 ? 700 : 400) : 500;
    return plane == 2 && y == 19 && x < 2 ? 500 + 8191 : 500;
  });
  const auto found = compare_stages(a, b);
  REQUIRE(found.size() == 2);
  const StageDifference& sensor = found[0];
  CHECK(sensor.in == Presence::both);
  CHECK(sensor.mean_percent == doctest::Approx(100 * (7 * 0.1 + 0.2) / 800));
  CHECK(sensor.rms_percent == doctest::Approx(100 * std::sqrt((7 * 0.01 + 0.04) / 800)));
  CHECK(sensor.max_percent == doctest::Approx(20));
  CHECK(sensor.p99_percent == 0);
  CHECK(sensor.differing_percent == doctest::Approx(1));
  CHECK(sensor.max_x == 12);
  CHECK(sensor.max_y == 3);
  const StageDifference& display = found[1];
  CHECK(display.max_percent == doctest::Approx(100 * 8191.0 / 16383));
  CHECK(display.differing_percent == doctest::Approx(100 * 2.0 / 2400));
  CHECK(display.max_x == 0);
  CHECK(display.max_y == 19);
  CHECK(first_difference(found) == &found[0]);
}

TEST_CASE("The 99th percentile is the least that 99 of 100 samples do not exceed") {
  for (const int columns : {0, 1}) {
    MadeStages a({"unpack"}, flat), b({"unpack"}, [&](const std::string&, int, int x, int y) {
      return y == 0 && x < 8 + columns ? 600 : 500;  // 8 of 800 are one in a hundred
    });
    CHECK(compare_stages(a, b)[0].p99_percent == doctest::Approx(columns ? 10 : 0));
  }
}

TEST_CASE("Stages that one line has not are told, and the others still meet") {
  MadeStages a({"unpack", "black_level", "white_balance", "sharpen"}, flat);
  MadeStages b({"unpack", "lens_shading", "white_balance", "tone_curve", "sharpen", "vignette"}, flat);
  std::vector<std::string> visited;
  const auto found =
      compare_stages(a, b, [&](const StageDifference& d, const auto&, const auto&) { visited.push_back(d.stage); });
  std::map<std::string, Presence> in;
  for (const StageDifference& d : found) in[d.stage] = d.in;
  CHECK(found.size() == 7);
  CHECK(in["black_level"] == Presence::first);
  for (const char* second : {"lens_shading", "tone_curve", "vignette"}) CHECK(in[second] == Presence::second);
  CHECK(visited == std::vector<std::string>{"unpack", "white_balance", "sharpen"});
  CHECK(first_difference(found)->stage == "black_level");
}

TEST_CASE("Stages in another order are not compared with each other") {
  MadeStages a({"unpack", "black_level", "linearise"}, flat), b({"unpack", "linearise", "black_level"}, flat);
  const auto found = compare_stages(a, b);
  CHECK(found.size() == 4);
  CHECK(first_difference(found)->in != Presence::both);
}

TEST_CASE("Equal lines have no first difference; different sizes cannot be compared") {
  MadeStages a({"unpack"}, flat), b({"unpack"}, flat), c({"unpack"}, flat), narrow({"unpack"}, flat, kWidth - 2);
  CHECK(first_difference(compare_stages(a, b)) == nullptr);
  CHECK_THROWS_AS(compare_stages(c, narrow), MetricError);
}

TEST_CASE("The most different part holds the place of the difference") {
  for (const auto& place : {std::pair{0, 0}, {39, 19}, {21, 9}}) {
    const int at_x = place.first, at_y = place.second;
    MadeStages a({"tone_curve"}, flat),
        b({"tone_curve"}, [&](const std::string&, int, int x, int y) { return x == at_x && y == at_y ? 900 : 500; });
    compare_stages(a, b, [&](const auto&, const StageOutput& first, const StageOutput& second) {
      const isp::Rect part = most_different_part(first, second, 16, 8);
      CHECK(part.width == 16);
      CHECK(part.height == 8);
      CHECK(at_x >= part.x);
      CHECK(at_x < part.x + part.width);
      CHECK(at_y >= part.y);
      CHECK(at_y < part.y + part.height);
      CHECK(part.x % 2 + part.y % 2 == 0);
      CHECK(difference_at(first, second, at_x, at_y) == 400);
      CHECK(most_different_part(first, second, 100, 100) == isp::Rect{0, 0, kWidth, kHeight});
    });
  }
}

}  // namespace
}  // namespace sunny16::sim
