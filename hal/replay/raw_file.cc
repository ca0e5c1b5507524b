#include "hal/replay/raw_file.h"

#include <png.h>

#include <algorithm>
#include <cmath>
#include <csetjmp>
#include <cstring>
#include <string>

#include "hal/replay/input_error.h"

namespace sunny16::hal {
namespace {

RawFrame frame_over(std::vector<std::byte> bytes, const RawFormat& format, Sidecar sidecar) {
  RawFrame frame = std::move(sidecar.frame);
  frame.raw = {.bytes = {},
               .width = format.width,
               .height = format.height,
               .stride = format.stride ? format.stride : isp::row_bytes(format.packing, format.width),
               .packing = format.packing,
               .phase = format.phase};
  frame.own(std::move(bytes));
  frame.bits = format.bits;
  frame.black.fill(0);
  frame.black_known = sidecar.description.black.has_value();
  frame.white = std::exp2(format.bits) - 1;
  apply_levels(frame, sidecar.description);
  return frame;
}

/// libpng's reader over bytes in memory. libpng reports errors by longjmp: the two functions that it may leave that way
/// hold no object with a destructor.
class PngReader {
 public:
  explicit PngReader(const std::vector<std::byte>& bytes) : rest_(bytes) {
    png_ =
        png_create_read_struct(PNG_LIBPNG_VER_STRING, this, &PngReader::on_error, [](png_structp, png_const_charp) {});
    info_ = png_ ? png_create_info_struct(png_) : nullptr;
    if (!info_) throw std::bad_alloc();
  }
  ~PngReader() { png_destroy_read_struct(&png_, &info_, nullptr); }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;

  bool read_header() {
    if (setjmp(png_jmpbuf(png_))) return false;
    png_set_user_limits(png_, isp::kMaxSide, isp::kMaxSide);
    png_set_read_fn(png_, this, &PngReader::on_read);
    png_read_info(png_, info_);
    return true;
  }
  /// Rows of little-endian samples, `row_bytes` apart.
  bool read_rows(std::byte* rows, std::size_t row_bytes) {
    if (setjmp(png_jmpbuf(png_))) return false;
    png_set_swap(png_);
    const int passes = png_set_interlace_handling(png_);
    png_read_update_info(png_, info_);
    for (int pass = 0; pass < passes; ++pass)
      for (png_uint_32 y = 0; y < height(); ++y)
        png_read_row(png_, reinterpret_cast<png_bytep>(rows + y * row_bytes), nullptr);
    png_read_end(png_, nullptr);
    return true;
  }

  png_uint_32 width() const { return png_get_image_width(png_, info_); }
  png_uint_32 height() const { return png_get_image_height(png_, info_); }
  int depth() const { return png_get_bit_depth(png_, info_); }
  bool grey() const { return png_get_color_type(png_, info_) == PNG_COLOR_TYPE_GRAY; }
  const char* error() const { return error_.data(); }

 private:
  static void on_read(png_structp png, png_bytep out, std::size_t count) {
    auto& reader = *static_cast<PngReader*>(png_get_io_ptr(png));
    if (count > reader.rest_.size()) png_error(png, "the file ends early");
    std::memcpy(out, reader.rest_.data(), count);
    reader.rest_ = reader.rest_.subspan(count);
  }
  [[noreturn]] static void on_error(png_structp png, png_const_charp message) {
    auto& reader = *static_cast<PngReader*>(png_get_error_ptr(png));
    std::strncpy(reader.error_.data(), message, reader.error_.size() - 1);
    png_longjmp(png, 1);
  }

  std::span<const std::byte> rest_;
  std::array<char, 128> error_{};
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
};

std::string size_text(std::uint64_t width, std::uint64_t height) {
  return std::to_string(width) + 'x' + std::to_string(height);
}

}  // namespace

RawFrame frame_from_raw(std::vector<std::byte> bytes, Sidecar sidecar) {
  const RawFormat format = sidecar.description.format.value();
  if (format.width == 0) throw InputError("the raw format has no size; allowed is WxH:FORMAT, as in 1920x1080:SRGGB10");
  const std::size_t row = isp::row_bytes(format.packing, format.width), stride = format.stride ? format.stride : row;
  const std::size_t rows = static_cast<std::size_t>(format.height);
  const std::size_t least = stride * (rows - 1) + row, most = stride * rows + 4095;
  if (bytes.size() < least || bytes.size() > most)
    throw InputError("found " + std::to_string(bytes.size()) + " bytes; " +
                     size_text(static_cast<std::uint64_t>(format.width), rows) + " in this format, " +
                     std::to_string(stride) + " bytes a row, has " + std::to_string(stride * rows));
  return frame_over(std::move(bytes), format, std::move(sidecar));
}

bool is_png(std::span<const std::byte> bytes) {
  constexpr std::size_t kSignature = 8;
  return bytes.size() >= kSignature && png_sig_cmp(reinterpret_cast<png_const_bytep>(bytes.data()), 0, kSignature) == 0;
}

RawFrame frame_from_png(std::vector<std::byte> bytes, Sidecar sidecar) {
  if (!sidecar.description.format)
    throw InputError("a PNG does not say what its colour filters are; give a raw format, as in SGRBG10");
  RawFormat format = *sidecar.description.format;
  if (format.stride || (format.packing != isp::Packing::u8 && format.packing != isp::Packing::u16))
    throw InputError("a PNG is neither packed nor padded; allowed is a raw format as in SGRBG10");

  PngReader png(bytes);
  if (!png.read_header()) throw InputError(std::string("damaged PNG: ") + png.error());
  if (!png.grey() || (png.depth() != 8 && png.depth() != 16))
    throw InputError("not a CFA picture: allowed is a grey PNG with 8 or 16 bits a sample and no alpha");
  const int width = static_cast<int>(png.width()), height = static_cast<int>(png.height());
  if (width < isp::kMinSide || height < isp::kMinSide)
    throw InputError("PNG of " + size_text(png.width(), png.height()) + "; allowed are sides from 2 to 16384");
  if (format.width && (format.width != width || format.height != height))
    throw InputError("PNG of " + size_text(png.width(), png.height()) + ", but the raw format says " +
                     size_text(static_cast<std::uint64_t>(format.width), static_cast<std::uint64_t>(format.height)));
  format.width = width;
  format.height = height;
  if (format.bits > png.depth())
    throw InputError("the PNG has " + std::to_string(png.depth()) + " bits a sample, the raw format " +
                     std::to_string(format.bits));
  format.packing = png.depth() == 8 ? isp::Packing::u8 : isp::Packing::u16;

  const std::size_t row = isp::row_bytes(format.packing, width);
  // Deflate shrinks at most 1032 times: a smaller file cannot hold these rows, so do not allocate them.
  if (row * static_cast<std::size_t>(height) / 1032 > bytes.size())
    throw InputError("damaged PNG: the file ends early");
  std::vector<std::byte> samples(row * static_cast<std::size_t>(height));
  if (!png.read_rows(samples.data(), row)) throw InputError(std::string("damaged PNG: ") + png.error());
  return frame_over(std::move(samples), format, std::move(sidecar));
}

}  // namespace sunny16::hal
