// DNG files that we write are what our own reader, and through it LibRaw and libtiff, reads.
#include <doctest/doctest.h>
#include <tiffio.h>

#include <algorithm>
#include <string>

#include "firmware/output/exif.h"
#include "firmware/output/picture_file.h"
#include "hal/api/illuminant.h"
#include "hal/api/raw_sample.h"
#include "hal/replay/input_error.h"
#include "hal/replay/open_frame.h"
#include "tests/sample_frame.h"
#include "tests/temp_dir.h"

using namespace sunny16;
using hal::raw_sample;

namespace {

void check_same(const isp::Matrix3& a, const isp::Matrix3& b) {
  for (std::size_t i = 0; i < 9; ++i) CHECK(a[i] == doctest::Approx(b[i]).epsilon(1e-6));
}

void check_same(const hal::RawFrame& read, const hal::RawFrame& written) {
  REQUIRE(read.raw.valid());
  REQUIRE(read.raw.width == written.raw.width);
  REQUIRE(read.raw.height == written.raw.height);
  CHECK(read.raw.phase == written.raw.phase);
  bool same = true;
  for (int y = 0; y < read.raw.height; ++y)
    for (int x = 0; x < read.raw.width; ++x) same = same && raw_sample(read.raw, x, y) == raw_sample(written.raw, x, y);
  CHECK(same);

  CHECK(read.black == written.black);
  CHECK(read.white == written.white);
  CHECK(*read.applied.exposure_us == doctest::Approx(*written.applied.exposure_us));
  CHECK(*read.applied.analogue_gain == doctest::Approx(*written.applied.analogue_gain));
  CHECK(read.make == written.make);
  CHECK(read.model == written.model);
  CHECK(read.unique_model == written.unique_model);
  CHECK(read.date_time == written.date_time);
  CHECK(*read.aperture == doctest::Approx(*written.aperture));
  CHECK(*read.focal_length_mm == doctest::Approx(*written.focal_length_mm));
  CHECK(read.orientation == written.orientation);

  REQUIRE(read.calibrations.size() == written.calibrations.size());
  for (std::size_t i = 0; i < read.calibrations.size(); ++i) {
    CHECK(read.calibrations[i].illuminant_temperature == written.calibrations[i].illuminant_temperature);
    check_same(read.calibrations[i].xyz_to_camera, written.calibrations[i].xyz_to_camera);
    REQUIRE(read.calibrations[i].camera_to_xyz_d50.has_value());
    check_same(*read.calibrations[i].camera_to_xyz_d50, *written.calibrations[i].camera_to_xyz_d50);
  }
  REQUIRE(read.as_shot_neutral.has_value());
  for (std::size_t i = 0; i < 3; ++i)
    CHECK((*read.as_shot_neutral)[i] == doctest::Approx((*written.as_shot_neutral)[i]));
  REQUIRE(read.noise.has_value());
  CHECK(read.noise->shot == written.noise->shot);
  CHECK(read.noise->read == written.noise->read);

  REQUIRE(read.shading);
  REQUIRE(read.shading->columns == written.shading->columns);
  REQUIRE(read.shading->rows == written.shading->rows);
  for (std::size_t channel = 0; channel < 4; ++channel)
    for (std::size_t i = 0; i < written.shading->gains[channel].size(); ++i)
      CHECK(read.shading->gains[channel][i] == doctest::Approx(written.shading->gains[channel][i]).epsilon(1e-6));
}

std::vector<std::uint8_t> preview_pixels() {
  std::vector<std::uint8_t> pixels(3 * 64 * 48);
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<std::uint8_t>(i / 40);
  return pixels;
}

}  // namespace

TEST_CASE("a frame comes back from its DNG, in every CFA phase, with and without a preview") {
  const TempDir dir;
  const auto pixels = preview_pixels();
  for (const isp::CfaPhase phase :
       {isp::CfaPhase::rggb, isp::CfaPhase::grbg, isp::CfaPhase::gbrg, isp::CfaPhase::bggr}) {
    CAPTURE(to_string(phase));
    const hal::RawFrame frame = sample_frame(38, 26, phase);
    firmware::write_dng(dir / "a.dng", frame);
    check_same(hal::open_frame(dir / "a.dng"), frame);
    firmware::write_dng(dir / "a.dng", frame, firmware::Rgb8{pixels.data(), 3 * 64, 48, 3 * 64});
    check_same(hal::open_frame(dir / "a.dng"), frame);
  }
}

TEST_CASE("a monochrome frame comes back, with one black level and one gain map, and without colours") {
  const TempDir dir;
  hal::RawFrame frame = sample_frame(39, 27);
  frame.monochrome = true;
  frame.black.fill(256.25);
  auto shading = std::make_shared<isp::GainMesh>(*frame.shading);
  shading->gains.fill(shading->gains[2]);
  frame.shading = shading;
  frame.calibrations.clear();
  frame.as_shot_neutral.reset();
  firmware::write_dng(dir / "a.dng", frame);
  const hal::RawFrame read = hal::open_frame(dir / "a.dng");
  CHECK(read.monochrome);
  CHECK(read.cell == 1);
  CHECK(read.black == frame.black);
  CHECK(read.white == frame.white);
  CHECK(read.noise->shot == frame.noise->shot);
  CHECK(read.calibrations.empty());
  CHECK_FALSE(read.as_shot_neutral.has_value());
  for (int y = 0; y < 27; ++y)
    for (int x = 0; x < 39; ++x) CHECK_EQ(raw_sample(read.raw, x, y), raw_sample(frame.raw, x, y));
  REQUIRE(read.shading);
  for (std::size_t channel = 0; channel < 4; ++channel)
    for (std::size_t i = 0; i < 20; ++i)
      CHECK(read.shading->gains[channel][i] == doctest::Approx(shading->gains[2][i]).epsilon(1e-6));
}

TEST_CASE("cells of several pixels are written as the pattern that they are, and not read as another") {
  const TempDir dir;
  for (const int cell : {2, 3, 4}) {
    hal::RawFrame frame = sample_frame(48, 48, isp::CfaPhase::bggr);
    frame.cell = cell;
    firmware::write_dng(dir / "a.dng", frame);
    const std::string side = std::to_string(cell);
    CHECK_THROWS_WITH_AS(hal::open_frame(dir / "a.dng"),
                         ((dir / "a.dng").string() + ": cells of " + side + " x " + side +
                          " pixels; develop a binned or remosaiced mode")
                             .c_str(),
                         hal::InputError);

    TIFFSetWarningHandler(nullptr);
    TIFF* tiff = TIFFOpen((dir / "a.dng").c_str(), "r");
    REQUIRE(tiff);
    std::uint16_t* dimensions = nullptr;
    std::uint16_t count = 0;
    std::uint8_t* colours = nullptr;
    REQUIRE(TIFFGetField(tiff, TIFFTAG_CFAREPEATPATTERNDIM, &dimensions));
    CHECK(dimensions[0] == 2 * cell);
    CHECK(dimensions[1] == 2 * cell);
    REQUIRE(TIFFGetField(tiff, TIFFTAG_CFAPATTERN, &count, &colours));
    REQUIRE(count == 4 * cell * cell);
    CHECK(colours[0] == 2);  // blue
    CHECK(colours[cell - 1] == 2);
    CHECK(colours[cell] == 1);
    CHECK(colours[2 * cell * (cell - 1)] == 2);  // first column, last row of the cell
    CHECK(colours[2 * cell * cell] == 1);
    CHECK(colours[4 * cell * cell - 1] == 0);  // red
    TIFFClose(tiff);
  }
}

TEST_CASE("odd sizes and all orientations come back") {
  const TempDir dir;
  for (int orientation = 1; orientation <= 8; ++orientation) {
    hal::RawFrame frame = sample_frame(41 + orientation, 31, isp::CfaPhase::gbrg);
    frame.orientation = orientation;
    firmware::write_dng(dir / "a.dng", frame);
    check_same(hal::open_frame(dir / "a.dng"), frame);
  }
}

TEST_CASE("packed samples are written unpacked") {
  hal::RawFrame frame = sample_frame();
  auto storage = std::make_shared<std::vector<std::byte>>(60 * 26 + 7);
  for (std::size_t i = 0; i < storage->size(); ++i) (*storage)[i] = static_cast<std::byte>(i * 37);
  frame.storage = storage;
  frame.raw.bytes = *storage;
  frame.raw.packing = isp::Packing::csi2_12;
  frame.raw.stride = 60;
  const TempDir dir;
  firmware::write_dng(dir / "a.dng", frame);
  check_same(hal::open_frame(dir / "a.dng"), frame);
}

TEST_CASE("the least that a frame can have is still a DNG") {
  hal::RawFrame frame;
  const hal::RawFrame sample = sample_frame();
  frame.storage = sample.storage;
  frame.raw = sample.raw;
  frame.white = 4095;
  const TempDir dir;
  firmware::write_dng(dir / "a.dng", frame);
  const hal::RawFrame read = hal::open_frame(dir / "a.dng");
  CHECK(read.white == 4095);
  CHECK(read.black == std::array<double, 4>{});
  CHECK_FALSE(read.noise.has_value());
  CHECK_FALSE(read.shading);
  CHECK_FALSE(read.as_shot_neutral.has_value());
  CHECK_FALSE(read.applied.exposure_us.has_value());
  REQUIRE(read.calibrations.size() == 1);  // DNG demands one: sRGB's primaries
  CHECK(read.calibrations[0].illuminant_temperature == 6504);
  CHECK(read.calibrations[0].xyz_to_camera[0] == doctest::Approx(3.2404542));
}

TEST_CASE("levels on the command line replace the file's") {
  const TempDir dir;
  firmware::write_dng(dir / "a.dng", sample_frame());
  const hal::RawFrame frame =
      hal::open_frame(dir / "a.dng", {.black = std::array<double, 4>{1, 2, 3, 4}, .white = 4000.5});
  CHECK(frame.black == std::array<double, 4>{1, 2, 3, 4});
  CHECK(frame.white == 4000.5);
  const auto bad = [&] { hal::open_frame(dir / "a.dng", {.white = 200.0}); };
  CHECK_THROWS_WITH_AS(bad(), ((dir / "a.dng").string() + ": white level 200 is not above black level 257").c_str(),
                       hal::InputError);
}

TEST_CASE("illuminants are written by the nearest name") {
  for (const double temperature : {2856.0, 3200.0, 5003.0, 5503.0, 6504.0, 7504.0})
    CHECK(hal::nearest_illuminant(temperature).temperature == temperature);
  CHECK(hal::nearest_illuminant(2500).code == 17);
  CHECK(hal::nearest_illuminant(6000).code == 21);
  CHECK(hal::nearest_illuminant(20000).code == 22);
  CHECK(hal::illuminant_temperature(21) == 6504);
  CHECK(hal::illuminant_temperature(255) == 0);
}

TEST_CASE("the preview is a JPEG in the first directory, the raw picture its child") {
  const TempDir dir;
  const auto pixels = preview_pixels();
  firmware::write_dng(dir / "a.dng", sample_frame(), firmware::Rgb8{pixels.data(), 3 * 64, 48, 3 * 64});
  TIFFSetWarningHandler(nullptr);
  TIFF* tiff = TIFFOpen((dir / "a.dng").c_str(), "r");
  REQUIRE(tiff);
  std::uint32_t kind = 0, width = 0;
  std::uint16_t compression = 0, photometric = 0, children = 0;
  const char* software = nullptr;
  std::uint64_t* offsets = nullptr;
  TIFFGetField(tiff, TIFFTAG_SUBFILETYPE, &kind);
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(tiff, TIFFTAG_COMPRESSION, &compression);
  REQUIRE(TIFFGetField(tiff, TIFFTAG_SOFTWARE, &software));
  REQUIRE(TIFFGetField(tiff, TIFFTAG_SUBIFD, &children, &offsets));
  CHECK(kind == FILETYPE_REDUCEDIMAGE);
  CHECK(width == 64);
  CHECK(compression == COMPRESSION_JPEG);
  CHECK(software == firmware::software());
  std::vector<std::uint32_t> rgba(64 * 48);
  REQUIRE(TIFFReadRGBAImageOriented(tiff, 64, 48, rgba.data(), ORIENTATION_TOPLEFT, 1));
  CHECK(std::abs(static_cast<int>(TIFFGetG(rgba[64 * 40 + 5])) - pixels[3 * (64 * 40 + 5) + 1]) < 8);
  REQUIRE(children == 1);
  REQUIRE(TIFFSetSubDirectory(tiff, offsets[0]));
  TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  CHECK(photometric == 32803);
  TIFFClose(tiff);
}
