// EXIF data as libexif reads it, and the data of one picture.
#pragma once

#include <doctest/doctest.h>
#include <libexif/exif-data.h>

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "firmware/output/exif.h"
#include "firmware/output/picture_info.h"
#include "tests/sample_frame.h"

namespace sunny16 {

inline constexpr int kPictureWidth = 37, kPictureHeight = 23;

inline firmware::PictureInfo sample_info() {
  firmware::PictureInfo info = firmware::picture_info(sample_frame());
  info.look = {"signature", "authentic", "1.0.0", "0123456789abcdef"};
  return info;
}

/// What libexif makes of an EXIF block.
class Exif {
 public:
  /// `bytes` begins with "Exif\0\0".
  explicit Exif(const std::vector<std::byte>& bytes)
      : data_(exif_data_new_from_data(reinterpret_cast<const unsigned char*>(bytes.data()),
                                      static_cast<unsigned>(bytes.size())),
              &exif_data_unref) {}
  std::string text(ExifIfd ifd, ExifTag tag) const {
    std::array<char, 200> value{};
    ExifEntry* entry = exif_content_get_entry(data_->ifd[ifd], tag);
    return entry ? exif_entry_get_value(entry, value.data(), value.size()) : "none";
  }
  std::string rational(ExifTag tag) const {
    ExifEntry* entry = exif_content_get_entry(data_->ifd[EXIF_IFD_EXIF], tag);
    if (!entry) return "none";
    const ExifRational r = exif_get_rational(entry->data, exif_data_get_byte_order(data_.get()));
    return std::to_string(r.numerator) + "/" + std::to_string(r.denominator);
  }
  int number(ExifIfd ifd, ExifTag tag) const {
    ExifEntry* entry = exif_content_get_entry(data_->ifd[ifd], tag);
    return entry ? exif_get_short(entry->data, exif_data_get_byte_order(data_.get())) : -1;
  }

 private:
  std::unique_ptr<ExifData, decltype(&exif_data_unref)> data_;
};

inline void check_exif(const Exif& exif) {
  CHECK(exif.text(EXIF_IFD_0, EXIF_TAG_MAKE) == "Sunny");
  CHECK(exif.text(EXIF_IFD_0, EXIF_TAG_MODEL) == "Camera 16");
  CHECK(exif.text(EXIF_IFD_0, EXIF_TAG_SOFTWARE) == firmware::software());
  CHECK(exif.text(EXIF_IFD_0, EXIF_TAG_IMAGE_DESCRIPTION) == "look signature/authentic 1.0.0");
  CHECK(exif.number(EXIF_IFD_0, EXIF_TAG_ORIENTATION) == 6);
  CHECK(exif.text(EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL) == "2024:05:01 12:34:56");
  CHECK(exif.rational(EXIF_TAG_EXPOSURE_TIME) == "1/60");
  CHECK(exif.rational(EXIF_TAG_FNUMBER) == "9/5");
  CHECK(exif.rational(EXIF_TAG_FOCAL_LENGTH) == "237/50");
  CHECK(exif.number(EXIF_IFD_EXIF, EXIF_TAG_ISO_SPEED_RATINGS) == 250);
  CHECK(exif.number(EXIF_IFD_EXIF, EXIF_TAG_COLOR_SPACE) == 1);
  CHECK(exif.number(EXIF_IFD_EXIF, EXIF_TAG_PIXEL_X_DIMENSION) == kPictureWidth);
}

/// As JPEG has it.
inline std::vector<std::byte> with_exif_header(const std::vector<std::byte>& block) {
  std::vector<std::byte> out;
  for (const char c : {'E', 'x', 'i', 'f', '\0', '\0'}) out.push_back(static_cast<std::byte>(c));
  out.insert(out.end(), block.begin(), block.end());
  return out;
}

}  // namespace sunny16
