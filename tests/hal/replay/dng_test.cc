// What our reader makes of DNG files that are wrong, or not for us; what it makes of good ones is in
// firmware/output/dng_test.cc.
#include "hal/replay/dng.h"

#include <doctest/doctest.h>
#include <tiffio.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <string>

#include "firmware/output/picture_file.h"
#include "hal/api/raw_sample.h"
#include "hal/replay/input_error.h"
#include "tests/sample_frame.h"
#include "tests/temp_dir.h"

using namespace sunny16;
using hal::raw_sample;

namespace {

std::string error_of(std::vector<std::byte> bytes) {
  try {
    hal::frame_from_camera_file(std::move(bytes));
  } catch (const hal::InputError& error) {
    return error.what();
  }
  return "no error";
}

std::vector<std::byte> sample_dng() {
  const TempDir dir;
  firmware::write_dng(dir / "a.dng", sample_frame());
  return read_bytes(dir / "a.dng");
}

/// The value field of the first directory's entry for `tag`.
std::byte* value_of(std::vector<std::byte>& file, std::uint16_t tag) {
  std::uint32_t directory;
  std::memcpy(&directory, file.data() + 4, 4);
  std::uint16_t count;
  std::memcpy(&count, file.data() + directory, 2);
  for (std::byte* entry = file.data() + directory + 2; count > 0; --count, entry += 12)
    if (std::memcmp(entry, &tag, 2) == 0) return entry + 8;
  FAIL("no such tag");
  return nullptr;
}

template <class T>
std::vector<std::byte> with(std::uint16_t tag, T value) {
  std::vector<std::byte> file = sample_dng();
  std::memcpy(value_of(file, tag), &value, sizeof value);
  return file;
}

/// A minimal DNG that `change` makes special.
std::vector<std::byte> other_dng(const std::function<void(TIFF*)>& change) {
  const TempDir dir;
  const std::string path = (dir / "a.dng").string();
  TIFF* tiff = TIFFOpen(path.c_str(), "w");
  REQUIRE(tiff);
  constexpr std::array<std::uint8_t, 4> kVersion{1, 4, 0, 0}, kPattern{0, 1, 1, 2};
  constexpr std::array<std::uint16_t, 2> kCell{2, 2};
  TIFFSetField(tiff, TIFFTAG_DNGVERSION, kVersion.data());
  TIFFSetField(tiff, TIFFTAG_MAKE, "Sunny");
  TIFFSetField(tiff, TIFFTAG_MODEL, "Camera 16");
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, 32);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, 32);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 16);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 32);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, 32803);
  TIFFSetField(tiff, TIFFTAG_CFAREPEATPATTERNDIM, kCell.data());
  if (TIFFFieldPassCount(TIFFFieldWithTag(tiff, TIFFTAG_CFAPATTERN)))  // differs between versions of libtiff
    TIFFSetField(tiff, TIFFTAG_CFAPATTERN, 4, kPattern.data());
  else
    TIFFSetField(tiff, TIFFTAG_CFAPATTERN, kPattern.data());
  change(tiff);
  std::vector<std::uint16_t> row(96, 500);
  for (std::uint32_t y = 0; y < 32; ++y) TIFFWriteScanline(tiff, row.data(), y, 0);
  TIFFClose(tiff);
  return read_bytes(path);
}

}  // namespace

TEST_CASE("a truncated DNG is an error, wherever it ends") {
  const std::vector<std::byte> whole = sample_dng();
  CHECK(error_of(whole) == "no error");
  for (std::size_t length = 0; length < whole.size(); length += 1 + length / 40) {
    CAPTURE(length);
    CHECK(error_of({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)}) != "no error");
  }
}

TEST_CASE("samples that are missing are reported as such") {
  // The strip's offset near the end of the file: its data cannot all be there.
  const std::size_t size = sample_dng().size();
  CHECK(error_of(with(TIFFTAG_STRIPOFFSETS, static_cast<std::uint32_t>(size - 100))) == "the picture data ends early");
}

TEST_CASE("sizes out of range are errors, before memory is taken for them") {
  CHECK(error_of(with(TIFFTAG_IMAGEWIDTH, std::uint16_t{0})) != "no error");
  CHECK(error_of(with(TIFFTAG_IMAGEWIDTH, std::uint16_t{1})) != "no error");
  CHECK(error_of(with(TIFFTAG_IMAGEWIDTH, std::uint16_t{65535})) != "no error");
  CHECK(error_of(with(TIFFTAG_IMAGEWIDTH, std::uint16_t{16385})) ==
        "picture of 16385x26; allowed are sides from 2 to 16384");
  CHECK(error_of(with(TIFFTAG_IMAGELENGTH, std::uint16_t{16385})) ==
        "picture of 38x16385; allowed are sides from 2 to 16384");
}

TEST_CASE("pictures that are not Bayer mosaics are refused by name") {
  CHECK(error_of(with(33422, std::array<std::uint8_t, 4>{0, 0, 1, 2})).starts_with("colour filters"));
  CHECK(error_of(with(33422, std::array<std::uint8_t, 4>{0, 1, 2, 1})).starts_with("colour filters"));
  CHECK(error_of(other_dng([](TIFF* tiff) {
          TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, 34892);
          TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
        })) == "already demosaiced (linear) picture; allowed is a Bayer or a monochrome raw picture");
  CHECK(error_of(other_dng([](TIFF*) {})) == "no error");
}

TEST_CASE("linear pictures of one sample are monochrome") {
  const auto file = other_dng([](TIFF* tiff) { TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, 34892); });
  const hal::RawFrame frame = hal::frame_from_camera_file(file);
  CHECK(frame.monochrome);
  CHECK(raw_sample(frame.raw, 7, 9) == 500);
}

TEST_CASE("the active area is cut out, and CFA pattern and black levels count from its corner") {
  for (const std::uint32_t top : {2u, 3u})
    for (const std::uint32_t left : {4u, 5u}) {
      const std::array<std::uint32_t, 4> area{top, left, 29, 31};
      std::vector<std::byte> file = other_dng([&](TIFF* tiff) {
        constexpr std::array<std::uint16_t, 2> kCell{2, 2};
        constexpr std::array<float, 4> kBlack{10, 11.5, 12.25, 13};
        TIFFSetField(tiff, TIFFTAG_ACTIVEAREA, area.data());
        TIFFSetField(tiff, TIFFTAG_BLACKLEVELREPEATDIM, kCell.data());
        TIFFSetField(tiff, TIFFTAG_BLACKLEVEL, 4, kBlack.data());
      });
      std::uint32_t strip;
      std::memcpy(&strip, value_of(file, TIFFTAG_STRIPOFFSETS), 4);
      for (std::uint16_t i = 0; i < 32 * 32; ++i) std::memcpy(file.data() + strip + 2 * i, &i, 2);
      const hal::RawFrame frame = hal::frame_from_camera_file(file);
      CAPTURE(top);
      CAPTURE(left);
      CHECK(frame.raw.width == 31 - static_cast<int>(left));
      CHECK(frame.raw.height == 29 - static_cast<int>(top));
      CHECK(frame.raw.phase == isp::CfaPhase::rggb);
      CHECK(frame.black == std::array<double, 4>{10, 11.5, 12.25, 13});
      CHECK(raw_sample(frame.raw, 0, 0) == 32 * top + left);
      CHECK(raw_sample(frame.raw, frame.raw.width - 1, frame.raw.height - 1) == 32 * 28 + 30);
    }
}

TEST_CASE("an active area outside the picture is an error") {
  const std::array<std::uint32_t, 4> area{0, 0, 32, 40};
  CHECK(error_of(other_dng([&](TIFF* tiff) { TIFFSetField(tiff, TIFFTAG_ACTIVEAREA, area.data()); })) != "no error");
}

TEST_CASE("a singular colour matrix is an error") {
  CHECK(error_of(other_dng([](TIFF* tiff) {
          constexpr std::array<float, 9> kSingular{1, 2, 3, 2, 4, 6, 1, 1, 1};
          TIFFSetField(tiff, TIFFTAG_COLORMATRIX1, 9, kSingular.data());
        })) == "ColorMatrix is singular or not finite");
}

TEST_CASE("camera calibration and analogue balance are part of the matrix") {
  const hal::RawFrame frame = hal::frame_from_camera_file(other_dng([](TIFF* tiff) {
    constexpr std::array<float, 9> kMatrix{0.75, -0.25, 0, -0.5, 1.25, 0.25, 0, 0.25, 0.5},
        kCalibration{2, 0, 0, 0, 1, 0, 0, 0, 1};
    constexpr std::array<float, 3> kBalance{1, 1, 4};
    TIFFSetField(tiff, TIFFTAG_CALIBRATIONILLUMINANT1, 17);
    TIFFSetField(tiff, TIFFTAG_COLORMATRIX1, 9, kMatrix.data());
    TIFFSetField(tiff, TIFFTAG_CAMERACALIBRATION1, 9, kCalibration.data());
    TIFFSetField(tiff, TIFFTAG_ANALOGBALANCE, 3, kBalance.data());
  }));
  REQUIRE(frame.calibrations.size() == 1);
  const isp::Matrix3& m = frame.calibrations[0].xyz_to_camera;
  const isp::Matrix3 expected{1.5, -0.5, 0, -0.5, 1.25, 0.25, 0, 1, 2};
  for (std::size_t i = 0; i < 9; ++i) CHECK(m[i] == doctest::Approx(expected[i]));
  CHECK(frame.calibrations[0].illuminant_temperature == 2856);
}
