// Demosaicing with the imx477's noise at analogue gain 4, beside LibRaw's AHD of the same samples: twelve Kodak
// pictures, 8-bit sRGB, colour peak signal-to-noise ratio.
#include <doctest/doctest.h>
#include <libraw/libraw.h>

#include <cmath>
#include <memory>

#include "firmware/output/picture_file.h"
#include "tests/isp/quality/kodak.h"
#include "tests/temp_dir.h"

namespace sunny16 {
namespace {

using namespace isp::test;

/// The imx477's full well of 8.0 ke- fills the 12 bits at gain 1, a quarter of it at gain 4. Its read noise falls from
/// 3 e- at gain 1 to 1.5 e- at the highest, 22; 2 e- at gain 4 is an assumption between the two, above the simulated
/// sensor's 1.6 e- (sim/sensor/sensor.h).
constexpr Exposure kExposure{
    .full_scale = 8000.0 / 4, .read_noise = 2, .wb_gains = {2, 1, 1.6}, .black = 256, .white = 4095};

std::uint8_t srgb_code(std::uint16_t linear) {
  const double v = linear / 65535.0;
  return static_cast<std::uint8_t>(
      std::lround(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055)));
}

/// LibRaw with AHD and nothing else of its own: our gains, no automatic white level, camera RGB in linear light.
/// Without noise the mean of these pictures is 33.7 dB.
Picture develop_ahd(const Shot& shot) {
  hal::RawFrame frame;
  frame.raw = shot.raw;
  frame.black = shot.conditions.black;
  frame.white = shot.conditions.white;
  const TempDir dir;
  firmware::write_dng(dir / "frame.dng", frame);

  const auto raw = std::make_unique<LibRaw>();
  libraw_output_params_t& params = raw->imgdata.params;
  params.user_qual = 3;  // AHD
  params.output_bps = 16;
  params.output_color = 0;
  params.use_camera_matrix = 0;
  params.gamm[0] = params.gamm[1] = 1;
  params.no_auto_bright = 1;
  params.adjust_maximum_thr = 0;
  for (std::size_t c = 0; c < 4; ++c) params.user_mul[c] = static_cast<float>(kExposure.wb_gains[c == 3 ? 1 : c]);
  REQUIRE(raw->open_file((dir / "frame.dng").c_str()) == LIBRAW_SUCCESS);
  REQUIRE(raw->unpack() == LIBRAW_SUCCESS);
  REQUIRE(raw->dcraw_process() == LIBRAW_SUCCESS);
  const std::unique_ptr<libraw_processed_image_t, decltype(&LibRaw::dcraw_clear_mem)> image(raw->dcraw_make_mem_image(),
                                                                                            LibRaw::dcraw_clear_mem);
  REQUIRE(image);
  REQUIRE(image->bits == 16);
  REQUIRE(image->colors == 3);
  REQUIRE(image->width == shot.raw.width);
  REQUIRE(image->height == shot.raw.height);

  Picture picture{"", image->width, image->height, {}};
  const auto* samples = reinterpret_cast<const std::uint16_t*>(image->data);
  for (std::size_t i = 0; i < 3 * shot.samples.size(); ++i) picture.rgb.push_back(srgb_code(samples[i]));
  return picture;
}

TEST_CASE("demosaic quality with noise, beside LibRaw's AHD") {
  const auto pictures = kodak_pictures();
  if (pictures.empty()) return;
  double denoised = 0, plain = 0, ahd = 0;
  for (const Picture& picture : pictures) {
    Shot shot = take(picture, kExposure);
    isp::Tunings tunings = colorimetric_tunings(isp::Profile::plain, shot.conditions);
    const double weight = 1 / static_cast<double>(pictures.size());
    plain += weight * cpsnr(picture, develop(shot, tunings));
    isp::tuning_of<isp::BayerDenoise>(tunings).enabled = true;
    isp::tuning_of<isp::ChromaDenoise>(tunings).enabled = true;
    denoised += weight * cpsnr(picture, develop(shot, tunings));
    ahd += weight * cpsnr(picture, develop_ahd(shot));
  }
  MESSAGE("CPSNR, dB: with denoise " << denoised << ", demosaic alone " << plain << ", LibRaw AHD " << ahd);
  CHECK(denoised > ahd);
  CHECK(plain >= ahd - 1);
}

}  // namespace
}  // namespace sunny16
