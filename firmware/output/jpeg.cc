#include <array>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>

#include "firmware/output/atomic_file.h"
#include "firmware/output/exif.h"
#include "firmware/output/jpeg_error.h"
#include "firmware/output/output_error.h"
#include "firmware/output/picture_file.h"
#include "firmware/output/srgb_profile.h"
#include "firmware/output/xmp.h"

namespace sunny16::firmware {
namespace {

/// Writes the picture; false: manager.message says why not. Holds no object with a destructor, because longjmp may
/// leave it.
bool compress(jpeg_compress_struct& jpeg, JpegErrorManager& manager, std::FILE* out, Rgb8 picture,
              const JpegOptions& options, std::span<const std::byte> exif, std::span<const char> xmp,
              std::span<const std::byte> profile) {
  if (setjmp(manager.leave)) return false;
  jpeg_create_compress(&jpeg);
  jpeg_stdio_dest(&jpeg, out);
  jpeg.image_width = static_cast<JDIMENSION>(picture.width / 3);
  jpeg.image_height = static_cast<JDIMENSION>(picture.height);
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, options.quality, TRUE);
  jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = options.halve_chroma ? 2 : 1;
  jpeg.dct_method = JDCT_ISLOW;    // the same bytes with and without SIMD
  jpeg.write_JFIF_header = FALSE;  // EXIF wants to be the first segment
  jpeg_start_compress(&jpeg, TRUE);
  jpeg_write_marker(&jpeg, JPEG_APP0 + 1, reinterpret_cast<const JOCTET*>(exif.data()),
                    static_cast<unsigned>(exif.size()));
  if (!xmp.empty())
    jpeg_write_marker(&jpeg, JPEG_APP0 + 1, reinterpret_cast<const JOCTET*>(xmp.data()),
                      static_cast<unsigned>(xmp.size()));
  jpeg_write_icc_profile(&jpeg, reinterpret_cast<const JOCTET*>(profile.data()), static_cast<unsigned>(profile.size()));
  while (jpeg.next_scanline < jpeg.image_height) {
    auto* row =
        const_cast<JSAMPROW>(picture.row(static_cast<int>(jpeg.next_scanline)));  // libjpeg does not write to it
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  return true;
}

/// Writes a whole JPEG file into a stream; tells what is wrong, if anything is.
std::optional<std::string> encode(std::FILE* out, Rgb8 picture, const PictureInfo& info, const JpegOptions& options) {
  constexpr std::string_view kXmpSignature("http://ns.adobe.com/xap/1.0/\0", 29);
  constexpr std::array<std::byte, 6> kExif{std::byte{'E'}, std::byte{'x'}, std::byte{'i'}, std::byte{'f'}};
  std::vector<std::byte> exif = exif_block(info, picture.width / 3, picture.height);
  exif.insert(exif.begin(), kExif.begin(), kExif.end());

  std::string xmp = xmp_packet(info);
  if (!xmp.empty()) xmp.insert(0, kXmpSignature);

  jpeg_compress_struct jpeg{};
  JpegErrorManager manager{};
  jpeg.err = jpeg_std_error(&manager.base);
  manager.base.error_exit = &JpegErrorManager::error_exit;
  const bool written = compress(jpeg, manager, out, picture, options, exif, xmp, srgb_profile());
  jpeg_destroy_compress(&jpeg);
  return written ? std::nullopt : std::optional(std::string("cannot be written: ") + manager.message.data());
}

}  // namespace

void write_jpeg(const std::filesystem::path& path, Rgb8 picture, const PictureInfo& info, const JpegOptions& options) {
  AtomicFile file(path);
  if (const auto problem = encode(file.stream(), picture, info, options)) file.fail(*problem);
  file.commit();
}

std::vector<std::byte> jpeg_bytes(Rgb8 picture, const PictureInfo& info, const JpegOptions& options) {
  char* memory = nullptr;
  std::size_t size = 0;
  std::FILE* stream = open_memstream(&memory, &size);
  if (!stream) throw std::bad_alloc();
  const auto problem = encode(stream, picture, info, options);
  std::fclose(stream);  // flushes
  const std::unique_ptr<char, decltype(&std::free)> owner(memory, &std::free);
  if (problem) throw OutputError("JPEG " + *problem);
  const auto bytes = std::as_bytes(std::span(memory, size));
  return {bytes.begin(), bytes.end()};
}

}  // namespace sunny16::firmware
