#include <png.h>

#include <array>
#include <csetjmp>
#include <cstring>
#include <string>

#include "firmware/output/atomic_file.h"
#include "firmware/output/exif.h"
#include "firmware/output/xmp.h"
#include "firmware/output/picture_file.h"

namespace sunny16::firmware {
namespace {

using Message = std::array<char, 128>;

[[noreturn]] void on_error(png_structp png, png_const_charp text) {
  std::strncpy(static_cast<Message*>(png_get_error_ptr(png))->data(), text, sizeof(Message) - 1);
  png_longjmp(png, 1);
}

/// Writes the picture; false if libpng left by longjmp: no object with a destructor is held here.
template <class Sample>
bool compress(png_structp png, png_infop header, std::FILE* out, isp::PlaneView<const Sample> picture,
              std::span<std::byte> exif, png_textp xmp) {
  if (setjmp(png_jmpbuf(png))) return false;
  // Sensor noise does not deflate: higher levels only cost time.
  constexpr int kLevel = 3;
  png_init_io(png, out);
  png_set_compression_level(png, kLevel);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_SUB | PNG_FILTER_UP);
  png_set_IHDR(png, header, static_cast<png_uint_32>(picture.width / 3), static_cast<png_uint_32>(picture.height),
               8 * sizeof(Sample), PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  png_set_sRGB_gAMA_and_cHRM(png, header, PNG_sRGB_INTENT_PERCEPTUAL);
  png_set_eXIf_1(png, header, static_cast<png_uint_32>(exif.size()), reinterpret_cast<png_bytep>(exif.data()));
  if (xmp) png_set_text(png, header, xmp, 1);
  png_write_info(png, header);
  if (sizeof(Sample) == 2) png_set_swap(png);  // PNG is big-endian
  for (int y = 0; y < picture.height; ++y) png_write_row(png, reinterpret_cast<png_const_bytep>(picture.row(y)));
  png_write_end(png, nullptr);
  return true;
}

template <class Sample>
void write(const std::filesystem::path& path, isp::PlaneView<const Sample> picture, const PictureInfo& info) {
  std::vector<std::byte> exif = exif_block(info, picture.width / 3, picture.height);
  std::string keyword = "XML:com.adobe.xmp", packet = xmp_packet(info), none;
  png_text xmp{PNG_ITXT_COMPRESSION_NONE, keyword.data(), packet.data(), 0, packet.size(), none.data(), none.data()};
  AtomicFile file(path);
  Message message{};
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, &message, &on_error, [](png_structp, png_const_charp) {});
  png_infop header = png ? png_create_info_struct(png) : nullptr;
  const bool written = header && compress(png, header, file.stream(), picture, exif, packet.empty() ? nullptr : &xmp);
  png_destroy_write_struct(&png, &header);
  if (!written) file.fail(std::string("cannot be written: ") + message.data());
  file.commit();
}

}  // namespace

void write_png(const std::filesystem::path& path, Rgb8 picture, const PictureInfo& info) { write(path, picture, info); }
void write_png(const std::filesystem::path& path, Rgb16 picture, const PictureInfo& info) {
  write(path, picture, info);
}

}  // namespace sunny16::firmware
