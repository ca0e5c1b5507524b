#include "sim/picture/write_picture.h"

#include <vector>

#include "firmware/output/tiff_file.h"

namespace sunny16::sim {

void write_picture(const std::filesystem::path& path, const isp::Image<float>& linear_rgb) {
  firmware::TiffFile file(path);
  file.set(TIFFTAG_IMAGEWIDTH, linear_rgb.width() / 3);
  file.set(TIFFTAG_IMAGELENGTH, linear_rgb.height());
  file.set(TIFFTAG_SAMPLESPERPIXEL, 3);
  file.set(TIFFTAG_BITSPERSAMPLE, 32);
  file.set(TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_IEEEFP);
  file.set(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
  file.set(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  file.set(TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
  file.set(TIFFTAG_PREDICTOR, PREDICTOR_FLOATINGPOINT);
  file.set(TIFFTAG_ROWSPERSTRIP, 64);
  file.set_text(TIFFTAG_IMAGEDESCRIPTION, "Linear light, sRGB primaries");

  std::vector<float> row;  // libtiff takes differences in place
  for (int y = 0; y < linear_rgb.height(); ++y) {
    row.assign(linear_rgb.row(y), linear_rgb.row(y) + linear_rgb.width());
    file.write_row(row.data(), y);
  }
  file.end_directory();
  file.commit();
}

}  // namespace sunny16::sim
