#include "sim/metrics/slanted_edge.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "hal/api/raw_sample.h"
#include "hal/replay/open_frame.h"
#include "tests/data_dir.h"
#include "tests/sim/metrics/analytic_edge.h"

namespace sunny16::sim {
namespace {

const std::vector<Lattice> kGreens{{1, 0, 2}, {0, 1, 2}}, kAllColours{{0, 0, 2}, {1, 0, 2}, {0, 1, 2}, {1, 1, 2}};

SlantedEdge measure(const AnalyticEdge& edge, const SlantedEdgeOptions& options = {}, std::uint64_t seed = 1) {
  const auto picture = edge.picture(seed);
  return measure_slanted_edge(picture.view(), whole(picture.view()), options);
}

void check_response(const SlantedEdge& found, const AnalyticEdge& edge, double tolerance) {
  CHECK(std::abs(found.mtf50_cy_px - edge.frequency_at(0.5)) < tolerance);
  CHECK(std::abs(found.mtf10_cy_px - edge.frequency_at(0.1)) < 2 * tolerance);
  CHECK(std::abs(found.mtf_at_nyquist - edge.mtf(0.5)) < 2 * tolerance);
  for (std::size_t i = 0; i < found.mtf.size(); ++i)
    CHECK(std::abs(found.mtf[i] - edge.mtf(found.frequency_cy_px[i])) < 4 * tolerance);
}

TEST_CASE("The MTF of an edge is the transform of its pixels and its point spread, at any angle, upright or lying") {
  for (const double angle : {2.0, 3.7, 5.0, -5.0, 10.0, -22.0, 30.0, 43.0})
    for (const double sigma : {0.3, 0.5, 1.0, 2.0})
      for (const bool horizontal : {false, true}) {
        const AnalyticEdge edge{.angle_deg = angle, .sigma_px = sigma, .horizontal = horizontal};
        CAPTURE(angle);
        CAPTURE(sigma);
        CAPTURE(horizontal);
        const SlantedEdge found = measure(edge);
        check_response(found, edge, 0.003);
        CHECK(found.vertical == !horizontal);
        CHECK(found.edge_angle_deg == doctest::Approx(angle).epsilon(1e-3));
        CHECK(found.edge_position_px == doctest::Approx(49.5).epsilon(1e-3));
        CHECK(found.contrast == doctest::Approx(0.5 / 0.7).epsilon(1e-4));
      }
}

TEST_CASE("Slopes of a half and a quarter put all samples on few distances: less is known of the edge between them") {
  for (const double slope : {0.25, 0.5, -0.5})
    for (const double sigma : {0.3, 0.5, 1.0}) {
      const AnalyticEdge edge{.angle_deg = std::atan(slope) * 180 / std::numbers::pi, .sigma_px = sigma};
      CHECK(std::abs(measure(edge).mtf50_cy_px - edge.frequency_at(0.5)) < 0.01);
    }
}

TEST_CASE("Neither polarity nor place nor the region's shape matter") {
  for (const bool falls : {false, true})
    for (const isp::Rect size : {isp::Rect{0, 0, 40, 40}, isp::Rect{0, 0, 30, 200}, isp::Rect{0, 0, 200, 41}}) {
      const int width = size.width, height = size.height;
      AnalyticEdge edge{.angle_deg = 5.7, .sigma_px = 0.6, .width = width, .height = height, .place_px = -1.3};
      if (falls) std::swap(edge.left, edge.right);
      CAPTURE(falls);
      CAPTURE(width);
      const SlantedEdge found = measure(edge);
      check_response(found, edge, 0.003);
      CHECK(found.edge_position_px == doctest::Approx((width - 1) / 2.0 - 1.3).epsilon(1e-3));
    }
}

TEST_CASE("A region inside a picture is measured as if it were all") {
  const AnalyticEdge edge{.width = 160, .height = 120};
  auto picture = edge.picture();
  for (int y = 0; y < 120; ++y) picture.row(y)[3] = 50;
  const SlantedEdge found = measure_slanted_edge(picture.view(), {50, 20, 60, 80});
  check_response(found, edge, 0.003);
  CHECK(found.edge_position_px == doctest::Approx(79.5).epsilon(1e-3));
}

TEST_CASE("Colours of a mosaic give cycles per pixel of the sensor, whatever their response") {
  for (const double angle : {3.0, 5.3, -12.0, 20.0}) {
    const AnalyticEdge edge{.angle_deg = angle, .sigma_px = 0.6, .width = 120, .height = 160};
    auto mosaic = edge.picture();
    for (int y = 0; y < 160; ++y)
      for (int x = 0; x < 120; ++x)
        if ((x + y) % 2 == 0) mosaic.row(y)[x] *= y % 2 ? 0.4f : 0.6f;
    CAPTURE(angle);
    for (const auto& lattices : {kGreens, kAllColours, std::vector{Lattice{1, 1, 2}}}) {
      const auto found = measure_slanted_edge(mosaic.view(), whole(mosaic.view()), {.lattices = lattices});
      check_response(found, edge, 0.006);
    }
  }
}

TEST_CASE("Noise does not bias the MTF50, and hardly moves it") {
  const AnalyticEdge edge{.sigma_px = 0.5, .noise = 0.02};
  double sum = 0, squares = 0;
  constexpr int kShots = 30;
  for (int shot = 0; shot < kShots; ++shot) {
    const double error = measure(edge, {}, static_cast<std::uint64_t>(shot)).mtf50_cy_px - edge.frequency_at(0.5);
    sum += error, squares += error * error;
  }
  CHECK(std::abs(sum / kShots) < 0.003);
  CHECK(std::sqrt(squares / kShots) < 0.01);
}

TEST_CASE("Light that falls off over the region is no blur and no overshoot") {
  const AnalyticEdge edge{.sigma_px = 0.6};
  for (const double fall_off : {0.1, 0.3, -0.3}) {
    auto picture = edge.picture();
    for (int y = 0; y < 100; ++y)
      for (int x = 0; x < 100; ++x)
        picture.row(y)[x] *= static_cast<float>(1 + fall_off * ((x - 50) + 0.5 * (y - 50)) / 100);
    const SlantedEdge found = measure_slanted_edge(picture.view(), whole(picture.view()));
    CHECK(std::abs(found.mtf50_cy_px - edge.frequency_at(0.5)) < 0.003);
    CHECK(found.overshoot_percent < 4);
    CHECK(found.undershoot_percent < 4);
  }
}

TEST_CASE("Sharpening shows as over- and undershoot, and in the MTF") {
  for (const bool falls : {false, true}) {
    AnalyticEdge edge{.sigma_px = 0.6, .sharpening = 0.8, .sharpening_sigma_px = 1.2};
    if (falls) std::swap(edge.left, edge.right);
    double peak = 0, low = 10, high = 0;
    for (double d = -5; d < 5; d += 0.001) {
      const double spread = edge.spread(d);
      peak = std::max(peak, spread);
      if (spread > 0.1) low = std::min(low, d);
      if (spread < 0.9) high = std::max(high, d * (d < 1));
    }
    const SlantedEdge found = measure(edge);
    check_response(found, edge, 0.004);
    CHECK(found.overshoot_percent == doctest::Approx(100 * (peak - 1)).epsilon(0.04));
    CHECK(found.undershoot_percent == doctest::Approx(found.overshoot_percent).epsilon(0.02));
    CHECK(found.rise_10_90_px == doctest::Approx(high - low).epsilon(0.03));
  }
}

TEST_CASE("The rise of a blurred edge is the Gaussian's") {
  const SlantedEdge found = measure({.sigma_px = 3});
  CHECK(found.rise_10_90_px == doctest::Approx(2 * 1.2816 * std::hypot(3, std::sqrt(1 / 12.0))).epsilon(0.01));
}

TEST_CASE("A curved edge needs a polynomial") {
  constexpr int kSide = 100;
  const AnalyticEdge edge{.sigma_px = 0.5};
  isp::Image<float> picture(kSide, kSide);
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) {
      const double v = (y - 49.5) / 49.5, place = 49.5 + 4.3 * v + 2 * v * v, slope = (4.3 + 4 * v) / 49.5;
      picture.row(y)[x] = static_cast<float>(edge.spread((x - place) / std::hypot(1, slope)));
    }
  const auto mtf50 = [&](int order) {
    return measure_slanted_edge(picture.view(), whole(picture.view()), {.order = order}).mtf50_cy_px;
  };
  CHECK(std::abs(mtf50(2) - edge.frequency_at(0.5)) < 0.005);
  CHECK(mtf50(1) < edge.frequency_at(0.5) - 0.05);
}

TEST_CASE("What is no slanted edge is refused") {
  const auto rejects = [](const isp::Image<float>& image, isp::Rect roi, const SlantedEdgeOptions& options = {}) {
    CHECK_THROWS_AS(measure_slanted_edge(image.view(), roi, options), MetricError);
  };
  const auto good = AnalyticEdge{}.picture();
  CHECK_THROWS_WITH_AS(measure_slanted_edge(good.view(), {60, 0, 41, 100}),
                       "region: found 41 x 100 at 60, 0, allowed inside 100 x 100", MetricError);
  rejects(good, {-1, 0, 50, 50});
  rejects(good, {0, 0, 15, 100});
  rejects(good, {2000000000, 0, 2000000000, 100});
  rejects(good, {0, 0, 40, 100});  // beside the edge
  rejects(good, {0, 0, 100, 100}, {.lattices = {}});
  rejects(good, {0, 0, 100, 100}, {.lattices = {{0, 0, 0}}});
  rejects(good, {0, 0, 100, 100}, {.order = 0});
  rejects(AnalyticEdge{.left = 0.3, .right = 0.3}.picture(), {0, 0, 100, 100});
  rejects(AnalyticEdge{.left = 0.3, .right = 0.3, .noise = 0.1}.picture(), {0, 0, 100, 100});
  rejects(AnalyticEdge{.sigma_px = 60}.picture(), {0, 0, 100, 100});
  rejects(AnalyticEdge{.angle_deg = 0.1}.picture(), {0, 0, 100, 100}, {.lattices = {{0, 0, 2}}});
  auto holed = AnalyticEdge{}.picture();
  holed.row(50)[50] = NAN;
  rejects(holed, {0, 0, 100, 100});
}

TEST_CASE("Published edges: MTF50 within 0.01 cy/px of truth, 0.02 where noisy") {
  const auto data = data_dir();
  if (!data) {
    MESSAGE("SKIPPED: no data folder (see SUNNY16_DATA): the synthetic edges were not measured");
    return;
  }
  const auto folder = *data / "mtf/synthetic";
  std::ifstream file(folder / "mtf_groundtruth.json");
  for (const auto& truth : nlohmann::json::parse(file))
    for (const std::string kind : {"lin16", "bggr10_clean", "bggr10_noisy"}) {
      const bool linear = kind == "lin16";
      const std::string name = truth["file"].get<std::string>() + "_" + kind + ".png";
      const auto frame = hal::open_frame(folder / name, {.format = hal::RawFormat::parse("SBGGR16")});
      const double black = linear ? 0 : truth["bayer"]["black"].get<double>();
      isp::Image<float> image(frame.raw.width, frame.raw.height);
      for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
          image.row(y)[x] = static_cast<float>(hal::raw_sample(frame.raw, x, y) - black);
      using Choices = std::vector<std::vector<Lattice>>;
      const Choices choices = linear ? Choices{{Lattice{}}} : Choices{kGreens, kAllColours};
      for (const auto& lattices : choices) {
        const SlantedEdge found = measure_slanted_edge(image.view(), whole(image.view()), {.lattices = lattices});
        const double error = found.mtf50_cy_px - truth["mtf50_cy_px"].get<double>();
        MESSAGE(name << ": MTF50 " << found.mtf50_cy_px << " cy/px, error " << error);
        CHECK(std::abs(error) <= (kind == "bggr10_noisy" ? 0.02 : 0.01));
        CHECK(std::abs(found.edge_angle_deg - truth["angle_deg"].get<double>()) < 0.05);
      }
    }
}

}  // namespace
}  // namespace sunny16::sim
