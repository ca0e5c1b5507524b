// Each flaw of a sensor alone, measured in its pixels and held against the figure that the model was given.
#include "sim/sensor/expose.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <utility>

#include "tests/sim/sensor/perfect_sensor.h"

namespace sunny16::sim {
namespace {

bool same(const isp::Image<std::uint16_t>& a, const isp::Image<std::uint16_t>& b) {
  for (int y = 0; y < a.height(); ++y)
    if (!std::equal(a.row(y), a.row(y) + a.width(), b.row(y))) return false;
  return true;
}

int count(const isp::Image<std::uint16_t>& frame, const std::function<bool(int)>& which) {
  int n = 0;
  for (int y = 0; y < frame.height(); ++y)
    for (int x = 0; x < frame.width(); ++x) n += which(frame.row(y)[x]);
  return n;
}

TEST_CASE("The same seed makes the same bytes on any number of threads; another seed, frame or sensor others") {
  SensorModel sensor = perfect_sensor(65);
  sensor.pixel_noise_e = 2, sensor.prnu_percent = 1, sensor.row_noise_e = 1, sensor.column_noise_e = 1;
  sensor.crosstalk_percent = 3, sensor.hot_ppm = 1000;
  const isp::Image<float> light = even_light(sensor, 1e5);
  const auto frame = [&](const Exposure& exposure, int threads) {
    return expose(sensor, sensor.modes[0], light, exposure, threads);
  };
  const auto one = frame({.seed = 5, .frame = 2}, 1);
  CHECK(same(one, frame({.seed = 5, .frame = 2}, 2)));
  CHECK(same(one, frame({.seed = 5, .frame = 2}, 7)));
  CHECK_FALSE(same(one, frame({.seed = 6, .frame = 2}, 1)));
  CHECK_FALSE(same(one, frame({.seed = 5, .frame = 3}, 1)));
  CHECK_FALSE(same(one, frame({.seed = 5, .frame = 2, .serial = 2}, 1)));
}

TEST_CASE("Levels and variances are what conversion() says, at any gain, light, depth and binning") {
  for (const int binning : {1, 2, 4})
    for (const Binning kind : {Binning::average, Binning::sum})
      for (const int bits : {12, 10})
        for (const double gain : {1.0, 4.0, 16.0})
          for (const double part : {0.0, 0.02, 0.18, 0.85}) {
            SensorModel sensor = perfect_sensor(256, binning);
            sensor.pixel_noise_e = 2, sensor.converter_noise_e = 6, sensor.binning = kind;
            sensor.modes[0].bits = bits;
            const Conversion c = conversion(sensor, sensor.modes[0], gain);
            const double time_s = 0.01, rate = part * c.saturation_e / c.combined_charge / time_s;
            const Moments m = moments_of(expose_evenly(sensor, rate, {.time_s = time_s, .analogue_gain = gain}));
            const double range = c.white - c.black, variance = (c.noise().shot * part + c.noise().read) * range * range;
            CAPTURE(binning);
            CAPTURE(kind == Binning::sum);
            CAPTURE(bits);
            CAPTURE(gain);
            CAPTURE(part);
            CHECK(c.black == (bits == 12 ? 256 : 64));
            CHECK(c.white == (bits == 12 ? 4095 : 1023));
            // A deviation below half a number is not told apart from the rounding.
            if (variance - 1.0 / 12 < 0.25) continue;
            CHECK(std::abs(m.mean - (c.black + part * range)) < 4 * std::sqrt(variance / m.count) + 0.01);
            CHECK(m.variance == doctest::Approx(variance).scale(0).epsilon(0.03));
          }
}

TEST_CASE("The amplifier's gain lowers the noise of the converter; the high conversion gain that of the pixel") {
  SensorModel sensor = perfect_sensor(256);
  sensor.bits = sensor.modes[0].bits = 16, sensor.black_dn = 4096;
  sensor.pixel_noise_e = 3, sensor.converter_noise_e = 8;
  sensor.high_conversion_ratio = 4, sensor.high_conversion_from_gain = 4, sensor.high_conversion_noise_e = 1;
  for (const auto& each : {std::pair{1.0, std::sqrt(9 + 64.0)},
                           {2.0, std::sqrt(9 + 16.0)},
                           {3.99, std::sqrt(9 + 64 / (3.99 * 3.99))},
                           {4.0, std::sqrt(1 + 4.0)},
                           {16.0, std::sqrt(1 + 0.25)}}) {
    const auto& gain = each.first;
    const auto& read_noise_e = each.second;
    CAPTURE(gain);
    const Moments m = moments_of(expose_evenly(sensor, 0, {.analogue_gain = gain}));
    CHECK(m.deviation() * 8000 / gain / (65535 - 4096) == doctest::Approx(read_noise_e).scale(0).epsilon(0.015));
  }
}

TEST_CASE("Too much light is white, and not more, however it is binned") {
  for (const Binning kind : {Binning::average, Binning::sum}) {
    SensorModel sensor = perfect_sensor(64, 2);
    sensor.binning = kind;
    const auto frame = expose_evenly(sensor, 2e6, {.time_s = 0.01});
    CHECK(count(frame, [](int v) { return v == 4095; }) == 64 * 64);
  }
}

TEST_CASE("Charge that is added reaches white with a fraction of the light") {
  SensorModel average = perfect_sensor(128, 2), sum = average;
  sum.binning = Binning::sum;
  const Exposure exposure{.time_s = 0.01};
  const double mean = moments_of(expose_evenly(average, 5e4, exposure)).mean - 256;
  CHECK(moments_of(expose_evenly(sum, 5e4, exposure)).mean - 256 == doctest::Approx(4 * mean).scale(0).epsilon(0.002));
}

/// The deviation, in electrons of a sample, that frames of one sensor have in common; and none that others have.
double fixed_pattern_e(const SensorModel& sensor, double electrons_s) {
  const auto frame = [&](std::uint64_t seed, std::uint64_t serial) {
    return expose_evenly(sensor, electrons_s, {.time_s = 0.01, .seed = seed, .serial = serial});
  };
  const double e_dn = conversion(sensor, sensor.modes[0], 1).electrons_per_dn;
  const auto one = frame(1, 7);
  const double variance_e2 = covariance(one, frame(2, 7)) * e_dn * e_dn;
  CHECK(std::abs(covariance(one, frame(3, 8)) * e_dn * e_dn) < 0.05 * variance_e2);
  return std::sqrt(std::max(0.0, variance_e2));
}

TEST_CASE("Responses of pixels differ by the PRNU, less so where several are binned") {
  for (const int binning : {1, 2, 4})
    for (const Binning kind : {Binning::average, Binning::sum}) {
      CAPTURE(binning);
      SensorModel sensor = perfect_sensor(256, binning);
      sensor.prnu_percent = 3, sensor.binning = kind, sensor.full_well_e = 100000;
      const double pixels = binning * binning, mean_e = kind == Binning::sum ? 4000 * pixels : 4000;
      CHECK(fixed_pattern_e(sensor, 4e5) == doctest::Approx(0.03 * mean_e / binning).scale(0).epsilon(0.05));
    }
}

TEST_CASE("Offsets of pixels differ by the DSNU; averaging lowers it, adding charge adds it up") {
  for (const int binning : {1, 2, 4})
    for (const Binning kind : {Binning::average, Binning::sum}) {
      CAPTURE(binning);
      CAPTURE(kind == Binning::sum);
      SensorModel sensor = perfect_sensor(256, binning);
      sensor.dsnu_e = 40, sensor.binning = kind;
      CHECK(fixed_pattern_e(sensor, 0) ==
            doctest::Approx(kind == Binning::sum ? 40 * binning : 40.0 / binning).scale(0).epsilon(0.02));
    }
}

TEST_CASE("A row's noise is its own in each frame, a column's is there for good") {
  SensorModel sensor = perfect_sensor(1024);
  const double e_dn = conversion(sensor, sensor.modes[0], 16).electrons_per_dn;
  const auto dark = [&](std::uint64_t frame) {
    return expose_evenly(sensor, 0, {.analogue_gain = 16, .frame = frame});
  };

  sensor.row_noise_e = 2;
  auto first = dark(0), second = dark(1);
  RunningMoments rows, changes;
  for (int y = 0; y < 1024; ++y) {
    CHECK(count(first, [](int) { return true; }) == 1024 * 1024);
    CHECK(std::equal(first.row(y) + 1, first.row(y) + 1024, first.row(y)));  // all of a row alike
    rows.add(first.row(y)[0] * e_dn), changes.add((second.row(y)[0] - first.row(y)[0]) * e_dn);
  }
  CHECK(rows.moments().deviation() == doctest::Approx(2).scale(0).epsilon(0.1));
  CHECK(changes.moments().deviation() == doctest::Approx(2 * std::sqrt(2)).scale(0).epsilon(0.1));

  sensor.row_noise_e = 0, sensor.column_noise_e = 2;
  first = dark(0), second = dark(1);
  CHECK(same(first, second));
  RunningMoments columns;
  for (int x = 0; x < 1024; ++x) columns.add(first.row(0)[x] * e_dn);
  for (int y = 1; y < 1024; ++y) CHECK(std::equal(first.row(0), first.row(0) + 1024, first.row(y)));
  CHECK(columns.moments().deviation() == doctest::Approx(2).scale(0).epsilon(0.1));
}

TEST_CASE("Dark current is Poisson's, grows with time, and doubles with warmth") {
  SensorModel sensor = perfect_sensor(256);
  sensor.dark_current_e_s = 100, sensor.dark_doubling_c = 7;
  const auto dark = [&](double time_s, double temperature_c) {
    return moments_of(
        expose_evenly(sensor, 0, {.time_s = time_s, .analogue_gain = 16, .temperature_c = temperature_c}));
  };
  const double e_dn = conversion(sensor, sensor.modes[0], 16).electrons_per_dn;
  for (const auto& each :
       {std::array{1.0, 25.0, 100.0}, {2.0, 25.0, 200.0}, {1.0, 32.0, 200.0}, {1.0, 39.0, 400.0}, {1.0, 18.0, 50.0}}) {
    const double time_s = each[0], temperature_c = each[1], electrons = each[2];
    CAPTURE(temperature_c);
    const Moments m = dark(time_s, temperature_c);
    CHECK((m.mean - 256) * e_dn == doctest::Approx(electrons).scale(0).epsilon(0.005));
    CHECK(m.variance * e_dn * e_dn == doctest::Approx(electrons).scale(0).epsilon(0.03));
  }
}

TEST_CASE("Hot, dead and stuck pixels are as many as the model says, and behave so") {
  constexpr int kSide = 512;
  constexpr double kPixels = kSide * kSide, kPpm = 10000, kExpected = kPixels * kPpm * 1e-6;
  const double tolerance = 4 * std::sqrt(kExpected);
  SUBCASE("dead pixels stay black") {
    SensorModel sensor = perfect_sensor(kSide);
    sensor.dead_ppm = kPpm;
    const auto lit = expose_evenly(sensor, 4e5, {.time_s = 0.01});
    CHECK(std::abs(count(lit, [](int v) { return v == 256; }) - kExpected) < tolerance);
    CHECK(count(lit, [](int v) { return v > 256 && v < 1500; }) == 0);
  }
  SUBCASE("stuck pixels are white in the dark") {
    SensorModel sensor = perfect_sensor(kSide);
    sensor.stuck_ppm = kPpm;
    const auto dark = expose_evenly(sensor, 0, {});
    CHECK(std::abs(count(dark, [](int v) { return v == 4095; }) - kExpected) < tolerance);
    CHECK(count(dark, [](int v) { return v != 4095 && v != 256; }) == 0);
  }
  SUBCASE("hot pixels have a dark current whose distribution is exponential") {
    SensorModel sensor = perfect_sensor(kSide);
    sensor.hot_ppm = kPpm, sensor.hot_current_e_s = 1000;
    const auto dark = expose_evenly(sensor, 0, {.time_s = 1, .temperature_c = 25});
    const double e_dn = conversion(sensor, sensor.modes[0], 1).electrons_per_dn;
    for (const double means : {0.5, 1.0, 2.0}) {
      const double expected = kExpected * std::exp(-means);
      CHECK(std::abs(count(dark, [&](int v) { return (v - 256) * e_dn > 1000 * means; }) - expected) <
            4 * std::sqrt(expected) + 0.01 * expected);
    }
    CHECK((moments_of(dark).mean - 256) * e_dn == doctest::Approx(1000 * kPpm * 1e-6).scale(0).epsilon(0.1));
  }
  SUBCASE("in a sample that averages four pixels there are four times as many, of a quarter each") {
    SensorModel sensor = perfect_sensor(kSide, 2);
    sensor.stuck_ppm = kPpm;
    const auto dark = expose_evenly(sensor, 0, {});
    const int quarter = 256 + (4095 - 256) / 4;
    CHECK(std::abs(count(dark, [&](int v) { return v == quarter; }) - 4 * kExpected) < 2 * tolerance);
  }
}

TEST_CASE("A pixel shares its charge with its four neighbours, a cell over its rim") {
  for (const int cell : {1, 2, 4}) {
    CAPTURE(cell);
    SensorModel sensor = perfect_sensor(8, cell);
    sensor.bits = sensor.modes[0].bits = 16, sensor.black_dn = 1000, sensor.full_well_e = 1e6;
    sensor.cell = cell, sensor.crosstalk_percent = 20;
    isp::Image<float> light = even_light(sensor, 0);
    constexpr double kCharge = 800000;
    light.row(4)[4] = kCharge;
    RunningMoments own, beside, diagonal;
    for (std::uint64_t frame = 0; frame < 20; ++frame) {
      const auto dn = expose(sensor, sensor.modes[0], light, {.time_s = 1, .frame = frame}, 1);
      const auto part = [&](int x, int y) { return (dn.row(y)[x] - 1000) / 64535.0 * 1e6 / kCharge; };
      own.add(part(4, 4)), diagonal.add(part(3, 3));
      for (const auto& [x, y] : {std::pair{3, 4}, {5, 4}, {4, 3}, {4, 5}}) beside.add(part(x, y));
    }
    // Of the pixels of a cell, one in `cell` lies at each side.
    CHECK(own.moments().mean == doctest::Approx(1 - 0.2 / cell).scale(0).epsilon(0.002));
    CHECK(beside.moments().mean == doctest::Approx(0.05 / cell).scale(0).epsilon(0.01));
    CHECK(std::abs(diagonal.moments().mean) < 1e-5);
  }
}

}  // namespace
}  // namespace sunny16::sim
