// Our interpolation against that of FFmpeg's filter lut3d, through a .cube file.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>

#include "firmware/looks/cube_file.h"
#include "isp/pipeline/phone_pipeline.h"
#include "tests/isp/stage_harness.h"
#include "tests/temp_dir.h"

namespace sunny16::firmware {
namespace {

using Display = isp::test::Samples<isp::domain::DisplayRgb>;
constexpr int kWidth = 256, kHeight = 128, kMax = isp::domain::DisplayRgb::max;

/// A look that bends every axis and mixes them.
isp::ColourCube grade(int size) {
  isp::ColourCube cube{size, {}};
  const double last = size - 1;
  for (int b = 0; b < size; ++b)
    for (int g = 0; g < size; ++g)
      for (int r = 0; r < size; ++r) {
        const double x = r / last, y = g / last, z = b / last;
        cube.nodes.push_back({x * x * (3 - 2 * x), 0.9 * y + 0.1 * x * z, 0.05 + 0.9 * std::sqrt(z) * (1 - 0.3 * x)});
      }
  return cube;
}

/// Interleaved 16-bit samples, as FFmpeg's rgb48le.
std::string interleaved(const Display& picture) {
  std::string bytes;
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x)
      for (int plane = 0; plane < 3; ++plane) {
        const int v = picture.at(plane, x, y), wide = v << 2 | v >> 12;
        bytes += {static_cast<char>(wide & 255), static_cast<char>(wide >> 8)};
      }
  return bytes;
}

TEST_CASE("3D table: within one code of 8 bits of what FFmpeg makes of the same .cube file") {
  if (std::system("ffmpeg -version >/dev/null 2>&1") != 0) {
    MESSAGE("SKIPPED: no ffmpeg here");
    return;
  }
  const TempDir folder;
  const Display in = Display(kWidth, kHeight).fill([](int plane, int x, int y) {
    return isp::test::scramble(9, static_cast<std::uint32_t>((plane * kHeight + y) * kWidth + x)) % (kMax + 1);
  });
  folder.file("in.rgb", interleaved(in));
  for (const int size : {17, 33}) {
    const isp::ColourCube cube = parse_cube(cube_text(grade(size), "grade"), "grade").cube;
    folder.file("grade.cube", cube_text(grade(size), "grade"));
    const std::string raw = " -f rawvideo -pix_fmt rgb48le -s 256x128 ";
    const std::string command = "cd " + folder.path().string() + " && ffmpeg -v error -y" + raw +
                                "-i in.rgb -vf lut3d=file=grade.cube:interp=tetrahedral" + raw + "out.rgb";
    REQUIRE(std::system(command.c_str()) == 0);
    std::ifstream file(folder / "out.rgb", std::ios::binary);
    const std::string theirs{std::istreambuf_iterator<char>(file), {}};
    REQUIRE(theirs.size() == std::size_t{6} * kWidth * kHeight);

    isp::Conditions conditions;
    conditions.cube = quantised(cube);
    const std::string ours = interleaved(isp::test::run_stage<isp::Lut3d>(isp::Lut3d::derive({}, conditions), in));
    const auto sample = [](const std::string& bytes, std::size_t i) {
      return static_cast<unsigned char>(bytes[i]) | static_cast<unsigned char>(bytes[i + 1]) << 8;
    };
    int largest = 0;
    for (std::size_t i = 0; i < ours.size(); i += 2)
      largest = std::max(largest, std::abs(sample(ours, i) - sample(theirs, i)));
    MESSAGE("largest difference with " << size << " nodes: " << largest / 257.0 << " of an 8-bit code");
    CHECK(largest <= 257);
  }
}

}  // namespace
}  // namespace sunny16::firmware
