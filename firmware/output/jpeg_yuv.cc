// JPEG from planes of YUV: what a stream's pictures are made with, many a second, without a detour through RGB.
#include <algorithm>
#include <cstdlib>
#include <memory>

#include "firmware/output/jpeg_error.h"
#include "firmware/output/output_error.h"
#include "firmware/output/picture_file.h"

namespace sunny16::firmware {
namespace {

/// libjpeg takes 16 rows of luma and 8 of each chroma at a time, whole blocks of 16 columns: what lies beyond the
/// picture repeats its edge.
class BlockRows {
 public:
  explicit BlockRows(const YuvPlanes& planes) : planes_(planes) {
    for (std::size_t i = 0; i < planes.size(); ++i) {
      const int block = i == 0 ? 16 : 8;
      padded_width_[i] = static_cast<std::size_t>((planes[0].width + 15) / 16 * block);
      if (padded_width_[i] != static_cast<std::size_t>(planes[i].width))
        padded_[i].resize(padded_width_[i] * static_cast<std::size_t>(block));
    }
  }

  /// The rows of block row `index`; they stay until the next call.
  JSAMPIMAGE at(int index) {
    for (std::size_t i = 0; i < planes_.size(); ++i) {
      const int block = i == 0 ? 16 : 8;
      for (int k = 0; k < block; ++k) {
        const auto* row = planes_[i].row(std::min(index * block + k, planes_[i].height - 1));
        rows_[i][static_cast<std::size_t>(k)] = const_cast<JSAMPROW>(row);  // libjpeg does not write to it
        if (padded_[i].empty()) continue;
        JSAMPLE* to = padded_[i].data() + static_cast<std::size_t>(k) * padded_width_[i];
        const auto width = static_cast<std::size_t>(planes_[i].width);
        std::copy_n(row, width, to);
        std::fill_n(to + width, padded_width_[i] - width, row[width - 1]);
        rows_[i][static_cast<std::size_t>(k)] = to;
      }
      image_[i] = rows_[i].data();
    }
    return image_.data();
  }

 private:
  const YuvPlanes& planes_;
  std::array<std::size_t, 3> padded_width_{};
  std::array<std::vector<JSAMPLE>, 3> padded_;
  std::array<std::array<JSAMPROW, 16>, 3> rows_{};
  std::array<JSAMPARRAY, 3> image_{};
};

/// False: manager.message says why not. Holds no object with a destructor, because longjmp may leave it.
bool compress(jpeg_compress_struct& jpeg, JpegErrorManager& manager, unsigned char*& memory, unsigned long& size,
              const YuvPlanes& planes, BlockRows& rows, int quality) {
  if (setjmp(manager.leave)) return false;
  jpeg_create_compress(&jpeg);
  jpeg_mem_dest(&jpeg, &memory, &size);
  jpeg.image_width = static_cast<JDIMENSION>(planes[0].width);
  jpeg.image_height = static_cast<JDIMENSION>(planes[0].height);
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_YCbCr;
  jpeg_set_defaults(&jpeg);  // 4:2:0
  jpeg_set_quality(&jpeg, quality, TRUE);
  jpeg.dct_method = JDCT_ISLOW;  // the same bytes with and without SIMD
  jpeg.raw_data_in = TRUE;
  jpeg_start_compress(&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height)
    jpeg_write_raw_data(&jpeg, rows.at(static_cast<int>(jpeg.next_scanline / 16)), 16);
  jpeg_finish_compress(&jpeg);
  return true;
}

}  // namespace

std::vector<std::byte> jpeg_bytes(const YuvPlanes& planes, int quality) {
  jpeg_compress_struct jpeg{};
  JpegErrorManager manager{};
  jpeg.err = jpeg_std_error(&manager.base);
  manager.base.error_exit = &JpegErrorManager::error_exit;
  unsigned char* memory = nullptr;
  unsigned long size = 0;
  BlockRows rows(planes);
  const bool written = compress(jpeg, manager, memory, size, planes, rows, quality);
  jpeg_destroy_compress(&jpeg);
  const std::unique_ptr<unsigned char, decltype(&std::free)> owner(memory, &std::free);
  if (!written) throw OutputError("JPEG cannot be written: " + std::string(manager.message.data()));
  const auto bytes = std::as_bytes(std::span(memory, size));
  return {bytes.begin(), bytes.end()};
}

}  // namespace sunny16::firmware
