// Demosaicing from linear raw, plain profile: twelve Kodak pictures, 8-bit sRGB, colour peak signal-to-noise ratio.
#include <doctest/doctest.h>

#include "tests/isp/quality/kodak.h"

namespace sunny16::isp::test {
namespace {

double mean_cpsnr(const std::vector<Picture>& pictures, bool edge_directed) {
  double sum = 0;
  for (const Picture& picture : pictures) {
    Shot shot = take(picture, {});
    Tunings tunings = colorimetric_tunings(Profile::plain, shot.conditions);
    tuning_of<Demosaic>(tunings).enabled = edge_directed;
    sum += cpsnr(picture, develop(shot, tunings));
  }
  return sum / static_cast<double>(pictures.size());
}

TEST_CASE("demosaic quality on the Kodak pictures") {
  const auto pictures = kodak_pictures();
  if (pictures.empty()) return;
  const double quality = mean_cpsnr(pictures, true), lite = mean_cpsnr(pictures, false);
  MESSAGE("CPSNR, dB: edge-directed " << quality << ", linear in the root code " << lite);
  CHECK(quality >= 39.1);
  CHECK(lite >= 35.7);
}

}  // namespace
}  // namespace sunny16::isp::test
