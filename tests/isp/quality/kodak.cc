#include "tests/isp/quality/kodak.h"

#include <doctest/doctest.h>
#include <png.h>

#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"
#include "isp/core/hash.h"
#include "tests/data_dir.h"
#include "tests/isp/stage_harness.h"

namespace sunny16::isp::test {
namespace {

Picture read_png(const std::filesystem::path& path) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  REQUIRE(png_image_begin_read_from_file(&image, path.c_str()));
  image.format = PNG_FORMAT_RGB;
  Picture picture{path.stem().string(), static_cast<int>(image.width), static_cast<int>(image.height), {}};
  picture.rgb.resize(PNG_IMAGE_SIZE(image));
  REQUIRE(png_image_finish_read(&image, nullptr, picture.rgb.data(), 0, nullptr));
  return picture;
}

double linear_light(int code) {
  const double v = code / 255.0;
  return v <= 0.04045 ? v / 12.92 : exact::pow((v + 0.055) / 1.055, 2.4);
}

/// Random numbers by position: `Random(seed, pixel)` gives the same sequence everywhere.
class Random {
 public:
  Random(std::uint32_t seed, std::uint32_t pixel) : seed_(scramble(seed, pixel)) {}
  /// Within (0, 1).
  double uniform() { return (scramble(seed_, next_++) + 0.5) / 4294967296.0; }
  /// Deviation 1; twelve uniform numbers come close enough to a Gaussian.
  double gaussian() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += uniform();
    return sum;
  }
  /// Counts of a Poisson process: by its cumulative distribution, or a Gaussian where that is as good.
  double poisson(double mean) {
    if (mean > 60) return exact::floor(mean + exact::sqrt(mean) * gaussian() + 0.5);
    double probability = exact::exp(-mean), rest = uniform() - probability;
    int count = 0;
    while (rest > 0 && count < 200) rest -= probability *= mean / ++count;
    return count;
  }

 private:
  std::uint32_t seed_, next_ = 0;
};

}  // namespace

std::vector<Picture> kodak_pictures() {
  const auto data = data_dir();
  std::vector<Picture> pictures;
  if (!data) {
    MESSAGE("SKIPPED: no data folder (see SUNNY16_DATA): the Kodak pictures were not developed");
    return pictures;
  }
  for (const char* number : {"01", "03", "05", "07", "09", "11", "13", "15", "17", "19", "21", "23"})
    pictures.push_back(read_png(*data / "ref_rgb/kodak" / ("kodim" + std::string(number) + ".png")));
  return pictures;
}

Shot take(const Picture& picture, const Exposure& exposure) {
  std::array<double, 256> light;
  for (int code = 0; code < 256; ++code) light[static_cast<std::size_t>(code)] = linear_light(code);

  Shot shot;
  shot.samples.reserve(picture.rgb.size() / 3);
  const std::uint32_t seed = static_cast<std::uint32_t>(hash_bytes(std::as_bytes(std::span(picture.name))));
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x) {
      const auto pixel = static_cast<std::uint32_t>(y * picture.width + x);
      const auto channel = static_cast<std::size_t>((y & 1) + (x & 1));
      double value = light[picture.rgb[3 * pixel + channel]] / exposure.wb_gains[channel];
      if (exposure.full_scale > 0) {
        Random random(seed, pixel);
        const double electrons = random.poisson(value * exposure.full_scale) + exposure.read_noise * random.gaussian();
        value = electrons / exposure.full_scale;
      }
      const double dn = exact::clamp(exposure.black + (exposure.white - exposure.black) * value, 0, 65535);
      shot.samples.push_back(static_cast<std::uint16_t>(round_half_up(dn)));
    }
  shot.raw = {.bytes = std::as_bytes(std::span(shot.samples)),
              .width = picture.width,
              .height = picture.height,
              .stride = 2 * static_cast<std::size_t>(picture.width)};

  Conditions& conditions = shot.conditions;
  conditions.frame = FrameGeometry::canonical(picture.width, picture.height, CfaPhase::rggb);
  conditions.black.fill(exposure.black);
  conditions.white = exposure.white;
  conditions.wb_gains = exposure.wb_gains;
  const double read = exposure.full_scale > 0 ? exposure.read_noise / exposure.full_scale : 0;
  conditions.noise = {.shot = exposure.full_scale > 0 ? 1 / exposure.full_scale : 0, .read = read * read};
  return shot;
}

Tunings colorimetric_tunings(Profile profile, Conditions& conditions) {
  Tunings tunings;
  apply_profile(profile, tunings, conditions);
  auto& tone = tuning_of<ToneCurve>(tunings);
  tone.contrast = tone.shoulder = tone.white_point = 1;
  tuning_of<Dither>(tunings).strength = 0;
  return tunings;
}

Picture develop(const Shot& shot, const Tunings& tunings) {
  const OutputRequest request;
  const LineRegisters registers = derive_line(tunings, shot.conditions, {&request, 1});
  const PhonePipeline pipeline(registers);
  const Plan plan = Plan::make(pipeline.graph(), pipeline.tails());

  Picture picture{"", shot.raw.width, shot.raw.height, {}};
  picture.rgb.resize(3 * shot.samples.size());
  OutputView view;
  view.planes[0] = {reinterpret_cast<std::byte*>(picture.rgb.data()), 3 * picture.width, picture.height,
                    3 * picture.width};
  const Job job{.raw = shot.raw, .tails = pipeline.tails(), .outputs = {&view, 1}};
  const auto arena = make_aligned<std::byte>(plan.arena_bytes);
  run_band(pipeline.graph(), plan, 0, job, arena.get());
  return picture;
}

double cpsnr(const Picture& a, const Picture& b) {
  constexpr int kBorder = 10;
  REQUIRE(a.rgb.size() == b.rgb.size());
  std::int64_t sum = 0;
  for (int y = kBorder; y < a.height - kBorder; ++y)
    for (int i = 3 * (y * a.width + kBorder); i < 3 * ((y + 1) * a.width - kBorder); ++i) {
      const int error = a.rgb[static_cast<std::size_t>(i)] - b.rgb[static_cast<std::size_t>(i)];
      sum += error * error;
    }
  const double count = 3.0 * (a.width - 2 * kBorder) * (a.height - 2 * kBorder);
  return 10 * exact::log2(255.0 * 255.0 * count / static_cast<double>(sum)) / exact::log2(10);
}

}  // namespace sunny16::isp::test
