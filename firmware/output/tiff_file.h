// A TIFF file being written through libtiff: the common ground of TIFF and DNG.
#pragma once

#include <tiffio.h>

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <type_traits>

#include "firmware/output/atomic_file.h"
#include "firmware/output/picture_info.h"

namespace sunny16::firmware {

/// Throws OutputError with libtiff's own words when something cannot be written.
class TiffFile {
 public:
  explicit TiffFile(const std::filesystem::path& path);

  template <class T>
  void set(std::uint32_t tag, T value) {
    TIFFSetField(tiff_.get(), tag, value);
    check();
  }
  void set_text(std::uint32_t tag, const std::string& text) {
    if (!text.empty()) set(tag, text.c_str());
  }
  /// A tag of several values. Tags whose number is fixed take no count.
  template <class T>
  void set_array(std::uint32_t tag, std::span<const T> values) {
    const TIFFField* field = TIFFFieldWithTag(tiff_.get(), tag);
    if (field && TIFFFieldPassCount(field))
      TIFFSetField(tiff_.get(), tag, static_cast<int>(values.size()), values.data());
    else
      TIFFSetField(tiff_.get(), tag, values.data());
    check();
  }

  /// Declares tags that this version of libtiff may not know. `fields` must live as long as the file.
  void declare(std::span<const TIFFFieldInfo> fields);
  /// Description, make, model, date, software and orientation: the first directory's share of the picture's data.
  void set_camera(const PictureInfo& info);
  /// Writes the EXIF directory, and returns its place for the EXIFIFD tag. To be called before a directory is begun.
  std::uint64_t write_exif(const PictureInfo& info);
  void write_row(const void* row, int y);
  /// Ends a directory: the tags set from here on are the next one's.
  void end_directory();
  void commit();

 private:
  static int on_error(TIFF*, void* user, const char*, const char* format, va_list arguments);
  void check() const;

  AtomicFile file_;
  std::string error_;
  std::unique_ptr<TIFF, decltype(&TIFFClose)> tiff_{nullptr, &TIFFClose};
};

}  // namespace sunny16::firmware
