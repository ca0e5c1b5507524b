#include "firmware/output/picture_file.h"

#include <algorithm>
#include <string>
#include <utility>

#include "firmware/output/atomic_file.h"
#include "firmware/output/output_error.h"

namespace sunny16::firmware {

void write_yuv(const std::filesystem::path& path, const YuvPlanes& planes) {
  AtomicFile file(path);
  for (const auto& plane : planes)
    for (int y = 0; y < plane.height; ++y)
      file.write(std::as_bytes(std::span(plane.row(y), static_cast<std::size_t>(plane.width))));
  file.commit();
}

FileKind file_kind(const std::filesystem::path& path) {
  constexpr std::array<std::pair<std::string_view, FileKind>, 8> kKinds{{{".jpg", FileKind::jpeg},
                                                                         {".jpeg", FileKind::jpeg},
                                                                         {".png", FileKind::png},
                                                                         {".tif", FileKind::tiff},
                                                                         {".tiff", FileKind::tiff},
                                                                         {".dng", FileKind::dng},
                                                                         {".yuv", FileKind::i420},
                                                                         {".nv12", FileKind::nv12}}};
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c; });
  std::string allowed;
  for (const auto& [name, kind] : kKinds) {
    if (name == extension) return kind;
    allowed.append(" ").append(name);
  }
  throw OutputError(path.string() + ": unknown extension \"" + extension + "\"; allowed are" + allowed);
}

void write_picture(const std::filesystem::path& path, const PictureSource& picture, const PictureInfo& info,
                   const JpegOptions& jpeg) {
  const auto need = [&](bool present, std::string_view what) {
    if (!present) throw OutputError(path.string() + ": this kind of file is made from " + std::string(what));
  };
  switch (file_kind(path)) {
    case FileKind::jpeg:
      need(picture.rgb8.has_value(), "an 8-bit RGB picture");
      return write_jpeg(path, *picture.rgb8, info, jpeg);
    case FileKind::png:
      if (picture.rgb16) return write_png(path, *picture.rgb16, info);
      need(picture.rgb8.has_value(), "an RGB picture");
      return write_png(path, *picture.rgb8, info);
    case FileKind::tiff:
      if (picture.rgb16) return write_tiff(path, *picture.rgb16, info);
      need(picture.rgb8.has_value(), "an RGB picture");
      return write_tiff(path, *picture.rgb8, info);
    case FileKind::dng:
      need(picture.raw, "a raw frame");
      return write_dng(path, *picture.raw, picture.rgb8, info.look);
    case FileKind::i420:
      need(picture.yuv && (*picture.yuv)[2].height > 0, "an I420 picture");
      return write_yuv(path, *picture.yuv);
    case FileKind::nv12:
      need(picture.yuv && (*picture.yuv)[2].height == 0, "an NV12 picture");
      return write_yuv(path, *picture.yuv);
  }
}

}  // namespace sunny16::firmware
