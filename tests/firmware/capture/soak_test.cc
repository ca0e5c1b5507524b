// Days of a simulated camera: nothing grows. One, or as many as SUNNY16_SOAK_DAYS says.
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "tests/firmware/capture/session_rig.h"

namespace sunny16::firmware {
namespace {

double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double pages = 0, resident = 0;
  file >> pages >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double days() {
  const char* asked = std::getenv("SUNNY16_SOAK_DAYS");
  return asked ? std::atof(asked) : 1;
}

TEST_CASE("Days at a frame a second take no memory") {
  constexpr double kHour = 3600;
  const double lasts = days() * 24 * kHour;
  sim::CameraOptions options;
  options.first.frame_duration_us = hal::Range{1e6, 1e6};
  sim::BenchSetup setup = sim::test::small_setup("imx219");
  setup.module.sensor.frame_lines_max = 1'000'000;
  test::SessionRig rig(options, {}, setup);
  Controls controls;
  controls.frame_duration_limits = {1e6, 1e6};
  rig.session->set_controls(controls);
  rig.session->set_viewers(1);
  rig.start();
  rig.run_for(kHour);
  const double before = resident_bytes(), frames = rig.frames();
  rig.run_for(lasts);
  const double grown = resident_bytes() - before;
  MESSAGE("frames " << rig.frames() - frames << ", resident memory grown by " << grown / 1024 << " KiB");
  CHECK(rig.frames() - frames == doctest::Approx(lasts).epsilon(0.001));
  CHECK(grown < 1024 * 1024);
  CHECK(rig.session->status().frames_lost == 0);
  CHECK(rig.session->status().problems.empty());
}

}  // namespace
}  // namespace sunny16::firmware
