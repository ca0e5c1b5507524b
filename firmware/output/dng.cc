// DNG 1.4. With a preview: the first directory holds the camera's data and the preview, its child the raw picture.
// Without one the first directory is both.
#include <algorithm>
#include <bit>
#include <vector>

#include "firmware/output/picture_file.h"
#include "firmware/output/tiff_file.h"
#include "hal/api/illuminant.h"
#include "hal/api/raw_sample.h"

namespace sunny16::firmware {
namespace {

constexpr std::uint32_t kForwardMatrix1 = 50964, kForwardMatrix2 = 50965, kOpcodeList2 = 51009, kNoiseProfile = 51041;
constexpr std::uint16_t kPhotometricCfa = 32803, kPhotometricLinearRaw = 34892;

/// Tags that libtiff does not know before 4.6.
std::span<const TIFFFieldInfo> newer_tags() {
  static std::array names{std::string("ForwardMatrix1"), std::string("ForwardMatrix2"), std::string("OpcodeList2"),
                          std::string("NoiseProfile")};
  static const std::array<TIFFFieldInfo, 4> tags{{
      {kForwardMatrix1, TIFF_VARIABLE, TIFF_VARIABLE, TIFF_SRATIONAL, FIELD_CUSTOM, 1, 1, names[0].data()},
      {kForwardMatrix2, TIFF_VARIABLE, TIFF_VARIABLE, TIFF_SRATIONAL, FIELD_CUSTOM, 1, 1, names[1].data()},
      {kOpcodeList2, TIFF_VARIABLE2, TIFF_VARIABLE2, TIFF_UNDEFINED, FIELD_CUSTOM, 1, 1, names[2].data()},
      {kNoiseProfile, TIFF_VARIABLE, TIFF_VARIABLE, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, names[3].data()},
  }};
  return tags;
}

/// Opcode lists are big-endian, whatever the file is.
class BigEndianWriter {
 public:
  template <class T>
  void integer(T v) {
    for (int shift = 8 * (static_cast<int>(sizeof(T)) - 1); shift >= 0; shift -= 8)
      bytes_.push_back(static_cast<std::uint8_t>(v >> shift & 0xFF));
  }
  void u32(std::size_t v) { integer(static_cast<std::uint32_t>(v)); }
  void f32(double v) { integer(std::bit_cast<std::uint32_t>(static_cast<float>(v))); }
  void f64(double v) { integer(std::bit_cast<std::uint64_t>(v)); }
  std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  std::vector<std::uint8_t> bytes_;
};

/// Columns and rows after which the colours repeat.
int period_of(const hal::RawFrame& frame) { return frame.monochrome ? 1 : 2 * frame.cell; }

isp::Quad channel_at(const hal::RawFrame& frame, int x, int y) {
  return isp::quad_plane(frame.raw.phase, x / frame.cell, y / frame.cell);
}

/// The mesh as GainMap opcodes, one for each place in a period of the pattern (DNG 1.6, chapter 7). Map positions are
/// fractions of the picture's side, in which pixel i's centre is (i + 1/2) / side; the mesh's outer nodes lie on the
/// outer pixels' centres.
std::vector<std::uint8_t> gain_map_opcodes(const hal::RawFrame& frame) {
  constexpr std::uint32_t kGainMap = 9, kSinceDng13 = 0x01030000, kOptional = 1;
  const isp::GainMesh& mesh = *frame.shading;
  const int width = frame.raw.width, height = frame.raw.height, period = period_of(frame);
  const auto columns = static_cast<std::size_t>(mesh.columns), rows = static_cast<std::size_t>(mesh.rows);
  const auto spacing = [](int nodes, int side) { return nodes > 1 ? (side - 1.0) / side / (nodes - 1) : 1.0; };
  BigEndianWriter out;
  out.integer(static_cast<std::uint32_t>(period * period));
  for (int y = 0; y < period; ++y)
    for (int x = 0; x < period; ++x) {
      out.u32(kGainMap);
      out.u32(kSinceDng13);
      out.u32(kOptional);
      out.u32(10 * 4 + 4 * 8 + 4 + 4 * rows * columns);
      const std::array<int, 10> area_and_points{y, x, height, width, 0, 1, period, period, mesh.rows, mesh.columns};
      for (const int v : area_and_points) out.integer(static_cast<std::uint32_t>(v));
      out.f64(spacing(mesh.rows, height));
      out.f64(spacing(mesh.columns, width));
      out.f64(0.5 / height);
      out.f64(0.5 / width);
      out.u32(1);  // planes of the map
      for (const double gain : mesh.gains[channel_at(frame, x, y)]) out.f32(gain);
    }
  return out.take();
}

std::array<float, 9> floats(const isp::Matrix3& m) {
  std::array<float, 9> out;
  std::ranges::transform(m, out.begin(), [](double v) { return static_cast<float>(v); });
  return out;
}

/// DNG demands a ColorMatrix: a camera of which nothing is known sees as sRGB's primaries would.
hal::ColourCalibration srgb_camera() {
  return {.illuminant_temperature = hal::illuminant_temperature(21),
          .xyz_to_camera = {3.2404542, -1.5371385, -0.4985314, -0.9692660, 1.8760108, 0.0415560, 0.0556434, -0.2040259,
                            1.0572252},
          .camera_to_xyz_d50 = {}};
}

void set_calibration(TiffFile& file, const hal::ColourCalibration& calibration, std::uint32_t illuminant,
                     std::uint32_t matrix, std::uint32_t forward) {
  file.set(illuminant, static_cast<int>(hal::nearest_illuminant(calibration.illuminant_temperature).code));
  file.set_array<float>(matrix, floats(calibration.xyz_to_camera));
  if (calibration.camera_to_xyz_d50) file.set_array<float>(forward, floats(*calibration.camera_to_xyz_d50));
}

/// What belongs to the file's first directory, whichever picture that is.
void set_first_directory(TiffFile& file, const hal::RawFrame& frame, const PictureInfo& info, std::uint64_t exif) {
  constexpr std::array<std::uint8_t, 4> kVersion{1, 4, 0, 0}, kReadableSince{1, 3, 0, 0};
  file.set_array<std::uint8_t>(TIFFTAG_DNGVERSION, kVersion);
  file.set_array<std::uint8_t>(TIFFTAG_DNGBACKWARDVERSION, kReadableSince);
  file.set_camera(info);
  file.set(TIFFTAG_EXIFIFD, exif);
  const std::string name = frame.make.empty() ? frame.model : frame.make + ' ' + frame.model;
  file.set_text(TIFFTAG_UNIQUECAMERAMODEL, !frame.unique_model.empty() ? frame.unique_model
                                           : name.empty()              ? "Sunny16"
                                                                       : name);

  if (frame.monochrome) return;  // has no colour to be described
  const std::size_t count = frame.calibrations.size();
  const hal::ColourCalibration first = count ? frame.calibrations.front() : srgb_camera();
  set_calibration(file, first, TIFFTAG_CALIBRATIONILLUMINANT1, TIFFTAG_COLORMATRIX1, kForwardMatrix1);
  if (count > 1)
    set_calibration(file, frame.calibrations.back(), TIFFTAG_CALIBRATIONILLUMINANT2, TIFFTAG_COLORMATRIX2,
                    kForwardMatrix2);
  if (frame.as_shot_neutral) {
    std::array<float, 3> neutral;
    std::ranges::transform(*frame.as_shot_neutral, neutral.begin(), [](double v) { return static_cast<float>(v); });
    file.set_array<float>(TIFFTAG_ASSHOTNEUTRAL, neutral);
  }
}

void write_preview(TiffFile& file, Rgb8 preview) {
  file.set(TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
  file.set(TIFFTAG_IMAGEWIDTH, preview.width / 3);
  file.set(TIFFTAG_IMAGELENGTH, preview.height);
  file.set(TIFFTAG_SAMPLESPERPIXEL, 3);
  file.set(TIFFTAG_BITSPERSAMPLE, 8);
  file.set(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  file.set(TIFFTAG_COMPRESSION, COMPRESSION_JPEG);
  file.set(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_YCBCR);
  file.set(TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);  // libtiff turns our RGB into YCbCr
  file.set(TIFFTAG_JPEGTABLESMODE, 0);  // one strip that is a whole JPEG file: readers hand it out as it is
  file.set(TIFFTAG_JPEGQUALITY, 85);
  file.set(TIFFTAG_ROWSPERSTRIP, preview.height);
  for (int y = 0; y < preview.height; ++y) file.write_row(preview.row(y), y);
  file.end_directory();
}

/// The pattern of colours, if there is one, and the black level of each of its places.
void set_pattern(TiffFile& file, const hal::RawFrame& frame) {
  const int period = period_of(frame);
  std::vector<std::uint8_t> colours;  // 0 red, 1 green, 2 blue
  std::vector<float> black;
  for (int y = 0; y < period; ++y)
    for (int x = 0; x < period; ++x) {
      constexpr std::array<std::uint8_t, 4> kColour{0, 1, 1, 2};
      colours.push_back(kColour[channel_at(frame, x, y)]);
      black.push_back(static_cast<float>(frame.black[channel_at(frame, x, y)]));
    }
  const std::array dimensions{static_cast<std::uint16_t>(period), static_cast<std::uint16_t>(period)};
  file.set(TIFFTAG_PHOTOMETRIC, frame.monochrome ? kPhotometricLinearRaw : kPhotometricCfa);
  if (!frame.monochrome) {
    file.set_array<std::uint16_t>(TIFFTAG_CFAREPEATPATTERNDIM, dimensions);
    file.set_array<std::uint8_t>(TIFFTAG_CFAPATTERN, colours);
    file.set(TIFFTAG_CFALAYOUT, 1);
  }
  file.set_array<std::uint16_t>(TIFFTAG_BLACKLEVELREPEATDIM, dimensions);
  file.set_array<float>(TIFFTAG_BLACKLEVEL, black);
}

void write_raw(TiffFile& file, const hal::RawFrame& frame) {
  const isp::RawView& raw = frame.raw;
  file.set(TIFFTAG_SUBFILETYPE, 0);
  file.set(TIFFTAG_IMAGEWIDTH, raw.width);
  file.set(TIFFTAG_IMAGELENGTH, raw.height);
  file.set(TIFFTAG_SAMPLESPERPIXEL, 1);
  file.set(TIFFTAG_BITSPERSAMPLE, 16);
  file.set(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  file.set(TIFFTAG_COMPRESSION, COMPRESSION_NONE);
  file.set(TIFFTAG_ROWSPERSTRIP, raw.height);
  set_pattern(file, frame);
  const std::array<std::uint32_t, 1> white{static_cast<std::uint32_t>(frame.white + 0.5)};
  file.set_array<std::uint32_t>(TIFFTAG_WHITELEVEL, white);
  if (frame.noise) {
    const std::array<double, 2> noise{frame.noise->shot, frame.noise->read};
    file.set_array<double>(kNoiseProfile, noise);
  }
  if (frame.shading && !frame.shading->empty()) file.set_array<std::uint8_t>(kOpcodeList2, gain_map_opcodes(frame));

  std::vector<std::uint16_t> row(static_cast<std::size_t>(raw.width));
  for (int y = 0; y < raw.height; ++y) {
    for (int x = 0; x < raw.width; ++x) row[static_cast<std::size_t>(x)] = hal::raw_sample(raw, x, y);
    file.write_row(row.data(), y);
  }
  file.end_directory();
}

}  // namespace

void write_dng(const std::filesystem::path& path, const hal::RawFrame& frame, std::optional<Rgb8> preview,
               const LookRecord& look) {
  PictureInfo info = picture_info(frame);
  info.look = look;
  TiffFile file(path);
  file.declare(newer_tags());
  const std::uint64_t exif = file.write_exif(info);
  file.declare(newer_tags());  // a new directory has forgotten them
  set_first_directory(file, frame, info, exif);
  if (preview) {
    const std::array<std::uint64_t, 1> child{0};  // filled in by libtiff
    file.set_array<std::uint64_t>(TIFFTAG_SUBIFD, child);
    write_preview(file, *preview);
    file.declare(newer_tags());
  }
  write_raw(file, frame);
  file.commit();
}

}  // namespace sunny16::firmware
