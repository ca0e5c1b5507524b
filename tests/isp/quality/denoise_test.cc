// What the denoise stages gain over the same line without them: twelve Kodak pictures with a sensor's noise, 8-bit
// sRGB.
#include <doctest/doctest.h>

#include "tests/isp/quality/kodak.h"

namespace sunny16::isp::test {
namespace {

struct Gains {
  double off = 0, bayer = 0, both = 0;  ///< mean dB: the line without, and what each adds
  double least_bayer = 99, least_both = 99;
};

Gains measure(const std::vector<Picture>& pictures, const Exposure& exposure) {
  Gains gains;
  for (const Picture& picture : pictures) {
    Shot shot = take(picture, exposure);
    Tunings tunings = colorimetric_tunings(Profile::plain, shot.conditions);
    const double off = cpsnr(picture, develop(shot, tunings));
    tuning_of<BayerDenoise>(tunings).enabled = true;
    const double bayer = cpsnr(picture, develop(shot, tunings)) - off;
    tuning_of<ChromaDenoise>(tunings).enabled = true;
    const double both = cpsnr(picture, develop(shot, tunings)) - off;
    const double weight = 1 / static_cast<double>(pictures.size());
    gains.off += weight * off, gains.bayer += weight * bayer, gains.both += weight * both;
    gains.least_bayer = std::min(gains.least_bayer, bayer), gains.least_both = std::min(gains.least_both, both);
  }
  MESSAGE(exposure.full_scale << " e- full scale, " << exposure.read_noise << " e- read: off " << gains.off
                              << " dB, Bayer +" << gains.bayer << " (least " << gains.least_bayer << "), with chroma +"
                              << gains.both << " (least " << gains.least_both << ")");
  return gains;
}

TEST_CASE("denoise in little light") {
  const auto pictures = kodak_pictures();
  if (pictures.empty()) return;
  const Gains gains = measure(pictures, {500, 1.5, {2, 1, 1.6}});
  CHECK(gains.bayer >= 2.3);
  CHECK(gains.both >= 2.8);  // 2.92 without the fade in the shadows, which looks better than it counts
}

TEST_CASE("denoise does no harm in much light") {
  const auto pictures = kodak_pictures();
  if (pictures.empty()) return;
  const Gains gains = measure(pictures, {8000, 3, {2, 1, 1.6}});
  CHECK(gains.least_bayer >= 0);
  CHECK(gains.least_both >= 0);
}

}  // namespace
}  // namespace sunny16::isp::test
