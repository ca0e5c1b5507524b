#include <vector>

#include "firmware/output/picture_file.h"
#include "firmware/output/srgb_profile.h"
#include "firmware/output/tiff_file.h"

namespace sunny16::firmware {
namespace {

template <class Sample>
void write(const std::filesystem::path& path, isp::PlaneView<const Sample> picture, const PictureInfo& info) {
  TiffFile file(path);
  const std::uint64_t exif = file.write_exif(info);
  file.set(TIFFTAG_IMAGEWIDTH, picture.width / 3);
  file.set(TIFFTAG_IMAGELENGTH, picture.height);
  file.set(TIFFTAG_SAMPLESPERPIXEL, 3);
  file.set(TIFFTAG_BITSPERSAMPLE, 8 * static_cast<int>(sizeof(Sample)));
  file.set(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
  file.set(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  file.set(TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
  file.set(TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
  file.set(TIFFTAG_ZIPQUALITY, 3);  // sensor noise does not deflate: higher levels only cost time
  file.set(TIFFTAG_ROWSPERSTRIP, 64);
  file.set_camera(info);
  file.set_array<std::byte>(TIFFTAG_ICCPROFILE, srgb_profile());
  file.set(TIFFTAG_EXIFIFD, exif);

  std::vector<Sample> row;  // libtiff takes differences in place
  for (int y = 0; y < picture.height; ++y) {
    row.assign(picture.row(y), picture.row(y) + picture.width);
    file.write_row(row.data(), y);
  }
  file.end_directory();
  file.commit();
}

}  // namespace

void write_tiff(const std::filesystem::path& path, Rgb8 picture, const PictureInfo& info) {
  write(path, picture, info);
}
void write_tiff(const std::filesystem::path& path, Rgb16 picture, const PictureInfo& info) {
  write(path, picture, info);
}

}  // namespace sunny16::firmware
