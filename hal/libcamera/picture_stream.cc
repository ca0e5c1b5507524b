#include "hal/libcamera/picture_stream.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace sunny16::hal {
namespace {

struct PictureFormat {
  std::string_view name;  ///< libcamera's, which is DRM's: bytes from the last letter to the first
  std::optional<RgbLayout> rgb;
};

constexpr RgbLayout kBgr24{3, 2, 1, 0}, kRgb24{3, 0, 1, 2}, kBgr32{4, 2, 1, 0}, kRgb32{4, 0, 1, 2};
/// The best first.
constexpr std::array kFormats{PictureFormat{"YUV420", {}},       PictureFormat{"BGR888", kRgb24},
                              PictureFormat{"RGB888", kBgr24},   PictureFormat{"XBGR8888", kRgb32},
                              PictureFormat{"XRGB8888", kBgr32}, PictureFormat{"ABGR8888", kRgb32},
                              PictureFormat{"ARGB8888", kBgr32}};

bool holds(std::span<const std::byte> plane, std::size_t stride, std::size_t row_bytes, int rows) {
  return rows > 0 && stride >= row_bytes && plane.size() >= stride * static_cast<std::size_t>(rows - 1) + row_bytes;
}

/// Y of a pixel, and a quad's chroma, by JFIF's matrix in 8 and 10 bits of fraction.
std::uint8_t luma(int r, int g, int b) { return static_cast<std::uint8_t>((77 * r + 150 * g + 29 * b + 128) >> 8); }
std::uint8_t chroma(int weighted_sum) {  // of four pixels, within +-128 * 1020
  constexpr int kMiddle = 128 << 10, kHalf = (1 << 9) - 1;
  return static_cast<std::uint8_t>((weighted_sum + kMiddle + kHalf) >> 10);
}

BoardPicture planes_of_rgb(const PictureForm& form, std::span<const std::byte> pixels) {
  const RgbLayout& rgb = *form.rgb;
  const auto width = static_cast<std::size_t>(form.width), height = static_cast<std::size_t>(form.height);
  const auto samples = std::make_shared<std::vector<std::uint8_t>>(width * height * 3 / 2);
  std::uint8_t *y = samples->data(), *cb = y + width * height, *cr = cb + width * height / 4;
  BoardPicture picture{.storage = samples,
                       .planes = {{{y, form.width, form.height, form.width},
                                   {cb, form.width / 2, form.height / 2, form.width / 2},
                                   {cr, form.width / 2, form.height / 2, form.width / 2}}}};
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(pixels.data());
  for (std::size_t row = 0; row < height; row += 2)
    for (std::size_t column = 0; column < width; column += 2) {
      int r = 0, g = 0, b = 0;
      for (const std::size_t dy : {0, 1})
        for (const std::size_t dx : {0, 1}) {
          const std::uint8_t* const pixel =
              bytes + (row + dy) * form.stride + (column + dx) * static_cast<std::size_t>(rgb.bytes);
          y[(row + dy) * width + column + dx] = luma(pixel[rgb.red], pixel[rgb.green], pixel[rgb.blue]);
          r += pixel[rgb.red], g += pixel[rgb.green], b += pixel[rgb.blue];
        }
      *cb++ = chroma(-43 * r - 85 * g + 128 * b);
      *cr++ = chroma(128 * r - 107 * g - 21 * b);
    }
  return picture;
}

}  // namespace

void ask_picture(libcamera::StreamConfiguration& stream, const libcamera::Size& frame, int width) {
  const auto offered = stream.formats().pixelformats();
  const auto best = std::ranges::find_if(kFormats, [&](const PictureFormat& format) {
    return std::ranges::any_of(offered, [&](const auto& each) { return each.toString() == format.name; });
  });
  const PictureFormat& format = best == kFormats.end() ? kFormats.front() : *best;
  stream.pixelFormat = libcamera::PixelFormat::fromString(std::string(format.name));
  if (format.rgb) {
    constexpr unsigned kBorder = 4;  // columns and rows without neighbours, of which it makes nothing
    stream.size = {frame.width - kBorder, frame.height - kBorder};
  } else {
    const unsigned columns = std::min(static_cast<unsigned>(width), frame.width) / 2 * 2;
    const auto rows = static_cast<unsigned>(std::uint64_t{columns} * frame.height / frame.width) / 2 * 2;
    stream.size = {columns, std::max(rows, 2u)};
  }
  stream.colorSpace = format.rgb ? libcamera::ColorSpace::Srgb : libcamera::ColorSpace::Sycc;
}

std::optional<PictureForm> picture_form(const libcamera::StreamConfiguration& stream) {
  const auto format = std::ranges::find(kFormats, stream.pixelFormat.toString(), &PictureFormat::name);
  if (format == kFormats.end() || stream.size.width % 2 != 0 || stream.size.height % 2 != 0) return std::nullopt;
  return PictureForm{static_cast<int>(stream.size.width), static_cast<int>(stream.size.height), stream.stride,
                     format->rgb};
}

std::optional<BoardPicture> board_picture(const PictureForm& form, std::span<const std::span<const std::byte>> planes) {
  if (form.width < 2 || form.height < 2 || planes.size() != form.planes()) return std::nullopt;
  if (form.rgb) {
    const auto row_bytes = static_cast<std::size_t>(form.width) * static_cast<std::size_t>(form.rgb->bytes);
    if (!holds(planes[0], form.stride, row_bytes, form.height)) return std::nullopt;
    return planes_of_rgb(form, planes[0]);
  }
  BoardPicture picture;
  for (std::size_t i = 0; i < planes.size(); ++i) {
    const int part = i == 0 ? 1 : 2;
    const int width = form.width / part, height = form.height / part;
    const std::size_t stride = form.stride / static_cast<std::size_t>(part);
    if (!holds(planes[i], stride, static_cast<std::size_t>(width), height)) return std::nullopt;
    picture.planes[i] = {reinterpret_cast<const std::uint8_t*>(planes[i].data()), width, height,
                         static_cast<std::ptrdiff_t>(stride)};
  }
  return picture;
}

}  // namespace sunny16::hal
