#include "firmware/output/tiff_file.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdarg>

#include "firmware/output/exif.h"
#include "firmware/output/xmp.h"

namespace sunny16::firmware {

int TiffFile::on_error(TIFF*, void* user, const char*, const char* format, va_list arguments) {
  std::array<char, 200> text;
  std::vsnprintf(text.data(), text.size(), format, arguments);
  auto& error = static_cast<TiffFile*>(user)->error_;
  if (error.empty()) error = text.data();  // the first one is the cause
  return 1;                                // nothing is printed
}

TiffFile::TiffFile(const std::filesystem::path& path) : file_(path) {
  const int descriptor = dup(fileno(file_.stream()));  // TIFFClose closes it
  if (descriptor < 0) file_.fail("cannot be written", errno);
  const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(TIFFOpenOptionsAlloc(),
                                                                                 &TIFFOpenOptionsFree);
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), &TiffFile::on_error, this);
  TIFFOpenOptionsSetWarningHandlerExtR(
      options.get(), [](TIFF*, void*, const char*, const char*, va_list) { return 1; }, nullptr);
  tiff_.reset(TIFFFdOpenExt(descriptor, path.c_str(), "w", options.get()));
  if (!tiff_) close(descriptor);
  check();
}

void TiffFile::declare(std::span<const TIFFFieldInfo> fields) {
  TIFFMergeFieldInfo(tiff_.get(), fields.data(), static_cast<std::uint32_t>(fields.size()));
  check();
}

void TiffFile::set_camera(const PictureInfo& info) {
  set_text(TIFFTAG_IMAGEDESCRIPTION, description_of(info));
  if (const std::string xmp = xmp_packet(info); !xmp.empty())
    set_array<std::byte>(TIFFTAG_XMLPACKET, std::as_bytes(std::span(xmp)));
  set_text(TIFFTAG_MAKE, info.make);
  set_text(TIFFTAG_MODEL, info.model);
  set_text(TIFFTAG_DATETIME, info.date_time);
  set_text(TIFFTAG_SOFTWARE, std::string(software()));
  set(TIFFTAG_ORIENTATION, info.orientation);
}

std::uint64_t TiffFile::write_exif(const PictureInfo& info) {
  TIFFCreateEXIFDirectory(tiff_.get());
  constexpr std::array<std::uint8_t, 4> kVersion{'0', '2', '3', '2'};
  set_array<std::uint8_t>(EXIFTAG_EXIFVERSION, kVersion);
  if (info.exposure_s) set(EXIFTAG_EXPOSURETIME, *info.exposure_s);
  if (info.aperture) set(EXIFTAG_FNUMBER, *info.aperture);
  if (info.focal_length_mm) set(EXIFTAG_FOCALLENGTH, *info.focal_length_mm);
  if (info.iso) {
    const std::array<std::uint16_t, 1> iso{static_cast<std::uint16_t>(std::clamp(*info.iso + 0.5, 1.0, 65535.0))};
    set_array<std::uint16_t>(EXIFTAG_ISOSPEEDRATINGS, iso);
  }
  set_text(EXIFTAG_DATETIMEORIGINAL, info.date_time);
  set_text(EXIFTAG_DATETIMEDIGITIZED, info.date_time);
  std::uint64_t offset = 0;
  TIFFWriteCustomDirectory(tiff_.get(), &offset);
  check();
  TIFFFreeDirectory(tiff_.get());
  TIFFCreateDirectory(tiff_.get());
  return offset;
}

void TiffFile::write_row(const void* row, int y) {
  TIFFWriteScanline(tiff_.get(), const_cast<void*>(row), static_cast<std::uint32_t>(y), 0);
  check();
}

void TiffFile::end_directory() {
  TIFFWriteDirectory(tiff_.get());
  check();
}

void TiffFile::commit() {
  tiff_.reset();
  check();
  file_.commit();
}

void TiffFile::check() const {
  if (!error_.empty()) file_.fail("cannot be written: " + error_);
}

}  // namespace sunny16::firmware
