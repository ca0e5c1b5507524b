#include "firmware/control/exposure_split.h"

#include <doctest/doctest.h>

namespace sunny16::firmware {
namespace {

const ExposureMode kLadder{"normal", {100, 10000, 30000, 60000}, {1, 2, 4, 6}};
const ExposureRanges kWide{{20, 1e6}, {1, 16}};

void check(const ExposureSplit& split, double exposure_us, double gain) {
  CHECK(split.exposure_us == doctest::Approx(exposure_us));
  CHECK(split.analogue_gain == doctest::Approx(gain));
}

TEST_CASE("Up the ladder: time, then gain, step by step; below it, less time") {
  check(split_exposure(50, kLadder, kWide), 50, 1);
  check(split_exposure(100, kLadder, kWide), 100, 1);
  check(split_exposure(8000, kLadder, kWide), 8000, 1);
  check(split_exposure(15000, kLadder, kWide), 10000, 1.5);
  check(split_exposure(40000, kLadder, kWide), 20000, 2);
  check(split_exposure(90000, kLadder, kWide), 30000, 3);
  check(split_exposure(300000, kLadder, kWide), 60000, 5);
  check(split_exposure(1e9, kLadder, kWide), 60000, 6);
}

TEST_CASE("What is fixed or limited is made up for by the other") {
  check(split_exposure(40000, kLadder, {{5000, 5000}, {1, 16}}), 5000, 6);
  check(split_exposure(40000, kLadder, {{20, 1e6}, {2, 2}}), 20000, 2);
  check(split_exposure(40000, kLadder, {{20, 8000}, {1, 16}}), 8000, 5);
  check(split_exposure(40000, kLadder, {{20, 1e6}, {1.12, 16}}), 20000, 2);
  check(split_exposure(56, kLadder, {{20, 1e6}, {1.12, 16}}), 50, 1.12);
  check(split_exposure(40000, kLadder, {{777, 777}, {3, 3}}), 777, 3);
}

TEST_CASE("Whole periods: gain makes up for the time that is left out") {
  check(in_whole_periods({25000, 2}, 10000, kWide, 25000), 20000, 2.5);
  check(in_whole_periods({25000, 2}, 1e6 / 120, kWide, 25000), 25000, 2);
  check(in_whole_periods({5000, 3}, 10000, kWide, 5000), 10000, 1.5);
}

TEST_CASE("Too bright for a period, or a period that no exposure may last: as it was") {
  check(in_whole_periods({5000, 1}, 10000, kWide, 5000), 5000, 1);
  check(in_whole_periods({5000, 3}, 10000, {{20, 8000}, {1, 16}}, 5000), 5000, 3);
  check(in_whole_periods({5000, 3}, 10000, {{5000, 5000}, {1, 16}}, 5000), 5000, 3);
}

TEST_CASE("The number of periods does not alternate") {
  check(in_whole_periods({20100, 1}, 10000, kWide, 10000), 10000, 2.01);
  check(in_whole_periods({23500, 1}, 10000, kWide, 10000), 20000, 1.175);
  check(in_whole_periods({20100, 1}, 10000, kWide, 20000), 20000, 1.005);
  check(in_whole_periods({19900, 1}, 10000, kWide, 20000), 10000, 1.99);
}

TEST_CASE("Whole periods, to within what shows") {
  CHECK(whole_periods(10000, 10000));
  CHECK(whole_periods(29990, 10000));
  CHECK_FALSE(whole_periods(10200, 10000));
  CHECK_FALSE(whole_periods(30, 10000));
}

}  // namespace
}  // namespace sunny16::firmware
