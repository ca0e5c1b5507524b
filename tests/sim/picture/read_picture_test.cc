#include "sim/picture/read_picture.h"

#include <doctest/doctest.h>

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "hal/replay/input_error.h"
#include "tests/sim/picture/picture_files.h"
#include "tests/temp_dir.h"

namespace sunny16::sim {
namespace {

constexpr int kWidth = 37, kHeight = 21;  // no multiple of a tile, a strip or a byte

/// A sample of 16 bits that differs everywhere.
int code(int x, int y, int sample) { return (x * 1777 + y * 3109 + sample * 12345 + 99) & 0xFFFF; }

/// Every pixel, against f(x, y, colour) as a fraction.
void check_pixels(const Picture& picture, const std::function<double(int, int, int)>& f, double tolerance = 1e-6) {
  REQUIRE(picture.width() == kWidth);
  REQUIRE(picture.height() == kHeight);
  double worst = 0;
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x)
      for (int c = 0; c < 3; ++c) worst = std::max(worst, std::abs(double{picture.rgb.row(y)[3 * x + c]} - f(x, y, c)));
  CHECK(worst <= tolerance);
}

std::vector<std::uint8_t> stored(int samples, int bits, const std::function<int(int, int, int)>& f) {
  std::vector<std::uint8_t> rows;
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x)
      for (int s = 0; s < samples; ++s) {
        if (bits == 16) rows.push_back(static_cast<std::uint8_t>(f(x, y, s) >> 8));
        rows.push_back(static_cast<std::uint8_t>(f(x, y, s)));
      }
  return rows;
}

TEST_CASE("PNG: grey and RGB, 8 and 16 bits, with and without opacity, interlaced or not") {
  const TempDir dir;
  for (const int depth : {8, 16})
    for (const int type :
         {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_RGB_ALPHA})
      for (const bool interlaced : {false, true}) {
        CAPTURE(depth);
        CAPTURE(type);
        CAPTURE(interlaced);
        const bool grey = !(type & PNG_COLOR_MASK_COLOR), opacity = type & PNG_COLOR_MASK_ALPHA;
        const int colours = grey ? 1 : 3, most = (1 << depth) - 1;
        const auto sample = [&](int x, int y, int s) { return code(x, y, s) & most; };
        make_png(dir / "a", kWidth, kHeight, stored(colours + opacity, depth, sample), {type, depth, interlaced});
        const Picture picture = read_picture(dir / "a");
        CHECK(picture.transfer == Transfer::srgb);
        check_pixels(picture, [&](int x, int y, int c) {
          const double v = sample(x, y, grey ? 0 : c) / double(most);
          return opacity ? v * sample(x, y, colours) / most : v;
        });
      }
}

TEST_CASE("PNG: palettes, and grey of one bit") {
  const TempDir dir;
  const std::vector<png_color> palette{{255, 0, 51}, {0, 102, 255}};
  std::vector<std::uint8_t> rows;
  const auto bit = [](int x, int y) { return (x * y + x) & 1; };
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; x += 8) {
      int byte = 0;
      for (int i = 0; i < 8; ++i) byte = byte << 1 | (x + i < kWidth ? bit(x + i, y) : 0);
      rows.push_back(static_cast<std::uint8_t>(byte));
    }
  make_png(dir / "a", kWidth, kHeight, rows, {PNG_COLOR_TYPE_PALETTE, 1, false, palette});
  const auto entry = [&](int x, int y, int c) {
    const png_color& p = palette[static_cast<std::size_t>(bit(x, y))];
    return std::array<double, 3>{p.red / 255.0, p.green / 255.0, p.blue / 255.0}[static_cast<std::size_t>(c)];
  };
  check_pixels(read_picture(dir / "a"), entry);
  make_png(dir / "a", kWidth, kHeight, rows, {PNG_COLOR_TYPE_PALETTE, 1, true, palette, {51}});
  check_pixels(read_picture(dir / "a"), [&](int x, int y, int c) { return entry(x, y, c) * (bit(x, y) ? 1 : 0.2); });
  make_png(dir / "a", kWidth, kHeight, rows, {PNG_COLOR_TYPE_GRAY, 1});
  check_pixels(read_picture(dir / "a"), [&](int x, int y, int) { return bit(x, y); });
}

TEST_CASE("JPEG: grey and colour, progressive or not, to within its rounding") {
  const TempDir dir;
  const auto smooth = [](int x, int y, int s) { return 20 + 4 * x + 3 * y + (s == 1 ? 10 : 0); };
  for (const bool progressive : {false, true}) {
    make_jpeg(dir / "a", kWidth, kHeight, 1, stored(1, 8, smooth), progressive);
    check_pixels(
        read_picture(dir / "a"), [&](int x, int y, int) { return smooth(x, y, 0) / 255.0; }, 1.01 / 255);
    make_jpeg(dir / "a", kWidth, kHeight, 3, stored(3, 8, smooth), progressive);
    check_pixels(
        read_picture(dir / "a"), [&](int x, int y, int c) { return smooth(x, y, c) / 255.0; }, 3.01 / 255);
  }
}

TEST_CASE("TIFF: integers in strips and tiles, together and apart, however compressed") {
  const TempDir dir;
  for (const int compression : {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE, COMPRESSION_PACKBITS})
    for (const bool separate : {false, true})
      for (const int tile : {0, 16}) {
        CAPTURE(compression);
        CAPTURE(separate);
        CAPTURE(tile);
        const TiffLayout rgb{.compression = compression, .tile = tile, .separate = separate};
        make_tiff<std::uint8_t>(dir / "a", kWidth, kHeight, rgb,
                                [](int x, int y, int s) { return code(x, y, s) & 255; });
        check_pixels(read_picture(dir / "a"), [](int x, int y, int c) { return (code(x, y, c) & 255) / 255.0; });

        TiffLayout wide = rgb;
        wide.bits = 16, wide.samples = 4, wide.opacity = EXTRASAMPLE_UNASSALPHA;
        make_tiff<std::uint16_t>(dir / "a", kWidth, kHeight, wide, code);
        check_pixels(read_picture(dir / "a"),
                     [](int x, int y, int c) { return code(x, y, c) / 65535.0 * code(x, y, 3) / 65535.0; });
        wide.opacity = EXTRASAMPLE_ASSOCALPHA;
        make_tiff<std::uint16_t>(dir / "a", kWidth, kHeight, wide, code);
        const Picture picture = read_picture(dir / "a");
        CHECK(picture.transfer == Transfer::srgb);
        check_pixels(picture, [](int x, int y, int c) { return code(x, y, c) / 65535.0; });
      }
  for (const bool inverse : {false, true}) {
    make_tiff<std::uint8_t>(dir / "a", kWidth, kHeight,
                            {.samples = 1, .photometric = inverse ? PHOTOMETRIC_MINISWHITE : PHOTOMETRIC_MINISBLACK},
                            [](int x, int y, int) { return code(x, y, 0) & 255; });
    check_pixels(read_picture(dir / "a"), [&](int x, int y, int) {
      const double v = (code(x, y, 0) & 255) / 255.0;
      return inverse ? 1 - v : v;
    });
  }
}

TEST_CASE("TIFF: floating point is light, and may be more than white or less than black") {
  const TempDir dir;
  const auto light = [](int x, int y, int s) { return static_cast<float>(4 * (x - y) + s) / 16; };  // exact halves
  for (const int predictor : {PREDICTOR_NONE, PREDICTOR_FLOATINGPOINT}) {
    TiffLayout layout{
        .bits = 32, .format = SAMPLEFORMAT_IEEEFP, .compression = COMPRESSION_ADOBE_DEFLATE, .predictor = predictor};
    make_tiff<float>(dir / "a", kWidth, kHeight, layout, light);
    const Picture picture = read_picture(dir / "a");
    CHECK(picture.transfer == Transfer::linear);
    check_pixels(picture, light, 0);
  }
  // binary16 of multiples of 1/16 below 32: found by the definition, not by the reader's bit operations.
  const auto half = [&](int x, int y, int s) {
    const float v = light(x, y, s), magnitude = std::abs(v);
    if (v == 0) return 0;
    int exponent = 15;
    float scaled = magnitude;
    while (scaled >= 2) scaled /= 2, ++exponent;
    while (scaled < 1) scaled *= 2, --exponent;
    return (v < 0 ? 0x8000 : 0) + exponent * 1024 + static_cast<int>((scaled - 1) * 1024);
  };
  make_tiff<std::uint16_t>(dir / "a", kWidth, kHeight, {.bits = 16, .format = SAMPLEFORMAT_IEEEFP}, half);
  check_pixels(read_picture(dir / "a"), light, 0);
}

TEST_CASE("What cannot be read says so in one line") {
  const TempDir dir;
  const auto rejects = [&](const std::string& name, const std::string& words) {
    CAPTURE(name);
    try {
      read_picture(dir / name);
      FAIL_CHECK("was read");
    } catch (const hal::InputError& error) {
      const std::string text = error.what();
      CAPTURE(text);
      CHECK(text.find(name) != text.npos);
      CHECK(text.find(words) != text.npos);
      CHECK(text.find('\n') == text.npos);
    }
  };
  rejects("missing.png", "no such file");
  dir.file("empty.png", "");
  rejects("empty.png", "empty");
  dir.file("text.png", "P6 3 3 255");
  rejects("text.png", "allowed PNG, JPEG and TIFF");
  make_png(dir / "thin.png", 1, 40, std::vector<std::uint8_t>(120), {});
  rejects("thin.png", "1 x 40");
  make_jpeg(dir / "ink.jpg", 8, 8, 4, std::vector<std::uint8_t>(256));
  rejects("ink.jpg", "inks");
  const auto zero = [](int, int, int) { return 0; };
  make_tiff<std::uint8_t>(dir / "signed.tif", 8, 8, {.format = SAMPLEFORMAT_INT}, zero);
  rejects("signed.tif", "sample format 2");
  make_tiff<std::uint8_t>(dir / "lab.tif", 8, 8, {.photometric = PHOTOMETRIC_CIELAB}, zero);
  rejects("lab.tif", "photometric interpretation 8");
  make_tiff<float>(dir / "nan.tif", 8, 8, {.bits = 32, .format = SAMPLEFORMAT_IEEEFP},
                   [](int, int, int) { return std::numeric_limits<float>::quiet_NaN(); });
  rejects("nan.tif", "not a number");
}

TEST_CASE("Files that are cut short or damaged are errors, never grey areas") {
  const TempDir dir;
  const auto any = [](int x, int y, int s) { return code(x, y, s) & 255; };
  make_png(dir / "png", kWidth, kHeight, stored(3, 8, any), {});
  make_jpeg(dir / "jpeg", kWidth, kHeight, 3, stored(3, 8, any));
  make_jpeg(dir / "progressive", kWidth, kHeight, 3, stored(3, 8, any), true);
  make_tiff<std::uint8_t>(dir / "tiff", kWidth, kHeight, {.compression = COMPRESSION_LZW}, any);
  for (const char* name : {"png", "jpeg", "progressive", "tiff"}) {
    const std::vector<std::byte> whole = read_bytes(dir / name);
    REQUIRE_NOTHROW(decode_picture(whole));
    for (std::size_t size = 0; size + 2 < whole.size(); size += 1 + whole.size() / 97) {
      CAPTURE(name);
      CAPTURE(size);
      CHECK_THROWS_AS(decode_picture(std::span(whole).first(size)), hal::InputError);
    }
  }
  std::vector<std::byte> flipped = read_bytes(dir / "png");
  flipped[flipped.size() / 2] ^= std::byte{0x10};
  CHECK_THROWS_AS(decode_picture(flipped), hal::InputError);
}

}  // namespace
}  // namespace sunny16::sim
