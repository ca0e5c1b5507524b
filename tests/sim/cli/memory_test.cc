// How much memory developing takes, as the system counts it.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include "firmware/output/picture_file.h"
#include "tests/sim/cli/run_cli.h"

namespace sunny16 {
namespace {

/// The largest resident set of any program that this one has run.
double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void add_large_dng(const CliFolder& folder) {
  sim::RawBuffer samples = sim::bench_frame(4056, 3040);
  hal::RawFrame frame;
  frame.raw = samples.view;
  frame.own(std::move(samples.bytes));
  frame.bits = 12;
  frame.black.fill(256);
  frame.white = 4095;
  firmware::write_dng(folder / "large.dng", frame);
}

TEST_CASE("a DNG of 12 megapixels becomes a JPEG in 130 MiB, turned or not") {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  MESSAGE("SKIPPED: a sanitizer's own memory would be counted");
#else
  const CliFolder folder;
  add_large_dng(folder);
  for (const std::string options : {"", "--awb auto --halve-chroma", "--rotation 90"}) {
    const Ran ran = folder.run("develop large.dng -o a.jpg --threads 4 " + options);
    CAPTURE(ran.error);
    REQUIRE(ran.code == 0);
    MESSAGE("up to and with \"" << options << "\": " << peak_mib() << " MiB");
  }
  CHECK(peak_mib() > 50);  // otherwise something else was counted
  CHECK(peak_mib() <= 130);
#endif
}

}  // namespace
}  // namespace sunny16
