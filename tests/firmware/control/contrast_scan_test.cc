// Scans of a made-up lens whose contrast is known, with commands that show late or never.
#include <doctest/doctest.h>

#include <cmath>
#include <deque>

#include "firmware/control/contrast_scan.h"

namespace sunny16::firmware {
namespace {

/// How contrast falls with defocus, besides noise that is everywhere.
double bell(double defocus) { return 0.01 + std::pow(1 + 12 * defocus * defocus, -1.5); }

struct Outcome {
  int frames = 0;
  double lens_position = 0;
  ContrastScan::Result result = ContrastScan::Result::none;
};

/// Runs a scan of a peak; commands show `delay` frames later, but for the one of frame `lost`.
template <class Contrast>
Outcome run(ScanPlan plan, double start, int delay, Contrast&& contrast, int lost = -1) {
  ContrastScan scan(plan, start);
  std::deque<double> on_the_way(static_cast<std::size_t>(delay), start);
  double lens = start, sent = start;
  int same = 0;
  for (int frame = 1; frame <= 100; ++frame) {
    const double wish = scan.step(lens, contrast(lens));
    same = wish == sent ? same + 1 : 0;
    const bool again = same > 0 && same % 12 == 0;  // as AutoFocus does
    if ((wish != sent || again) && frame == lost) {
      sent = wish;
      on_the_way.push_back(on_the_way.back());
    } else {
      on_the_way.push_back(wish != sent || again ? wish : on_the_way.back());
      sent = wish;
    }
    lens = std::round(on_the_way.front() * 100) / 100;  // a driver's steps
    on_the_way.pop_front();
    if (scan.result() != ContrastScan::Result::none) return {frame, scan.best(), scan.result()};
  }
  return {100, scan.best(), scan.result()};
}

TEST_CASE("a peak anywhere is found from anywhere, whatever the delay") {
  for (const int delay : {1, 3, 5, 7})
    for (const double start : {0.0, 1.0, 4.7, 10.0})
      for (double peak = 0; peak < 10.01; peak += 0.37) {
        CAPTURE(delay);
        CAPTURE(start);
        CAPTURE(peak);
        const Outcome found = run({.range = {0, 10}}, start, delay, [&](double lens) { return bell(lens - peak); });
        CHECK(found.result == ContrastScan::Result::focused);
        CHECK(bell(found.lens_position - peak) > 0.98 * bell(0));
        CHECK(found.frames <= 18 + 3 * delay);
      }
}

TEST_CASE("a peak that fades as detail does by defocus is found by one sweep and one round of steps") {
  const auto fading = [](double defocus) { return 0.01 + std::pow(1 + 2 * defocus * defocus, -2); };
  for (const int delay : {3, 5, 7})
    for (const double start : {0.0, 1.0})
      for (double peak = 0; peak < 10.01; peak += 0.1) {
        CAPTURE(delay);
        CAPTURE(start);
        CAPTURE(peak);
        const Outcome found = run({.range = {0, 10}}, start, delay, [&](double lens) { return fading(lens - peak); });
        CHECK(found.result == ContrastScan::Result::focused);
        CHECK(fading(found.lens_position - peak) > 0.985 * fading(0));
        CHECK(found.frames <= 16 + 2 * delay);
      }
}

TEST_CASE("any one command may be lost") {
  for (int lost = 1; lost < 25; ++lost) {
    CAPTURE(lost);
    const Outcome found = run(
        {.range = {0, 10}}, 1, 4, [](double lens) { return bell(lens - 3.4); }, lost);
    CHECK(found.result == ContrastScan::Result::focused);
    CHECK(std::abs(found.lens_position - 3.4) < 0.1);
  }
}

TEST_CASE("contrast that is the same everywhere, or falls towards the range's end, is judged right") {
  int i = 0;
  const auto noise = [&](double) { return 1 + 0.1 * ((i++ * 7 % 11) / 5.0 - 1); };
  CHECK(run({.range = {0, 10}}, 1, 4, noise).result == ContrastScan::Result::failed);
  const Outcome beyond = run({.range = {3, 10}}, 4, 4, [](double lens) { return bell(lens - 2); });
  CHECK(beyond.result == ContrastScan::Result::focused);
  CHECK(beyond.lens_position == doctest::Approx(3).epsilon(0.02));
}

TEST_CASE("without fine steps the sweep must do") {
  const Outcome found =
      run({.range = {0, 10}, .step_coarse = 0.5, .step_fine = 0}, 1, 4, [](double lens) { return bell(lens - 3.4); });
  CHECK(found.result == ContrastScan::Result::focused);
  CHECK(std::abs(found.lens_position - 3.4) < 0.1);
}

}  // namespace
}  // namespace sunny16::firmware
