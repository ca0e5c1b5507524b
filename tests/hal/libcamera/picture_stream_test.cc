#include "hal/libcamera/picture_stream.h"

#include <doctest/doctest.h>

#include <array>
#include <vector>

using namespace sunny16;

namespace {

using Planes = std::vector<std::span<const std::byte>>;

libcamera::StreamConfiguration stream_of(const std::vector<std::string>& formats) {
  std::map<libcamera::PixelFormat, std::vector<libcamera::SizeRange>> offered;
  for (const std::string& format : formats)
    offered[libcamera::PixelFormat::fromString(format)] = {{{2, 2}, {3280, 2464}, 2, 2}};
  return libcamera::StreamConfiguration(libcamera::StreamFormats(offered));
}

/// The form of what is asked for, taken as it is.
hal::PictureForm form_of(const std::string& format, int width, int height, std::size_t stride) {
  libcamera::StreamConfiguration stream = stream_of({format});
  hal::ask_picture(stream, {3280, 2464}, width);
  stream.size = {static_cast<unsigned>(width), static_cast<unsigned>(height)};
  stream.stride = static_cast<unsigned>(stride);
  const auto form = hal::picture_form(stream);
  REQUIRE(form);
  return *form;
}

/// Two rows of two pixels of one colour, whose bytes lie as `pixel` says; Y, Cb and Cr of their picture.
std::array<int, 3> colour_of(const std::string& format, const std::vector<int>& pixel) {
  const std::size_t stride = 2 * pixel.size() + 3;
  std::vector<std::byte> bytes(2 * stride);
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t c = 0; c < pixel.size(); ++c)
      bytes[i / 2 * stride + i % 2 * pixel.size() + c] = static_cast<std::byte>(pixel[c]);
  const auto picture = hal::board_picture(form_of(format, 2, 2, stride), Planes{bytes});
  REQUIRE(picture);
  CHECK(picture->storage);
  return {picture->planes[0].row(1)[1], picture->planes[1].row(0)[0], picture->planes[2].row(0)[0]};
}

}  // namespace

TEST_CASE("planes are asked for where the stream has them, else RGB of the whole frame") {
  libcamera::StreamConfiguration stream = stream_of({"RGB888", "NV12", "YUV420"});
  hal::ask_picture(stream, {3280, 2464}, 640);
  CHECK(stream.pixelFormat.toString() == "YUV420");
  CHECK(stream.size == libcamera::Size(640, 480));
  hal::ask_picture(stream, {480, 240}, 640);
  CHECK(stream.size == libcamera::Size(480, 240));
  CHECK(hal::picture_form(stream)->planes() == 3);

  stream = stream_of({"ABGR8888", "XRGB8888"});
  hal::ask_picture(stream, {3280, 2464}, 640);
  CHECK(stream.size == libcamera::Size(3276, 2460));
  CHECK(stream.pixelFormat.toString() == "XRGB8888");
  CHECK(hal::picture_form(stream)->planes() == 1);
}

TEST_CASE("what a pipeline makes of the wish may be no picture of ours") {
  libcamera::StreamConfiguration stream = stream_of({"YUV420"});
  hal::ask_picture(stream, {640, 480}, 640);
  stream.size.width = 641;
  CHECK_FALSE(hal::picture_form(stream));
  stream.size.width = 640;
  stream.pixelFormat = libcamera::PixelFormat::fromString("MJPEG");
  CHECK_FALSE(hal::picture_form(stream));
}

TEST_CASE("a picture views its three planes, or is none") {
  const std::array<std::byte, 8 * 4> luma{};
  const std::array<std::byte, 4 * 2> chroma{};
  const hal::PictureForm form{.width = 6, .height = 4, .stride = 8};
  const auto picture = hal::board_picture(form, Planes{luma, chroma, chroma});
  REQUIRE(picture);
  CHECK(picture->planes[0].width == 6);
  CHECK(picture->planes[0].stride == 8);
  CHECK(picture->planes[2].width == 3);
  CHECK(picture->planes[2].height == 2);
  CHECK(picture->planes[2].stride == 4);
  CHECK(reinterpret_cast<const std::byte*>(picture->planes[1].data) == chroma.data());
  CHECK_FALSE(picture->storage);
  CHECK_FALSE(hal::board_picture(form, Planes{luma, chroma}));
  CHECK_FALSE(hal::board_picture({.width = 6, .height = 6, .stride = 8}, Planes{luma, chroma, chroma}));
  CHECK_FALSE(hal::board_picture({.width = 6, .height = 4, .stride = 4}, Planes{luma, chroma, chroma}));
}

TEST_CASE("RGB becomes JFIF's planes, whatever the order of its bytes") {
  CHECK(colour_of("BGR888", {255, 0, 0}) == std::array{77, 85, 255});  // red: Y 76.2, Cb 85.0, Cr 255.5
  CHECK(colour_of("RGB888", {0, 0, 255}) == std::array{77, 85, 255});
  CHECK(colour_of("XBGR8888", {255, 0, 0, 9}) == std::array{77, 85, 255});
  CHECK(colour_of("ARGB8888", {0, 0, 255, 9}) == std::array{77, 85, 255});
  CHECK(colour_of("RGB888", {255, 0, 0})[1] == 255);  // blue
  for (const int grey : {0, 1, 128, 255}) CHECK(colour_of("RGB888", {grey, grey, grey}) == std::array{grey, 128, 128});
}

TEST_CASE("RGB rows that are too short, or too few, are no picture") {
  const std::vector<std::byte> bytes(4 * 12);
  const auto refused = [&](hal::PictureForm form) { return !hal::board_picture(form, Planes{bytes}); };
  CHECK_FALSE(refused(form_of("RGB888", 4, 4, 12)));
  CHECK(refused(form_of("RGB888", 4, 6, 12)));
  CHECK(refused(form_of("RGB888", 4, 4, 11)));
  CHECK(refused(form_of("RGB888", 4, 4, 13)));
}
