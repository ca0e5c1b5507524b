// Other people's raw converters open our DNG, and see its colours as we mean them. Each is used where it is installed.
#include <doctest/doctest.h>
#include <png.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "firmware/output/picture_file.h"
#include "tests/temp_dir.h"

using namespace sunny16;

namespace {

constexpr int kWidth = 480, kHeight = 320, kPatches = 4;

bool installed(const char* program) {
  return std::system(("command -v " + std::string(program) + " >/dev/null 2>&1").c_str()) == 0;
}

/// Grey, red, green and blue of linear sRGB side by side, as a camera with this matrix and neutral sees them, with
/// noise-free samples on black 256.
hal::RawFrame patches() {
  // A plausible sensor: XYZ (D65) to camera. Its neutral is this matrix times D65's white.
  const isp::Matrix3 xyz_to_camera{0.6461, -0.1164, -0.0857, -0.3825, 1.1597, 0.2534, -0.0416, 0.1540, 0.6039};
  constexpr isp::Matrix3 kSrgbToXyz{0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522,
                                    0.0721750, 0.0193339, 0.1191920, 0.9503041};
  constexpr std::array<std::array<double, 3>, kPatches> kSrgb{
      {{0.2, 0.2, 0.2}, {0.3, 0.06, 0.06}, {0.06, 0.3, 0.06}, {0.06, 0.06, 0.3}}};
  const auto times = [](const isp::Matrix3& m, const std::array<double, 3>& v) {
    std::array<double, 3> out{};
    for (std::size_t i = 0; i < 9; ++i) out[i / 3] += m[i] * v[i % 3];
    return out;
  };
  const auto camera = [&](const std::array<double, 3>& srgb) { return times(xyz_to_camera, times(kSrgbToXyz, srgb)); };

  hal::RawFrame frame;
  auto storage = std::make_shared<std::vector<std::byte>>(2 * kWidth * kHeight);
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x) {
      constexpr std::array<std::size_t, 4> kColour{0, 1, 1, 2};
      const auto rgb = camera(kSrgb[static_cast<std::size_t>(x * kPatches / kWidth)]);
      const double value = 256 + 3800 * rgb[kColour[isp::quad_plane(isp::CfaPhase::gbrg, x, y)]];
      const auto sample = static_cast<std::uint16_t>(value + 0.5);
      std::memcpy(storage->data() + 2 * (y * kWidth + x), &sample, 2);
    }
  frame.storage = storage;
  frame.raw = {
      .bytes = *storage, .width = kWidth, .height = kHeight, .stride = 2 * kWidth, .phase = isp::CfaPhase::gbrg};
  frame.black.fill(256);
  frame.white = 4056;
  frame.make = "Sunny16";
  frame.model = "Test camera";
  frame.calibrations = {{.illuminant_temperature = 2856, .xyz_to_camera = xyz_to_camera, .camera_to_xyz_d50 = {}},
                        {.illuminant_temperature = 6504, .xyz_to_camera = xyz_to_camera, .camera_to_xyz_d50 = {}}};
  const auto white = camera({1, 1, 1});
  frame.as_shot_neutral = {white[0] / white[1], 1, white[2] / white[1]};
  frame.applied.exposure_us = 1e4;
  frame.applied.analogue_gain = 1;
  frame.noise = isp::NoiseProfile{1e-4, 1e-7};
  auto shading = std::make_shared<isp::GainMesh>();
  shading->columns = shading->rows = 2;
  for (auto& gains : shading->gains) gains.assign(4, 1.0);
  frame.shading = shading;
  return frame;
}

/// Mean colours of the patches' centres in an 8-bit PNG, each scaled so that its largest is 1.
std::array<std::array<double, 3>, kPatches> colours_of(const std::filesystem::path& path) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  REQUIRE_MESSAGE(png_image_begin_read_from_file(&image, path.c_str()), image.message);
  image.format = PNG_FORMAT_RGB;
  std::vector<std::uint8_t> pixels(PNG_IMAGE_SIZE(image));
  REQUIRE(png_image_finish_read(&image, nullptr, pixels.data(), 0, nullptr));
  const int width = static_cast<int>(image.width), height = static_cast<int>(image.height);
  CHECK(width > kWidth * 9 / 10);
  CHECK(height > kHeight * 9 / 10);
  std::array<std::array<double, 3>, kPatches> out{};
  for (int patch = 0; patch < kPatches; ++patch) {
    auto& mean = out[static_cast<std::size_t>(patch)];
    const int centre = width * (2 * patch + 1) / (2 * kPatches);
    for (int y = height / 2 - 40; y < height / 2 + 40; ++y)
      for (int x = centre - 20; x < centre + 20; ++x)
        for (std::size_t c = 0; c < 3; ++c) mean[c] += pixels[static_cast<std::size_t>(3 * (y * width + x)) + c];
    const double largest = std::max({mean[0], mean[1], mean[2], 1.0});
    for (double& c : mean) c /= largest;
  }
  return out;
}

void check_converter(const char* program, const std::string& before, const std::string& after) {
  if (!installed(program)) {
    MESSAGE("SKIPPED: " << program << " is not installed");
    return;
  }
  const TempDir dir;
  std::vector<std::uint8_t> pixels(3 * 96 * 64, 128);
  firmware::write_dng(dir / "in.dng", patches(), firmware::Rgb8{pixels.data(), 3 * 96, 64, 3 * 96});
  const std::string out = (dir / "out.png").string(), home = "HOME=" + dir.path().string() + ' ';
  std::string command = home + program + before;
  for (const auto& [name, value] :
       {std::pair{"IN", (dir / "in.dng").string()}, {"OUT", out}, {"DIR", dir.path().string()}})
    for (auto at = command.find(name); at != std::string::npos; at = command.find(name))
      command.replace(at, std::strlen(name), value);
  CAPTURE(command);
  REQUIRE(std::system((command + after + " >" + (dir / "log").string() + " 2>&1").c_str()) == 0);

  const auto [grey, red, green, blue] = colours_of(out);
  CAPTURE(grey[0]);
  CAPTURE(grey[1]);
  CAPTURE(grey[2]);
  for (const double c : grey) CHECK(c > 0.96);  // neutral
  CHECK(red[0] == 1);
  CHECK(red[1] < 0.75);
  CHECK(red[2] < 0.75);
  CHECK(green[1] == 1);
  CHECK(green[0] < 0.75);
  CHECK(green[2] < 0.75);
  CHECK(blue[2] == 1);
  CHECK(blue[0] < 0.75);
  CHECK(blue[1] < 0.75);
}

}  // namespace

TEST_CASE("darktable opens our DNG with the right colours") {
  check_converter("darktable-cli", " IN OUT --core --configdir DIR/config --cachedir DIR/cache --disable-opencl", "");
}

TEST_CASE("RawTherapee opens our DNG with the right colours") {
  check_converter("rawtherapee-cli", " -n -b8 -Y -o OUT -c IN", "");
}
