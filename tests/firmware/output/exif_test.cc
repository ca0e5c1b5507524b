#include "firmware/output/exif.h"

#include <doctest/doctest.h>

#include <utility>

#include "tests/firmware/output/exif_reader.h"

using namespace sunny16;
using firmware::exif_block;

TEST_CASE("software names the project and its version") { CHECK(firmware::software().starts_with("Sunny16 ")); }

TEST_CASE("EXIF is what libexif reads") {
  check_exif(Exif(with_exif_header(exif_block(sample_info(), kPictureWidth, kPictureHeight))));
  const Exif bare(with_exif_header(exif_block({}, kPictureWidth, kPictureHeight)));
  CHECK(bare.text(EXIF_IFD_0, EXIF_TAG_MAKE) == "none");
  CHECK(bare.rational(EXIF_TAG_EXPOSURE_TIME) == "none");
  CHECK(bare.number(EXIF_IFD_0, EXIF_TAG_ORIENTATION) == 1);
  firmware::PictureInfo info;
  for (const auto& [seconds, expected] :
       {std::pair{0.5, "1/2"}, {1 / 8000.0, "1/8000"}, {2.5, "5/2"}, {30.0, "30/1"}, {0.0, "0/1"}}) {
    info.exposure_s = seconds;
    CHECK(Exif(with_exif_header(exif_block(info, 2, 2))).rational(EXIF_TAG_EXPOSURE_TIME) == expected);
  }
}
