// Picture files made with the libraries themselves, in every layout that read_picture reads.
#pragma once

#include <png.h>
#include <tiffio.h>

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <vector>

#include <jpeglib.h>

namespace sunny16::sim {

struct PngLayout {
  int colour_type = PNG_COLOR_TYPE_RGB, depth = 8;
  bool interlaced = false;
  std::vector<png_color> palette{};
  std::vector<png_byte> palette_opacity{};
};

/// `rows` as PNG stores them: packed, and big-endian.
inline void make_png(const std::filesystem::path& path, int width, int height, std::vector<std::uint8_t> rows,
                     const PngLayout& layout) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_init_io(png, file);
  png_set_IHDR(png, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height), layout.depth,
               layout.colour_type, layout.interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (!layout.palette.empty()) png_set_PLTE(png, info, layout.palette.data(), static_cast<int>(layout.palette.size()));
  if (!layout.palette_opacity.empty())
    png_set_tRNS(png, info, layout.palette_opacity.data(), static_cast<int>(layout.palette_opacity.size()), nullptr);
  png_write_info(png, info);
  std::vector<png_bytep> pointers;
  for (int y = 0; y < height; ++y)
    pointers.push_back(rows.data() + static_cast<std::size_t>(y) * rows.size() / static_cast<std::size_t>(height));
  png_write_image(png, pointers.data());
  png_write_end(png, nullptr);
  png_destroy_write_struct(&png, &info);
  std::fclose(file);
}

inline void make_jpeg(const std::filesystem::path& path, int width, int height, int colours,
                      std::vector<std::uint8_t> rows, bool progressive = false) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr errors{};
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_compress(&jpeg);
  jpeg_stdio_dest(&jpeg, file);
  jpeg.image_width = static_cast<JDIMENSION>(width), jpeg.image_height = static_cast<JDIMENSION>(height);
  jpeg.input_components = colours;
  jpeg.in_color_space = colours == 1 ? JCS_GRAYSCALE : colours == 3 ? JCS_RGB : JCS_CMYK;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, 100, TRUE);
  if (progressive) jpeg_simple_progression(&jpeg);
  jpeg_start_compress(&jpeg, TRUE);
  for (int y = 0; y < height; ++y) {
    JSAMPROW row = rows.data() + y * width * colours;
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  std::fclose(file);
}

struct TiffLayout {
  int samples = 3, bits = 8, format = SAMPLEFORMAT_UINT, photometric = PHOTOMETRIC_RGB;
  int compression = COMPRESSION_NONE, predictor = 0;
  int tile = 0;  ///< its side; 0: strips of `rows_per_strip`
  int rows_per_strip = 2;
  bool separate = false;
  int opacity = -1;  ///< EXTRASAMPLE_...; -1: none
};

/// `value(x, y, sample)` is what is stored, as T.
template <class T, class F>
void make_tiff(const std::filesystem::path& path, int width, int height, const TiffLayout& layout, F&& value) {
  TIFF* tiff = TIFFOpen(path.c_str(), "w");
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, layout.samples);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, layout.bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, layout.format);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, layout.photometric);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, layout.compression);
  if (layout.predictor) TIFFSetField(tiff, TIFFTAG_PREDICTOR, layout.predictor);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, layout.separate ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
  const auto opacity = static_cast<std::uint16_t>(layout.opacity);
  if (layout.opacity >= 0) TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &opacity);
  if (layout.tile) {
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, layout.tile);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, layout.tile);
  } else {
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, layout.rows_per_strip);
  }
  const int in_block = layout.separate ? 1 : layout.samples;
  const int block_width = layout.tile ? layout.tile : width,
            block_height = layout.tile ? layout.tile : layout.rows_per_strip;
  for (int first = 0; first < layout.samples; first += in_block)
    for (int top = 0; top < height; top += block_height)
      for (int left = 0; left < width; left += block_width) {
        const int rows = layout.tile ? block_height : std::min(block_height, height - top);
        std::vector<T> block;
        for (int y = top; y < top + rows; ++y)
          for (int x = left; x < left + block_width; ++x)
            for (int i = 0; i < in_block; ++i)
              block.push_back(x < width && y < height ? static_cast<T>(value(x, y, first + i)) : T{});
        const auto bytes = static_cast<tmsize_t>(block.size() * sizeof(T));
        const auto plane = static_cast<std::uint16_t>(first);
        const auto column = static_cast<std::uint32_t>(left), row = static_cast<std::uint32_t>(top);
        if (layout.tile)
          TIFFWriteEncodedTile(tiff, TIFFComputeTile(tiff, column, row, 0, plane), block.data(), bytes);
        else
          TIFFWriteEncodedStrip(tiff, TIFFComputeStrip(tiff, row, plane), block.data(), bytes);
      }
  TIFFClose(tiff);
}

}  // namespace sunny16::sim
