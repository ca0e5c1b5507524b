#include <tiffio.h>

#include <algorithm>
#include <bit>
#include <cstdarg>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "hal/replay/input_error.h"
#include "sim/picture/decode.h"

namespace sunny16::sim {
namespace {

/// libtiff over bytes in memory; nothing is printed, the first error is kept.
class TiffReader {
 public:
  explicit TiffReader(std::span<const std::byte> bytes) : bytes_(bytes) {
    const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(TIFFOpenOptionsAlloc(),
                                                                                   &TIFFOpenOptionsFree);
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), &TiffReader::on_error, this);
    TIFFOpenOptionsSetWarningHandlerExtR(
        options.get(), [](TIFF*, void*, const char*, const char*, va_list) { return 1; }, nullptr);
    tiff_.reset(TIFFClientOpenExt(
        "picture", "rm", this, &TiffReader::on_read, &TiffReader::on_write, &TiffReader::on_seek,
        [](thandle_t) { return 0; }, &TiffReader::on_size, nullptr, nullptr, options.get()));
    check(tiff_ != nullptr);
  }

  TIFF* get() const { return tiff_.get(); }

  /// A tag's value, or its default, or `otherwise`.
  template <class T>
  T tag(std::uint32_t number, T otherwise) const {
    T value{};
    return TIFFGetFieldDefaulted(tiff_.get(), number, &value) ? value : otherwise;
  }
  void check(bool good) const {
    if (!good || !error_.empty()) throw hal::InputError("damaged TIFF: " + (error_.empty() ? "cut short" : error_));
  }

 private:
  static int on_error(TIFF*, void* user, const char*, const char* format, va_list arguments) {
    std::array<char, 200> text;
    std::vsnprintf(text.data(), text.size(), format, arguments);
    auto& error = static_cast<TiffReader*>(user)->error_;
    if (error.empty()) error = text.data();
    return 1;
  }
  static tmsize_t on_read(thandle_t user, void* to, tmsize_t count) {
    auto& reader = *static_cast<TiffReader*>(user);
    const std::size_t have = reader.bytes_.size() - std::min(reader.at_, reader.bytes_.size());
    const std::size_t n = std::min(have, static_cast<std::size_t>(count));
    if (n > 0) std::memcpy(to, reader.bytes_.data() + reader.at_, n);
    reader.at_ += n;
    return static_cast<tmsize_t>(n);
  }
  static tmsize_t on_write(thandle_t, void*, tmsize_t) { return 0; }
  static toff_t on_seek(thandle_t user, toff_t offset, int from) {
    auto& reader = *static_cast<TiffReader*>(user);
    reader.at_ = offset + (from == SEEK_CUR ? reader.at_ : from == SEEK_END ? reader.bytes_.size() : 0);
    return reader.at_;
  }
  static toff_t on_size(thandle_t user) { return static_cast<TiffReader*>(user)->bytes_.size(); }

  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
  std::string error_;
  std::unique_ptr<TIFF, decltype(&TIFFClose)> tiff_{nullptr, &TIFFClose};
};

/// IEEE 754 binary16.
float float_of_half(std::uint16_t half) {
  const std::uint32_t sign = (half & 0x8000u) << 16, exponent = half >> 10 & 31, fraction = half & 1023;
  if (exponent == 0) return (sign ? -1.0f : 1.0f) * static_cast<float>(fraction) / (1 << 24);
  return std::bit_cast<float>(sign | (exponent == 31 ? 255 : exponent + 112) << 23 | fraction << 13);
}

struct Layout {
  std::uint32_t width, height;
  int samples, colours, bits;
  bool separate;  ///< each sample has blocks of its own
  bool is_float, white_is_zero, has_opacity;
  bool tiled;
  std::uint32_t block_width, block_height;  ///< of a tile, or of a strip

  int samples_in_block() const { return separate ? 1 : samples; }
  std::size_t block_row_bytes() const {
    return std::size_t{block_width} * static_cast<std::size_t>(samples_in_block() * bits / 8);
  }
};

/// The number of `index` among the block's samples.
float sample(const Layout& l, const std::byte* block, std::size_t index) {
  const auto stored = [&]<class T>(T value) {
    std::memcpy(&value, block + index * sizeof value, sizeof value);
    return value;
  };
  if (l.bits == 8) return static_cast<float>(stored(std::uint8_t{})) / 255;
  if (l.bits == 32) return stored(float{});
  const auto v = stored(std::uint16_t{});
  return l.is_float ? float_of_half(v) : static_cast<float>(v) / 65535;
}

[[noreturn]] void reject(const std::string& found, const std::string& allowed) {
  throw hal::InputError("found a TIFF " + found + ", allowed " + allowed);
}

Layout layout_of(const TiffReader& tiff) {
  Layout l{};
  l.width = tiff.tag<std::uint32_t>(TIFFTAG_IMAGEWIDTH, 0), l.height = tiff.tag<std::uint32_t>(TIFFTAG_IMAGELENGTH, 0);
  check_picture_size(l.width, l.height);
  l.samples = tiff.tag<std::uint16_t>(TIFFTAG_SAMPLESPERPIXEL, 1);
  l.bits = tiff.tag<std::uint16_t>(TIFFTAG_BITSPERSAMPLE, 1);
  const int format = tiff.tag<std::uint16_t>(TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
  l.is_float = format == SAMPLEFORMAT_IEEEFP;
  if (!(format == SAMPLEFORMAT_UINT && (l.bits == 8 || l.bits == 16)) &&
      !(l.is_float && (l.bits == 16 || l.bits == 32)))
    reject("of " + std::to_string(l.bits) + " bits in sample format " + std::to_string(format),
           "8 or 16 bits without sign, and floating point of 16 or 32");
  const int photometric = tiff.tag<std::uint16_t>(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_YCBCR);
  const bool grey = photometric == PHOTOMETRIC_MINISBLACK || photometric == PHOTOMETRIC_MINISWHITE;
  if (!grey && photometric != PHOTOMETRIC_RGB)
    reject("with photometric interpretation " + std::to_string(photometric), "grey (0, 1) and RGB (2)");
  l.colours = grey ? 1 : 3;
  if (l.samples != l.colours && l.samples != l.colours + 1)
    reject("with " + std::to_string(l.samples) + " samples a pixel",
           std::to_string(l.colours) + ", and one for opacity");
  l.white_is_zero = photometric == PHOTOMETRIC_MINISWHITE;
  std::uint16_t extras = 0;
  const std::uint16_t* kinds = nullptr;
  TIFFGetFieldDefaulted(tiff.get(), TIFFTAG_EXTRASAMPLES, &extras, &kinds);
  l.has_opacity = extras > 0 && kinds[0] == EXTRASAMPLE_UNASSALPHA;  // associated: its colours are over black already
  const int compression = tiff.tag<std::uint16_t>(TIFFTAG_COMPRESSION, COMPRESSION_NONE);
  if (compression != COMPRESSION_NONE && compression != COMPRESSION_LZW && compression != COMPRESSION_ADOBE_DEFLATE &&
      compression != COMPRESSION_DEFLATE && compression != COMPRESSION_PACKBITS)
    reject("with compression " + std::to_string(compression), "none, LZW, Deflate and PackBits");
  l.separate = tiff.tag<std::uint16_t>(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == PLANARCONFIG_SEPARATE;
  l.tiled = TIFFIsTiled(tiff.get());
  l.block_width = l.tiled ? tiff.tag<std::uint32_t>(TIFFTAG_TILEWIDTH, 0) : l.width;
  l.block_height = l.tiled ? tiff.tag<std::uint32_t>(TIFFTAG_TILELENGTH, 0)
                           : std::min(tiff.tag<std::uint32_t>(TIFFTAG_ROWSPERSTRIP, l.height), l.height);
  check_picture_size(std::max(l.block_width, 2u), std::max(l.block_height, 2u));
  if (l.block_width == 0 || l.block_height == 0) reject("of empty tiles or strips", "some pixels in each");
  return l;
}

/// Calls f(first sample, part of the picture, decoded samples) for each block.
template <class F>
void for_each_block(const TiffReader& tiff, const Layout& l, F&& f) {
  const std::size_t row = l.block_row_bytes(), size = row * l.block_height;
  tiff.check(static_cast<std::size_t>(l.tiled ? TIFFTileSize(tiff.get()) : TIFFStripSize(tiff.get())) == size);
  std::vector<std::byte> block(size);
  for (int first = 0; first < l.samples; first += l.samples_in_block())
    for (std::uint32_t y = 0; y < l.height; y += l.block_height)
      for (std::uint32_t x = 0; x < l.width; x += l.block_width) {
        const isp::Rect part{static_cast<int>(x), static_cast<int>(y),
                             static_cast<int>(std::min(l.block_width, l.width - x)),
                             static_cast<int>(std::min(l.block_height, l.height - y))};
        const auto plane = static_cast<std::uint16_t>(first);
        const auto wanted = static_cast<tmsize_t>(l.tiled ? size : row * static_cast<std::size_t>(part.height));
        const tmsize_t got =
            l.tiled ? TIFFReadEncodedTile(tiff.get(), TIFFComputeTile(tiff.get(), x, y, 0, plane), block.data(), wanted)
                    : TIFFReadEncodedStrip(tiff.get(), TIFFComputeStrip(tiff.get(), y, plane), block.data(), wanted);
        tiff.check(got == wanted);
        f(first, part, block.data());
      }
}

}  // namespace

Picture decode_tiff(std::span<const std::byte> bytes) {
  constexpr std::uint64_t kMostPerByte = 1400;  // of LZW; Deflate makes 1032
  const TiffReader tiff(bytes);
  const Layout l = layout_of(tiff);
  const auto samples = static_cast<std::size_t>(l.samples), in_block = static_cast<std::size_t>(l.samples_in_block());
  check_expansion(std::uint64_t{l.width} * l.height * samples, bytes.size(), kMostPerByte);
  check_expansion(l.block_row_bytes() * l.block_height, bytes.size(), kMostPerByte);

  Picture picture{.rgb = {3 * static_cast<int>(l.width), static_cast<int>(l.height)},
                  .transfer = l.is_float ? Transfer::linear : Transfer::srgb};
  for_each_block(tiff, l, [&](int first, isp::Rect part, const std::byte* block) {
    for (int y = 0; y < part.height; ++y)
      for (int x = 0; x < part.width; ++x)
        for (std::size_t i = 0; i < in_block; ++i) {
          const int index = first + static_cast<int>(i);
          if (index == l.colours && !l.has_opacity) continue;
          const auto pixel = static_cast<std::size_t>(y) * l.block_width + static_cast<std::size_t>(x);
          const float v = sample(l, block, pixel * in_block + i);
          if (!(v - v == 0)) reject("with a sample that is not a number", "finite ones");
          put_sample(index, l.colours, l.white_is_zero && index == 0 ? 1 - v : v,
                     picture.rgb.row(part.y + y) + 3 * (part.x + x));
        }
  });
  return picture;
}

}  // namespace sunny16::sim
