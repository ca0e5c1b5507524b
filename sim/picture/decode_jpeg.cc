#include <csetjmp>
#include <cstdio>  // before jpeglib.h, which uses FILE

#include <jpeglib.h>

#include <array>
#include <string>
#include <vector>

#include "hal/replay/input_error.h"
#include "sim/picture/decode.h"

namespace sunny16::sim {
namespace {

/// libjpeg's reader over bytes in memory. It reports errors by calling a function that must not return, ours leaves by
/// longjmp: the functions that it may leave that way hold no object with a destructor. Warnings are errors too, because
/// libjpeg fills what is missing with grey.
class JpegReader {
 public:
  explicit JpegReader(std::span<const std::byte> bytes) : bytes_(bytes) {
    jpeg_.err = jpeg_std_error(&errors_);
    jpeg_.client_data = this;
    errors_.error_exit = &JpegReader::on_error;
    errors_.emit_message = [](j_common_ptr info, int level) {
      if (level < 0) on_error(info);
    };
    progress_.progress_monitor = &JpegReader::on_progress;
  }
  ~JpegReader() { jpeg_destroy_decompress(&jpeg_); }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;

  bool read_header() {
    if (setjmp(leave_)) return false;
    jpeg_create_decompress(&jpeg_);
    jpeg_.progress = &progress_;
    jpeg_mem_src(&jpeg_, reinterpret_cast<const unsigned char*>(bytes_.data()),
                 static_cast<unsigned long>(bytes_.size()));
    jpeg_read_header(&jpeg_, TRUE);
    return true;
  }
  /// Decodes into `rgb`; `row` has three bytes a pixel.
  bool read_rows(JSAMPROW row, isp::PlaneView<float> rgb) {
    if (setjmp(leave_)) return false;
    jpeg_.out_color_space = JCS_RGB;
    jpeg_.dct_method = JDCT_ISLOW;  // the same values with and without SIMD
    jpeg_start_decompress(&jpeg_);
    for (int y = 0; y < rgb.height; ++y) {
      jpeg_read_scanlines(&jpeg_, &row, 1);
      for (int i = 0; i < rgb.width; ++i) rgb.row(y)[i] = static_cast<float>(row[i]) / 255;
    }
    jpeg_finish_decompress(&jpeg_);
    return true;
  }

  JDIMENSION width() const { return jpeg_.image_width; }
  JDIMENSION height() const { return jpeg_.image_height; }
  J_COLOR_SPACE colours() const { return jpeg_.jpeg_color_space; }
  const char* error() const { return error_.data(); }

 private:
  [[noreturn]] static void on_error(j_common_ptr info) {
    auto& reader = *static_cast<JpegReader*>(info->client_data);
    info->err->format_message(info, reader.error_.data());
    std::longjmp(reader.leave_, 1);
  }
  /// A few bytes a scan can keep a progressive reader busy with a large picture for hours.
  static void on_progress(j_common_ptr info) {
    constexpr int kMostScans = 100;
    auto& reader = *static_cast<JpegReader*>(info->client_data);
    if (reader.jpeg_.input_scan_number <= kMostScans) return;
    std::snprintf(reader.error_.data(), reader.error_.size(), "found more than %d scans", kMostScans);
    std::longjmp(reader.leave_, 1);
  }

  std::span<const std::byte> bytes_;
  jpeg_decompress_struct jpeg_{};
  jpeg_error_mgr errors_{};
  jpeg_progress_mgr progress_{};
  std::jmp_buf leave_{};
  std::array<char, JMSG_LENGTH_MAX> error_{};
};

}  // namespace

Picture decode_jpeg(std::span<const std::byte> bytes) {
  JpegReader jpeg(bytes);
  const auto damaged = [&] { return hal::InputError(std::string("damaged JPEG: ") + jpeg.error()); };
  if (!jpeg.read_header()) throw damaged();
  check_picture_size(jpeg.width(), jpeg.height());
  if (const auto c = jpeg.colours(); c != JCS_GRAYSCALE && c != JCS_YCbCr && c != JCS_RGB)
    throw hal::InputError("found a JPEG of printing inks or unknown colours, allowed grey, YCbCr and RGB");
  // A block of 8 x 8 pixels takes at least one bit.
  check_expansion(std::uint64_t{jpeg.width()} * jpeg.height(), bytes.size(), 8 * 64);
  Picture picture{.rgb = {3 * static_cast<int>(jpeg.width()), static_cast<int>(jpeg.height())}};
  std::vector<JSAMPLE> row(static_cast<std::size_t>(picture.rgb.width()));
  if (!jpeg.read_rows(row.data(), picture.rgb.view())) throw damaged();
  return picture;
}

}  // namespace sunny16::sim
