#include "sim/picture/write_picture.h"

#include <doctest/doctest.h>

#include "firmware/output/output_error.h"
#include "sim/picture/read_picture.h"
#include "tests/temp_dir.h"

namespace sunny16::sim {
namespace {

TEST_CASE("Light comes back to the last bit") {
  const TempDir dir;
  isp::Image<float> rgb(3 * 45, 130);  // more than one strip
  for (int y = 0; y < rgb.height(); ++y)
    for (int i = 0; i < rgb.width(); ++i)
      rgb.row(y)[i] = static_cast<float>((i * 7919 + y * 104729) % 10007) / 1234 - 2;
  write_picture(dir / "truth.tif", rgb);
  const Picture picture = read_picture(dir / "truth.tif");
  CHECK(picture.transfer == Transfer::linear);
  REQUIRE(picture.width() == 45);
  REQUIRE(picture.height() == 130);
  for (int y = 0; y < rgb.height(); ++y) CHECK(std::equal(rgb.row(y), rgb.row(y) + rgb.width(), picture.rgb.row(y)));
}

TEST_CASE("What cannot be written leaves nothing") {
  const TempDir dir;
  CHECK_THROWS_AS(write_picture(dir / "nowhere/truth.tif", isp::Image<float>(6, 2)), firmware::OutputError);
  CHECK(dir.empty());
}

}  // namespace
}  // namespace sunny16::sim
