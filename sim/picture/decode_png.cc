#include <png.h>

#include <array>
#include <csetjmp>
#include <cstring>
#include <new>
#include <string>
#include <vector>

#include "hal/replay/input_error.h"
#include "sim/picture/decode.h"

namespace sunny16::sim {
namespace {

/// libpng's reader over bytes in memory. It reports errors by longjmp: the functions that it may leave that way hold no
/// object with a destructor.
class PngReader {
 public:
  explicit PngReader(std::span<const std::byte> bytes) : rest_(bytes) {
    png_ =
        png_create_read_struct(PNG_LIBPNG_VER_STRING, this, &PngReader::on_error, [](png_structp, png_const_charp) {});
    info_ = png_ ? png_create_info_struct(png_) : nullptr;
    if (info_) return;
    png_destroy_read_struct(&png_, &info_, nullptr);
    throw std::bad_alloc();
  }
  ~PngReader() { png_destroy_read_struct(&png_, &info_, nullptr); }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;

  /// Reads as far as the pixels, and has them expanded to 8 or 16 bits of grey or RGB, with opacity if there is any.
  bool read_header() {
    if (setjmp(png_jmpbuf(png_))) return false;
    png_set_read_fn(png_, this, &PngReader::on_read);
    png_read_info(png_, info_);
    png_set_expand(png_);
    png_set_swap(png_);
    passes_ = png_set_interlace_handling(png_);
    png_read_update_info(png_, info_);
    return true;
  }
  /// Decodes into `rgb`; `rows` has row_memory() bytes.
  bool read_rows(png_bytep rows, isp::PlaneView<float> rgb) {
    if (setjmp(png_jmpbuf(png_))) return false;
    const std::size_t step = passes_ > 1 ? row_bytes() : 0;  // an interlaced picture comes together in memory
    for (int pass = 0; pass < passes_; ++pass)
      for (int y = 0; y < rgb.height; ++y) {
        const png_bytep row = rows + static_cast<std::size_t>(y) * step;
        png_read_row(png_, row, nullptr);
        if (pass + 1 == passes_) put_row(row, rgb.row(y), rgb.width / 3);
      }
    png_read_end(png_, nullptr);
    return true;
  }

  png_uint_32 width() const { return png_get_image_width(png_, info_); }
  png_uint_32 height() const { return png_get_image_height(png_, info_); }
  std::size_t row_bytes() const { return png_get_rowbytes(png_, info_); }
  std::size_t row_memory() const { return row_bytes() * (passes_ > 1 ? height() : 1); }
  const char* error() const { return error_.data(); }

 private:
  void put_row(png_const_bytep row, float* rgb, int width) const {
    const int samples = png_get_channels(png_, info_), colours = samples < 3 ? 1 : 3;
    const bool wide = png_get_bit_depth(png_, info_) == 16;
    for (int x = 0; x < width; ++x)
      for (int i = 0; i < samples; ++i) {
        const auto at = static_cast<std::size_t>(x * samples + i);
        std::uint16_t sample = 0;
        if (wide)
          std::memcpy(&sample, row + 2 * at, 2);
        else
          sample = row[at];
        put_sample(i, colours, static_cast<float>(sample) / (wide ? 65535.0f : 255.0f), rgb + 3 * x);
      }
  }
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
  int passes_ = 1;
};

}  // namespace

Picture decode_png(std::span<const std::byte> bytes) {
  constexpr std::uint64_t kMostOfDeflate = 1032;
  PngReader png(bytes);
  const auto damaged = [&] { return hal::InputError(std::string("damaged PNG: ") + png.error()); };
  if (!png.read_header()) throw damaged();
  check_picture_size(png.width(), png.height());
  // What is stored may have a bit where the expanded row has 8, or one index for three colours and opacity.
  check_expansion(png.row_bytes() * png.height() / 32, bytes.size(), kMostOfDeflate);
  Picture picture{.rgb = {3 * static_cast<int>(png.width()), static_cast<int>(png.height())}};
  std::vector<png_byte> rows(png.row_memory());
  if (!png.read_rows(rows.data(), picture.rgb.view())) throw damaged();
  return picture;
}

}  // namespace sunny16::sim
