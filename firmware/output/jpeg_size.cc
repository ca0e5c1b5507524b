#include "firmware/output/jpeg_size.h"

#include "firmware/output/jpeg_error.h"

namespace sunny16::firmware {
namespace {

/// Holds no object with a destructor, because longjmp may leave it.
bool read_header(jpeg_decompress_struct& jpeg, JpegErrorManager& manager, std::string_view file) {
  if (setjmp(manager.leave)) return false;
  jpeg_create_decompress(&jpeg);
  jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(file.data()), file.size());
  return jpeg_read_header(&jpeg, TRUE) == JPEG_HEADER_OK;
}

}  // namespace

std::optional<std::array<int, 2>> jpeg_size(std::string_view file) {
  if (file.find("\xFF\xD9") == file.npos) return std::nullopt;  // the end of the image: coded data never holds it
  jpeg_decompress_struct jpeg{};
  JpegErrorManager manager{};
  jpeg.err = jpeg_std_error(&manager.base);
  manager.base.error_exit = &JpegErrorManager::error_exit;
  manager.base.emit_message = [](j_common_ptr, int) {};  // warnings would go to standard error
  const bool read = read_header(jpeg, manager, file);
  const std::array<int, 2> size{static_cast<int>(jpeg.image_width), static_cast<int>(jpeg.image_height)};
  jpeg_destroy_decompress(&jpeg);
  return read ? std::optional(size) : std::nullopt;
}

}  // namespace sunny16::firmware
