#include "hal/replay/dng.h"

#include <libraw/libraw.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <ctime>
#include <string>

#include "hal/api/illuminant.h"
#include "hal/replay/dng_tags.h"
#include "hal/replay/gain_map.h"
#include "hal/replay/input_error.h"
#include "hal/replay/tiff_check.h"

namespace sunny16::hal {
namespace {

using isp::Matrix3;

/// LibRaw's count of places where the compressed data was wrong, and the first of them.
struct Damage {
  int count = 0;
  std::int64_t offset = 0;
};

void check(int status, const Damage& damage, std::string_view what) {
  if (damage.count)
    throw InputError("the picture data " + (damage.offset >= 0 ? "is damaged at byte " + std::to_string(damage.offset)
                                                               : std::string("ends early")));
  if (status == LIBRAW_FILE_UNSUPPORTED)
    throw InputError(
        "no raw picture that can be read; headerless data needs a raw format, as in 1920x1080:SRGGB10, or a sidecar");
  if (status != LIBRAW_SUCCESS) throw InputError(std::string(what) + ": " + libraw_strerror(status));
}

bool is_monochrome(const LibRaw& raw) {
  const libraw_iparams_t& camera = raw.imgdata.idata;
  return camera.filters == 0 && camera.colors == 1 && !camera.is_foveon;
}

/// The CFA phase at the active area's first pixel; of a monochrome picture, any. Only 2x2 patterns of three colours are
/// Bayer.
isp::CfaPhase bayer_phase(LibRaw& raw) {
  const libraw_iparams_t& camera = raw.imgdata.idata;
  if (camera.filters == 9) throw InputError("X-Trans colour filters; allowed are Bayer filters");
  if (raw.is_floating_point()) throw InputError("floating-point samples; allowed are integers of at most 16 bits");
  if (is_monochrome(raw)) return isp::CfaPhase::rggb;
  if (camera.is_foveon || camera.filters == 0)
    throw InputError("already demosaiced (linear) picture; allowed is a Bayer or a monochrome raw picture");
  if (camera.colors != 3 || raw.imgdata.rawdata.ioparams.fuji_width)
    throw InputError("colour filters that are not Bayer (" + std::string(camera.cdesc) + ")");

  std::string cell;
  for (int y = 0; y < 2; ++y)
    for (int x = 0; x < 2; ++x) cell += camera.cdesc[raw.COLOR(y, x)];
  const auto phase = isp::cfa_from_string(cell);
  for (int y = 0; y < 8; ++y)
    for (int x = 0; x < 8; ++x)
      if (!phase || camera.cdesc[raw.COLOR(y, x)] != cell[static_cast<std::size_t>(y % 2 * 2 + x % 2)])
        throw InputError("colour filters " + cell + "; allowed are RGGB, GRBG, GBRG and BGGR");
  return *phase;
}

void check_size(const libraw_image_sizes_t& sizes, const isp::Rect& active, std::size_t file_bytes) {
  const auto text = [](int w, int h) { return std::to_string(w) + "x" + std::to_string(h); };
  const auto allowed = [](int side) { return side >= isp::kMinSide && side <= isp::kMaxSide; };
  if (!allowed(sizes.raw_width) || !allowed(sizes.raw_height))
    throw InputError("picture of " + text(sizes.raw_width, sizes.raw_height) + "; allowed are sides from 2 to 16384");
  if (!allowed(active.width) || !allowed(active.height) || active.x + active.width > sizes.raw_width ||
      active.y + active.height > sizes.raw_height)
    throw InputError("active area of " + text(active.width, active.height) + " at column " + std::to_string(active.x) +
                     ", row " + std::to_string(active.y) + " in a picture of " +
                     text(sizes.raw_width, sizes.raw_height));
  // No codec of raw pictures reaches this ratio; a file that claims it would only cost memory.
  constexpr std::size_t kMostSamplesPerByte = 256;
  if (static_cast<std::size_t>(sizes.raw_width) * sizes.raw_height / kMostSamplesPerByte > file_bytes)
    throw InputError("the picture data ends early: " + std::to_string(file_bytes) + " bytes cannot hold " +
                     text(sizes.raw_width, sizes.raw_height));
}

/// Where the picture lies in the samples: as the file says. LibRaw moves an odd corner to an even one, but black levels
/// and gain maps count from the file's.
isp::Rect active_area(const libraw_image_sizes_t& sizes, const DngTags& tags) {
  return tags.active_area.value_or(isp::Rect{sizes.left_margin, sizes.top_margin, sizes.width, sizes.height});
}

/// Black at column x, row y of the active area, whose channel is LibRaw's `channel`: a common level, one a channel, and
/// a pattern of rows x columns from index 6 on.
double black_at(const libraw_data_t& data, int x, int y, int channel) {
  const auto total = [&](double common, const auto& levels, unsigned rows, unsigned columns) {
    double black = common + levels[channel];
    if (rows && columns && rows <= 8 && columns <= 8)
      black += levels[6 + static_cast<unsigned>(y) % rows * columns + static_cast<unsigned>(x) % columns];
    return black;
  };
  const libraw_dng_levels_t& dng = data.color.dng_levels;
  if (data.idata.dng_version)  // as written, with fractions
    return total(dng.dng_fblack, dng.dng_fcblack, dng.dng_cblack[4], dng.dng_cblack[5]);
  return total(data.color.black, data.color.cblack, data.color.cblack[4], data.color.cblack[5]);
}

void read_levels(const libraw_data_t& data, RawFrame& frame) {
  for (int y = 0; y < 2; ++y)
    for (int x = 0; x < 2; ++x) {
      constexpr std::array<int, 4> kLibRawChannel{0, 1, 3, 2};  // of R, Gr, Gb, B
      const isp::Quad plane = isp::quad_plane(frame.raw.phase, x, y);
      frame.black[plane] = black_at(data, x, y, kLibRawChannel[plane]);
    }
  const libraw_colordata_t& colour = data.color;
  const bool tagged = data.idata.dng_version && colour.dng_levels.dng_whitelevel[0] > 0;
  frame.white = tagged ? colour.dng_levels.dng_whitelevel[0] : colour.maximum;
  if (colour.raw_bps >= 8 && colour.raw_bps <= 16) frame.bits = static_cast<int>(colour.raw_bps);
  while (frame.bits < 16 && frame.white > std::exp2(frame.bits) - 1) ++frame.bits;
}

bool usable(const Matrix3& m) {
  const double determinant =
      m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]);
  return std::isfinite(determinant) && std::fabs(determinant) > 1e-6;
}

/// DNG's colour model: camera = AnalogBalance * CameraCalibration * ColorMatrix * XYZ. ForwardMatrix starts from
/// white-balanced RGB, where those diagonal factors cancel. LibRaw leaves zeros where the file has no such tag, and its
/// parsedfields do not say.
std::optional<ColourCalibration> calibration(const libraw_dng_color_t& colour, const libraw_dng_levels_t& levels) {
  const auto given = [](const auto& matrix) {
    return std::ranges::any_of(
        matrix, [](const auto& row) { return std::ranges::any_of(row, [](float v) { return v != 0; }); });
  };
  if (!given(colour.colormatrix)) return std::nullopt;
  ColourCalibration out;
  const double temperature = illuminant_temperature(colour.illuminant);
  out.illuminant_temperature = temperature > 0 ? temperature : illuminant_temperature(21);  // by custom, D65
  Matrix3 forward{};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) {
      double sum = 0;
      for (std::size_t k = 0; k < 3; ++k)
        sum += (given(colour.calibration) ? colour.calibration[i][k] : i == k) * colour.colormatrix[k][j];
      out.xyz_to_camera[3 * i + j] = sum * (levels.analogbalance[i] > 0 ? levels.analogbalance[i] : 1);
      forward[3 * i + j] = colour.forwardmatrix[i][j];
    }
  if (!usable(out.xyz_to_camera)) throw InputError("ColorMatrix is singular or not finite");
  if (given(colour.forwardmatrix)) {
    if (!usable(forward)) throw InputError("ForwardMatrix is singular or not finite");
    out.camera_to_xyz_d50 = forward;
  }
  return out;
}

void read_colour(const libraw_data_t& data, RawFrame& frame) {
  const libraw_colordata_t& colour = data.color;
  for (const libraw_dng_color_t& c : colour.dng_color)
    if (auto one = calibration(c, colour.dng_levels)) frame.calibrations.push_back(*one);
  std::ranges::sort(frame.calibrations, {}, &ColourCalibration::illuminant_temperature);
  if (frame.calibrations.empty()) {
    // LibRaw's own table of cameras, all for D65.
    ColourCalibration table{
        .illuminant_temperature = illuminant_temperature(21), .xyz_to_camera = {}, .camera_to_xyz_d50 = {}};
    for (std::size_t i = 0; i < 9; ++i) table.xyz_to_camera[i] = colour.cam_xyz[i / 3][i % 3];
    if (usable(table.xyz_to_camera)) frame.calibrations.push_back(table);
  }

  // cam_mul holds what a neutral needs to be multiplied by, as the file says it; zeros if it does not.
  const auto positive = [](double v) { return std::isfinite(v) && v > 0; };
  const float* gains = colour.cam_mul;
  if (positive(gains[0]) && positive(gains[1]) && positive(gains[2]))
    frame.as_shot_neutral = {gains[1] / gains[0], 1.0, gains[1] / gains[2]};
}

/// LibRaw's flip (1 mirrors columns, 2 mirrors rows, 4 transposes) as EXIF orientation.
int exif_orientation(int flip) {
  constexpr std::array<int, 8> kOrientation{1, 2, 4, 3, 5, 8, 6, 7};
  return kOrientation[static_cast<std::size_t>(flip & 7)];
}

std::string exif_date(std::time_t time) {
  std::tm broken_down{};
  std::array<char, 32> text{};
  if (time <= 0 || !localtime_r(&time, &broken_down)) return {};  // LibRaw read the camera's clock as local time
  std::strftime(text.data(), text.size(), "%Y:%m:%d %H:%M:%S", &broken_down);
  return text.data();
}

void read_exif(const libraw_data_t& data, RawFrame& frame) {
  const auto known = [](double v) { return std::isfinite(v) && v > 0 ? std::optional(v) : std::nullopt; };
  frame.applied.exposure_us = known(1e6 * data.other.shutter);
  frame.applied.analogue_gain = known(data.other.iso_speed / 100.0);
  frame.aperture = known(data.other.aperture);
  frame.focal_length_mm = known(data.other.focal_len);
  frame.orientation = exif_orientation(data.sizes.flip);
  frame.make = data.idata.make;
  frame.model = data.idata.model;
  frame.unique_model = data.color.UniqueCameraModel;
  frame.date_time = exif_date(data.other.timestamp);
}

/// The active area alone, rows without padding.
std::vector<std::byte> active_samples(const libraw_data_t& data, const isp::Rect& active) {
  const std::size_t row = 2 * static_cast<std::size_t>(active.width), rows = static_cast<std::size_t>(active.height);
  std::vector<std::byte> samples(row * rows);
  const auto* first = reinterpret_cast<const std::byte*>(data.rawdata.raw_image) +
                      static_cast<std::size_t>(active.y) * data.sizes.raw_pitch +
                      2 * static_cast<std::size_t>(active.x);
  for (std::size_t y = 0; y < rows; ++y) std::memcpy(samples.data() + y * row, first + y * data.sizes.raw_pitch, row);
  return samples;
}

}  // namespace

RawFrame frame_from_camera_file(std::vector<std::byte> bytes) {
  DngTags tags;
  if (is_tiff(bytes)) {
    check_tiff_directories(bytes);
    tags = read_dng_tags(bytes);
  }
  Damage damage;
  const auto raw = std::make_unique<LibRaw>();  // hundreds of KiB: too large for a stack
  raw->set_dataerror_handler(
      [](void* context, const char*, auto offset) {
        auto& noted = *static_cast<Damage*>(context);
        if (noted.count++ == 0) noted.offset = offset;
      },
      &damage);
  const libraw_image_sizes_t& sizes = raw->imgdata.sizes;
  if (tags.cell > 1) {
    const std::string side = std::to_string(tags.cell);
    throw InputError("cells of " + side + " x " + side + " pixels; develop a binned or remosaiced mode");
  }
  const int opened = raw->open_buffer(bytes.data(), bytes.size());
  check(opened, damage, "not readable");
  bayer_phase(*raw);  // what we cannot use is not decoded
  check_size(sizes, active_area(sizes, tags), bytes.size());
  const int unpacked = raw->unpack();
  check(unpacked, damage, "picture data not readable");
  if (!raw->imgdata.rawdata.raw_image) throw InputError("no Bayer samples of at most 16 bits");
  const isp::Rect active = active_area(sizes, tags);  // decoders may correct the sizes
  check_size(sizes, active, bytes.size());

  RawFrame frame;
  frame.monochrome = is_monochrome(*raw);
  frame.raw = {.bytes = {},
               .width = active.width,
               .height = active.height,
               .stride = 2 * static_cast<std::size_t>(active.width),
               .phase = isp::shifted(bayer_phase(*raw), active.x - sizes.left_margin, active.y - sizes.top_margin)};
  read_levels(raw->imgdata, frame);
  read_colour(raw->imgdata, frame);
  read_exif(raw->imgdata, frame);
  frame.noise = tags.noise;
  if (!tags.opcode_list2.empty())
    frame.shading = gain_mesh(tags.opcode_list2, active.width, active.height, frame.raw.phase);

  // From here on the file is not needed: without this, a 12-megapixel frame would be in memory three times.
  raw->recycle_datastream();
  std::vector<std::byte>().swap(bytes);
  frame.own(active_samples(raw->imgdata, active));
  return frame;
}

}  // namespace sunny16::hal
