// Pictures as files. Each function writes aside and renames (AtomicFile), and throws OutputError.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "firmware/output/picture_info.h"
#include "isp/core/plane.h"

namespace sunny16::firmware {

/// Interleaved sRGB pixels: the view's width is three times the picture's.
using Rgb8 = isp::PlaneView<const std::uint8_t>;
using Rgb16 = isp::PlaneView<const std::uint16_t>;

struct JpegOptions {
  int quality = 93;           ///< 1..100
  bool halve_chroma = false;  ///< 4:2:0 instead of 4:4:4
};

void write_jpeg(const std::filesystem::path& path, Rgb8 picture, const PictureInfo& info,
                const JpegOptions& options = {});
/// The same file in memory.
std::vector<std::byte> jpeg_bytes(Rgb8 picture, const PictureInfo& info, const JpegOptions& options = {});

void write_png(const std::filesystem::path& path, Rgb8 picture, const PictureInfo& info);
void write_png(const std::filesystem::path& path, Rgb16 picture, const PictureInfo& info);

void write_tiff(const std::filesystem::path& path, Rgb8 picture, const PictureInfo& info);
void write_tiff(const std::filesystem::path& path, Rgb16 picture, const PictureInfo& info);

/// Y, then interleaved CbCr (NV12), or Y, Cb and Cr (I420; the third plane has no rows in NV12). Bytes without any
/// header.
using YuvPlanes = std::array<isp::PlaneView<const std::uint8_t>, 3>;
void write_yuv(const std::filesystem::path& path, const YuvPlanes& planes);
/// A JPEG of I420 planes of BT.601 in full range, as JFIF defines it: a stream's picture, without EXIF data.
std::vector<std::byte> jpeg_bytes(const YuvPlanes& planes, int quality);

/// A DNG of the frame: its samples in 16 bits, levels, colour calibrations (one or two illuminants; sRGB's own
/// primaries if the frame has none), neutral, noise, shading, EXIF data. `preview`, if given, becomes the picture that
/// viewers show at once, and `look` says what it was developed with.
void write_dng(const std::filesystem::path& path, const hal::RawFrame& frame, std::optional<Rgb8> preview = {},
               const LookRecord& look = {});

enum class FileKind : std::uint8_t { jpeg, png, tiff, dng, i420, nv12 };

/// The kind that a name ends in: .jpg .jpeg .png .tif .tiff .dng .yuv (I420) .nv12, in any case. Throws OutputError for
/// others.
FileKind file_kind(const std::filesystem::path& path);

/// What a picture may be written from; each kind of file takes what it holds best.
struct PictureSource {
  std::optional<Rgb8> rgb8;
  std::optional<Rgb16> rgb16;
  std::optional<YuvPlanes> yuv;
  const hal::RawFrame* raw = nullptr;
};

/// Writes the kind of file that the name asks for. JPEG takes rgb8; PNG and TIFF rgb16 or else rgb8; .yuv and .nv12
/// yuv; DNG raw, and rgb8 as its preview. Throws OutputError if that is missing.
void write_picture(const std::filesystem::path& path, const PictureSource& picture, const PictureInfo& info,
                   const JpegOptions& jpeg = {});

}  // namespace sunny16::firmware
