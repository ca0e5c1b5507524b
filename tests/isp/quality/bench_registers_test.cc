// What the registers that `sunny16 bench` measures do to pictures: the full profile at gain 4, nothing else.
#include <doctest/doctest.h>

#include "sim/reference/bench_frame.h"
#include "tests/isp/quality/kodak.h"

namespace sunny16::isp::test {
namespace {

/// The picture under the benchmark's conditions: same levels, gains, colour; `electrons` 0 is without noise.
Shot take_like_bench(const Picture& picture, double electrons) {
  Shot shot = take(picture, {electrons, sim::kBenchReadNoise, sim::kBenchGains, sim::kBenchBlack, sim::kBenchWhite});
  shot.conditions = sim::bench_conditions(picture.width, picture.height);
  return shot;
}

Tunings without_denoise() {
  Tunings tunings;
  tuning_of<BayerDenoise>(tunings).enabled = tuning_of<ChromaDenoise>(tunings).enabled = false;
  return tunings;
}

TEST_CASE("the benchmark's registers remove noise: nearer to the line's own picture of a sensor without noise") {
  const auto pictures = kodak_pictures();
  if (pictures.empty()) return;
  const std::uint64_t measured =
      sim::bench_hash(Profile::full, sim::bench_conditions(sim::kBenchWidth, sim::kBenchHeight));
  double gain = 0, least = 99;
  for (const Picture& picture : pictures) {
    const Shot noisy = take_like_bench(picture, sim::kBenchElectrons);
    REQUIRE(sim::bench_hash(Profile::full, noisy.conditions) == measured);
    const Picture truth = develop(take_like_bench(picture, 0), without_denoise());
    const double here = cpsnr(truth, develop(noisy, {})) - cpsnr(truth, develop(noisy, without_denoise()));
    gain += here / static_cast<double>(pictures.size());
    least = std::min(least, here);
  }
  MESSAGE("full profile, 2000 e- full scale, 2 e- read: denoising +" << gain << " dB (least " << least << ")");
  CHECK(gain >= 1.4);
  CHECK(least >= -0.25);  // one picture, all fine texture (13), pays a little
}

}  // namespace
}  // namespace sunny16::isp::test
