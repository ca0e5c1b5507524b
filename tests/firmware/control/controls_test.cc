#include "firmware/control/controls.h"

#include <doctest/doctest.h>

namespace sunny16::firmware {
namespace {

std::string problem(void (*change)(Controls&)) {
  Controls controls;
  change(controls);
  return controls.problem();
}

TEST_CASE("Controls that make sense") {
  CHECK(Controls{}.problem().empty());
  CHECK(problem([](Controls& c) { c.frame_duration_limits = {33333, 0}; }).empty());
  CHECK(problem([](Controls& c) { c.frame_duration_limits = {33333, 33333}; }).empty());
  CHECK(problem([](Controls& c) { c.scaler_crop = {0.7, 0.1, 0.3, 0.9}; }).empty());
  CHECK(problem([](Controls& c) { c.af_windows = {0, 0, 0.5, 1, 0.5, 0.5, 0.1, 0.1}; }).empty());
  CHECK(problem([](Controls& c) { c.colour_gains = {1.8, 2.1}; }).empty());
}

TEST_CASE("Controls that do not are refused with one line that says where and why") {
  CHECK(problem([](Controls& c) {
          c.frame_duration_limits = {50000, 40000};
        }) ==
        ".FrameDurationLimits: found the shortest, 50000 us, above the longest, 40000 us, allowed the shortest first");
  CHECK(problem([](Controls& c) {
          c.colour_gains = {1.5, 0};
        }) == ".ColourGains: found 1.5 and 0, allowed both above 0, or both 0");
  CHECK(problem([](Controls& c) {
          c.af_windows = {0, 0, 1};
        }) == ".AfWindows: found 3 numbers, allowed four for each window, up to 10 windows");
  CHECK(problem([](Controls& c) { c.af_windows.assign(44, 0.1); }).starts_with(".AfWindows: found 44 numbers"));
  CHECK(problem([](Controls& c) {
          c.af_windows = {0.6, 0, 0.5, 1};
        }) == ".AfWindows: found 0.6 0 0.5 1, allowed x y width height inside the picture");
  CHECK(problem([](Controls& c) {
          c.scaler_crop = {0, 0, 0, 1};
        }) == ".ScalerCrop: found 0 0 0 1, allowed x y width height inside the picture");
}

}  // namespace
}  // namespace sunny16::firmware
