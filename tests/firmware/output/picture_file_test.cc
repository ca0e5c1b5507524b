#include "firmware/output/picture_file.h"

#include <doctest/doctest.h>
#include <png.h>
#include <signal.h>
#include <sys/resource.h>
#include <tiffio.h>
// After <cstdio>, which doctest brings.
#include <jpeglib.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "firmware/output/exif.h"
#include "firmware/output/output_error.h"
#include "firmware/output/srgb_profile.h"
#include "tests/firmware/output/exif_reader.h"
#include "tests/sample_frame.h"
#include "tests/temp_dir.h"

using namespace sunny16;
using firmware::OutputError;
using firmware::write_picture;

namespace {

constexpr int kWidth = kPictureWidth, kHeight = kPictureHeight;

template <class T>
struct Rgb {
  std::vector<T> samples = std::vector<T>(3 * kWidth * kHeight);
  isp::PlaneView<const T> view() const { return {samples.data(), 3 * kWidth, kHeight, 3 * kWidth}; }
};

Rgb<std::uint8_t> smooth8() {
  Rgb<std::uint8_t> picture;
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x) {
      auto* p = picture.samples.data() + 3 * (y * kWidth + x);
      p[0] = static_cast<std::uint8_t>(6 * x), p[1] = static_cast<std::uint8_t>(10 * y),
      p[2] = static_cast<std::uint8_t>(5 * (x + y) / 2);
    }
  return picture;
}

Rgb<std::uint16_t> noise16() {
  Rgb<std::uint16_t> picture;
  for (std::size_t i = 0; i < picture.samples.size(); ++i) picture.samples[i] = static_cast<std::uint16_t>(i * 40503);
  return picture;
}

struct Jpeg {
  int width = 0, height = 0, samples_per_luma = 0;
  std::vector<std::uint8_t> rgb;
  std::vector<std::byte> profile;
};

Jpeg read_jpeg(const std::filesystem::path& path) {
  std::vector<std::byte> bytes = read_bytes(path);
  jpeg_decompress_struct jpeg{};
  jpeg_error_mgr errors{};
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&jpeg);
  jpeg_mem_src(&jpeg, reinterpret_cast<unsigned char*>(bytes.data()), bytes.size());
  jpeg_save_markers(&jpeg, JPEG_APP0 + 2, 0xFFFF);
  jpeg_read_header(&jpeg, TRUE);
  Jpeg out;
  JOCTET* profile = nullptr;
  unsigned profile_bytes = 0;
  if (jpeg_read_icc_profile(&jpeg, &profile, &profile_bytes)) {
    const auto* p = reinterpret_cast<const std::byte*>(profile);
    out.profile.assign(p, p + profile_bytes);
    free(profile);
  }
  jpeg_start_decompress(&jpeg);
  out.width = static_cast<int>(jpeg.output_width);
  out.height = static_cast<int>(jpeg.output_height);
  out.samples_per_luma = jpeg.comp_info[0].h_samp_factor * jpeg.comp_info[0].v_samp_factor;
  out.rgb.resize(static_cast<std::size_t>(3 * out.width * out.height));
  while (jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW row = out.rgb.data() + 3 * jpeg.output_scanline * jpeg.output_width;
    jpeg_read_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_decompress(&jpeg);
  jpeg_destroy_decompress(&jpeg);
  return out;
}

}  // namespace

TEST_CASE("JPEG") {
  const TempDir dir;
  const auto picture = smooth8();
  for (const bool halve : {false, true}) {
    write_jpeg(dir / "a.jpg", picture.view(), sample_info(), {.quality = 95, .halve_chroma = halve});
    const Jpeg jpeg = read_jpeg(dir / "a.jpg");
    REQUIRE(jpeg.width == kWidth);
    REQUIRE(jpeg.height == kHeight);
    CHECK(jpeg.samples_per_luma == (halve ? 4 : 1));
    CHECK(jpeg.profile == firmware::srgb_profile());
    double sum = 0;
    for (std::size_t i = 0; i < jpeg.rgb.size(); ++i) sum += std::abs(jpeg.rgb[i] - picture.samples[i]);
    CHECK(sum / static_cast<double>(jpeg.rgb.size()) < 3);
    // EXIF stands first, as its standard has it.
    const std::vector<std::byte> bytes = read_bytes(dir / "a.jpg");
    CHECK(std::to_integer<int>(bytes[2]) == 0xFF);
    CHECK(std::to_integer<int>(bytes[3]) == 0xE1);
    check_exif(Exif({bytes.begin() + 6, bytes.end()}));
  }
}

TEST_CASE("PNG") {
  const TempDir dir;
  const auto check = [&](int depth, const void* expected, std::size_t bytes) {
    std::FILE* file = std::fopen((dir / "a.png").c_str(), "rb");
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_init_io(png, file);
    png_read_png(png, info, PNG_TRANSFORM_SWAP_ENDIAN, nullptr);
    CHECK(png_get_image_width(png, info) == kWidth);
    CHECK(png_get_image_height(png, info) == kHeight);
    CHECK(png_get_bit_depth(png, info) == depth);
    CHECK(png_get_color_type(png, info) == PNG_COLOR_TYPE_RGB);
    CHECK(png_get_valid(png, info, PNG_INFO_sRGB) != 0);
    png_bytepp rows = png_get_rows(png, info);
    const std::size_t row = bytes / kHeight;
    for (std::size_t y = 0; y < kHeight; ++y)
      CHECK(std::memcmp(rows[y], static_cast<const std::byte*>(expected) + y * row, row) == 0);
    png_uint_32 exif_bytes = 0;
    png_bytep exif = nullptr;
    REQUIRE(png_get_eXIf_1(png, info, &exif_bytes, &exif));
    const auto* p = reinterpret_cast<const std::byte*>(exif);
    check_exif(Exif(with_exif_header({p, p + exif_bytes})));
    png_destroy_read_struct(&png, &info, nullptr);
    std::fclose(file);
  };
  const auto picture8 = smooth8();
  write_png(dir / "a.png", picture8.view(), sample_info());
  check(8, picture8.samples.data(), picture8.samples.size());
  const auto picture16 = noise16();
  write_png(dir / "a.png", picture16.view(), sample_info());
  check(16, picture16.samples.data(), 2 * picture16.samples.size());
}

TEST_CASE("TIFF") {
  const TempDir dir;
  const auto check = [&](int depth, const void* expected, std::size_t row_bytes) {
    TIFF* tiff = TIFFOpen((dir / "a.tif").c_str(), "r");
    REQUIRE(tiff);
    std::uint16_t bits = 0, orientation = 0;
    std::uint32_t width = 0, profile_bytes = 0;
    const char *make = nullptr, *software = nullptr;
    const std::byte* profile = nullptr;
    TIFFGetField(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_ORIENTATION, &orientation);
    REQUIRE(TIFFGetField(tiff, TIFFTAG_MAKE, &make));
    REQUIRE(TIFFGetField(tiff, TIFFTAG_SOFTWARE, &software));
    REQUIRE(TIFFGetField(tiff, TIFFTAG_ICCPROFILE, &profile_bytes, &profile));
    CHECK(bits == depth);
    CHECK(width == kWidth);
    CHECK(orientation == 6);
    CHECK(std::string(make) == "Sunny");
    CHECK(software == firmware::software());
    CHECK(std::ranges::equal(std::span(profile, profile_bytes), firmware::srgb_profile()));
    std::vector<std::byte> row(row_bytes);
    for (std::size_t y = 0; y < kHeight; ++y) {
      TIFFReadScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0);
      CHECK(std::memcmp(row.data(), static_cast<const std::byte*>(expected) + y * row_bytes, row_bytes) == 0);
    }
    std::uint64_t exif = 0;
    float exposure = 0;
    REQUIRE(TIFFGetField(tiff, TIFFTAG_EXIFIFD, &exif));
    REQUIRE(TIFFReadEXIFDirectory(tiff, exif));
    double exposure_wide = 0;
    const bool wide = TIFFFieldSetGetSize(TIFFFieldWithTag(tiff, EXIFTAG_EXPOSURETIME)) == 8;
    TIFFGetField(tiff, EXIFTAG_EXPOSURETIME, wide ? static_cast<void*>(&exposure_wide) : &exposure);
    CHECK((wide ? exposure_wide : exposure) == doctest::Approx(1 / 60.0));
    TIFFClose(tiff);
  };
  const auto picture8 = smooth8();
  write_tiff(dir / "a.tif", picture8.view(), sample_info());
  check(8, picture8.samples.data(), 3 * kWidth);
  const auto picture16 = noise16();
  write_tiff(dir / "a.tif", picture16.view(), sample_info());
  check(16, picture16.samples.data(), 6 * kWidth);
}

TEST_CASE("YUV is plane after plane, without padding") {
  const TempDir dir;
  const std::array<std::uint8_t, 12> y{1, 2, 3, 4, 0, 0, 5, 6, 7, 8, 0, 0}, c{9, 10, 11, 12, 0, 0, 0, 0, 0, 0, 0, 0};
  const isp::PlaneView<const std::uint8_t> luma{y.data(), 4, 2, 6}, blue{c.data(), 2, 1, 6}, red{c.data() + 2, 2, 1, 6},
      both{c.data(), 4, 1, 6};
  std::vector<std::byte> expected;
  for (int i = 1; i <= 12; ++i) expected.push_back(static_cast<std::byte>(i));
  write_picture(dir / "a.yuv", {.rgb8 = {}, .rgb16 = {}, .yuv = {{luma, blue, red}}}, {});
  CHECK(read_bytes(dir / "a.yuv") == expected);
  write_picture(dir / "a.nv12", {.rgb8 = {}, .rgb16 = {}, .yuv = {{luma, both, {}}}}, {});
  CHECK(read_bytes(dir / "a.nv12") == expected);
}

TEST_CASE("the name decides what is written") {
  using firmware::file_kind, firmware::FileKind;
  CHECK(file_kind("a/b.jpg") == FileKind::jpeg);
  CHECK(file_kind("b.JPEG") == FileKind::jpeg);
  CHECK(file_kind("b.c.Png") == FileKind::png);
  CHECK(file_kind("b.tif") == FileKind::tiff);
  CHECK(file_kind("b.DNG") == FileKind::dng);
  CHECK_THROWS_WITH_AS(file_kind("a.bmp"),
                       "a.bmp: unknown extension \".bmp\"; allowed are .jpg .jpeg .png .tif .tiff .dng .yuv .nv12",
                       OutputError);
  CHECK_THROWS_AS(file_kind("jpg"), OutputError);

  const TempDir dir;
  const auto p8 = smooth8();
  const auto p16 = noise16();
  firmware::PictureSource picture;
  for (const char* name : {"a.jpg", "a.png", "a.tif", "a.dng", "a.yuv", "a.nv12"}) {
    CAPTURE(name);
    CHECK_THROWS_AS(write_picture(dir / name, picture, {}), OutputError);
  }
  CHECK(dir.empty());
  const hal::RawFrame frame = sample_frame();
  picture.rgb8 = p8.view();
  picture.rgb16 = p16.view();
  picture.raw = &frame;
  for (const char* name : {"a.jpg", "a.png", "a.tif", "a.dng"}) {
    write_picture(dir / name, picture, sample_info());
    CHECK(std::filesystem::file_size(dir / name) > 500);
  }
}

TEST_CASE("a full disk or a missing folder leaves nothing, whatever the format") {
  const TempDir dir;
  std::vector<std::uint8_t> noise(3 * 200 * 200);
  std::uint32_t state = 1;
  for (std::uint8_t& sample : noise) sample = static_cast<std::uint8_t>((state = state * 1664525 + 1013904223) >> 24);
  const hal::RawFrame frame = sample_frame(200, 200);
  firmware::PictureSource picture;
  picture.rgb8 = firmware::Rgb8{noise.data(), 600, 200, 600};
  picture.raw = &frame;
  picture.yuv =
      firmware::YuvPlanes{firmware::Rgb8{noise.data(), 200, 200, 200}, firmware::Rgb8{noise.data(), 100, 100, 100},
                          firmware::Rgb8{noise.data(), 100, 100, 100}};
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto handler = signal(SIGXFSZ, SIG_IGN);
  for (const char* name : {"a.jpg", "a.png", "a.tif", "a.dng", "a.yuv"}) {
    CAPTURE(name);
    CHECK_THROWS_AS(write_picture(dir / "missing" / name, picture, sample_info()), OutputError);
    for (const rlim_t limit : {rlim_t{0}, rlim_t{5000}, rlim_t{20000}}) {
      const rlimit small{.rlim_cur = limit, .rlim_max = before.rlim_max};
      setrlimit(RLIMIT_FSIZE, &small);
      std::string error;
      try {
        write_picture(dir / name, picture, sample_info());
      } catch (const OutputError& e) {
        error = e.what();
      }
      setrlimit(RLIMIT_FSIZE, &before);
      CAPTURE(error);
      CHECK(error.starts_with((dir / name).string() + ": cannot be written"));
      CHECK(error.find('\n') == std::string::npos);
      CHECK(dir.empty());
    }
  }
  signal(SIGXFSZ, handler);
}
