#include "firmware/output/frame_caption.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include "tests/sample_frame.h"

using namespace sunny16;
using firmware::add_frame;
using firmware::caption_of;
using firmware::PictureFrame;
using firmware::PictureInfo;

namespace {

using Picture = isp::Image<std::uint8_t>;

PictureInfo info_of(const std::string& make, const std::string& model) {
  PictureInfo info;
  info.make = make, info.model = model;
  return info;
}

/// Of every code, so that no pixel can pass for paper or ink by chance.
Picture noise(int columns, int rows) {
  Picture picture(3 * columns, rows);
  for (int y = 0; y < rows; ++y)
    for (int i = 0; i < 3 * columns; ++i)
      picture.row(y)[i] = static_cast<std::uint8_t>(static_cast<unsigned>(i + 3 * columns * y) * 2654435761u >> 24);
  return picture;
}

struct Framed {
  Framed(int columns, int rows, PictureInfo info, PictureFrame frame = PictureFrame::white)
      : original(noise(columns, rows)), picture(noise(columns, rows)), columns(columns), rows(rows) {
    add_frame(picture, info, frame);
    border = (picture.width() / 3 - columns) / 2;
    bottom = picture.height() - rows - border;
  }
  const std::uint8_t* pixel(int x, int y) const { return picture.row(y) + 3 * x; }
  bool is_bare(int x, int y) const { return pixel(x, y)[1] == pixel(0, 0)[1]; }
  /// Whether pixels of these columns of the picture have ink below it.
  bool written(int from, int to) const {
    for (int y = border + rows; y < picture.height(); ++y)
      for (int x = border + from; x < border + to; ++x)
        if (!is_bare(x, y)) return true;
    return false;
  }
  /// The pixels below the picture from a column on.
  std::vector<std::uint8_t> below(int from) const {
    std::vector<std::uint8_t> samples;
    for (int y = border + rows; y < picture.height(); ++y)
      samples.insert(samples.end(), pixel(border + from, y), pixel(border + columns, y));
    return samples;
  }

  Picture original, picture;
  int columns, rows, border, bottom;
};

PictureInfo sample() { return firmware::picture_info(sample_frame()); }

}  // namespace

TEST_CASE("a caption says camera, exposure and day as photographers write them") {
  PictureInfo info = sample();
  CHECK(caption_of(info).camera == "Sunny Camera 16");
  CHECK(caption_of(info).exposure == "1/60 s  f/1.8  ISO 250  2024-05-01");
  info.exposure_s = 0.5, info.aperture = 11, info.iso = 99.7;
  CHECK(caption_of(info).exposure == "0.5 s  f/11  ISO 100  2024-05-01");
  info.exposure_s = 30;
  CHECK(caption_of(info).exposure == "30 s  f/11  ISO 100  2024-05-01");
  info.exposure_s = 0.25;
  CHECK(caption_of(info).exposure == "1/4 s  f/11  ISO 100  2024-05-01");
}

TEST_CASE("a caption leaves out what is not known") {
  CHECK(caption_of({}).camera.empty());
  CHECK(caption_of({}).exposure.empty());
  CHECK(caption_of(info_of("", "imx477")).camera == "imx477");
  CHECK(caption_of(info_of("Sunny", "")).camera == "Sunny");
  CHECK(caption_of(info_of("Sunny", "Sunny 16")).camera == "Sunny 16");
  PictureInfo info;
  info.iso = 100;
  CHECK(caption_of(info).exposure == "ISO 100");
  info.exposure_s = 0, info.aperture = -1;
  for (const char* date :
       {"0000:00:00 00:00:00", "    :  :     :  :  ", "2024", "2024-05-01 00:00:00", "yesterday, late"}) {
    CAPTURE(date);
    info.date_time = date;
    CHECK(caption_of(info).exposure == "ISO 100");
  }
}

TEST_CASE("the picture's own pixels stay as they are") {
  for (const auto frame : {PictureFrame::white, PictureFrame::black}) {
    const Framed framed(601, 401, sample(), frame);
    for (int y = 0; y < framed.rows; ++y)
      REQUIRE(std::equal(framed.original.row(y), framed.original.row(y) + 3 * framed.columns,
                         framed.pixel(framed.border, framed.border + y)));
  }
}

TEST_CASE("the frame is plain, and broader below") {
  for (const auto frame : {PictureFrame::white, PictureFrame::black}) {
    const Framed framed(600, 400, sample(), frame);
    CHECK(framed.border == 16);
    CHECK(framed.bottom == 46);
    const int paper = frame == PictureFrame::white ? 255 : 0;
    for (int y = 0; y < framed.picture.height(); ++y)
      for (int x = 0; x < framed.picture.width() / 3; ++x) {
        const bool beside = x < framed.border || x >= framed.border + framed.columns || y < framed.border;
        for (int c = 0; beside && c < 3; ++c) REQUIRE(framed.pixel(x, y)[c] == paper);
      }
  }
}

TEST_CASE("a frame is in proportion to the shorter side") {
  const Framed wide(1200, 800, sample()), tall(800, 1200, sample()), small(600, 400, sample());
  CHECK(wide.border == tall.border);
  CHECK(wide.bottom == tall.bottom);
  CHECK(wide.border == 2 * small.border);
  CHECK(wide.bottom == 2 * small.bottom);
}

TEST_CASE("off changes nothing") {
  Picture picture = noise(60, 40);
  PictureInfo info = sample();
  info.faces = {60, 40, {{0.25, 0.25, 0.5, 0.5}}};
  add_frame(picture, info, PictureFrame::off);
  CHECK(picture.width() == 180);
  CHECK(picture.height() == 40);
  CHECK(info.faces.boxes[0] == std::array{0.25, 0.25, 0.5, 0.5});
}

TEST_CASE("the camera stands at the left, the exposure at the right, in smooth grey letters") {
  const Framed both(900, 600, sample());
  CHECK(both.written(0, 100));
  CHECK_FALSE(both.written(300, 400));
  CHECK(both.written(800, 900));
  CHECK_FALSE(Framed(900, 600, info_of("", "imx477")).written(450, 900));
  CHECK_FALSE(Framed(900, 600, {}).written(0, 900));

  std::set<int> tones;
  for (int y = both.border + both.rows; y < both.picture.height(); ++y)
    for (int x = 0; x < both.picture.width() / 3; ++x) {
      const std::uint8_t* p = both.pixel(x, y);
      REQUIRE((p[0] == p[1] && p[1] == p[2]));
      tones.insert(p[1]);
    }
  CHECK(*tones.begin() < 60);
  CHECK(tones.size() > 20);
}

TEST_CASE("letters keep clear of the picture and of the edge") {
  const Framed framed(900, 600, sample());
  for (int y = framed.border + framed.rows; y < framed.picture.height(); ++y) {
    const int from_picture = y - framed.border - framed.rows, from_edge = framed.picture.height() - 1 - y;
    if (from_picture >= framed.bottom / 4 && from_edge >= framed.bottom / 4) continue;
    for (int x = 0; x < framed.picture.width() / 3; ++x) REQUIRE(framed.is_bare(x, y));
  }
}

TEST_CASE("a name that does not fit is shortened, and the exposure stays whole") {
  PictureInfo info = sample();
  info.make.clear(), info.model.clear();
  const Framed nameless(900, 600, info);
  info.model = std::string(5000, 'W');
  const Framed long_named(900, 600, info);
  CHECK(long_named.written(0, 100));
  int start = 0;
  while (!nameless.written(start, start + 1)) ++start;
  CHECK(start > 400);
  CHECK(long_named.below(start - 4) == nameless.below(start - 4));
  CHECK_FALSE(long_named.written(start - 8, start));
}

TEST_CASE("an exposure that does not fit is shortened, and leaves the camera a place") {
  const Framed narrow(240, 2400, sample());
  CHECK(narrow.written(0, 60));
  CHECK(narrow.written(180, 240));
}

TEST_CASE("letters that could not be read are left out") {
  CHECK_FALSE(Framed(300, 200, sample()).written(0, 300));
  const Framed dot(1, 1, sample());
  CHECK(dot.picture.width() == 3 * 3);
  CHECK(dot.picture.height() == 3);
}

TEST_CASE("strange names of files are written on one line") {
  const Framed plain(900, 600, info_of("", "ab cd"));
  CHECK(Framed(900, 600, info_of("", "ab\ncd")).below(400) == plain.below(400));
  CHECK_NOTHROW(Framed(900, 600, info_of("\xff\xfe", "\xc3")));
  CHECK_NOTHROW(Framed(900, 600, info_of("", "<b>&amp;</b> \xe2\x80\xae \x01")));
}

TEST_CASE("the same picture gets the same frame each time") {
  CHECK(Framed(900, 600, sample()).below(0) == Framed(900, 600, sample()).below(0));
}

TEST_CASE("faces move with the picture") {
  Picture picture = noise(600, 400);
  PictureInfo info = sample();
  info.faces = {600, 400, {{0, 0, 1, 1}, {0.5, 0.25, 0.1, 0.2}}};
  add_frame(picture, info, PictureFrame::white);
  const auto pixels = [&](std::size_t i) {
    const auto& [x, y, w, h] = info.faces.boxes[i];
    return std::array{x * info.faces.width, y * info.faces.height, w * info.faces.width, h * info.faces.height};
  };
  CHECK(info.faces.width == picture.width() / 3);
  CHECK(info.faces.height == picture.height());
  const std::array<double, 4> whole{16, 16, 600, 400}, face{316, 116, 60, 80};
  for (std::size_t k = 0; k < 4; ++k) {
    CHECK(pixels(0)[k] == doctest::Approx(whole[k]).epsilon(1e-9));
    CHECK(pixels(1)[k] == doctest::Approx(face[k]).epsilon(1e-9));
  }
}
