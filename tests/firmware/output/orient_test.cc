// The eight EXIF orientations are a group, and pixels obey it.
#include <doctest/doctest.h>

#include <array>
#include <set>
#include <vector>

#include "firmware/output/orient.h"

namespace sunny16::firmware {
namespace {

std::array<Orientation, 8> all() {
  std::array<Orientation, 8> orientations;
  for (int code = 1; code <= 8; ++code) orientations[static_cast<std::size_t>(code - 1)] = Orientation::from_exif(code);
  return orientations;
}

using Image = isp::Image<std::uint8_t>;

/// Every byte its own value; columns x rows pixels.
Image numbered(int columns, int rows, int pixel_bytes) {
  Image image(columns * pixel_bytes, rows);
  int next = 0;
  for (int y = 0; y < rows; ++y)
    for (int x = 0; x < image.width(); ++x) image.row(y)[x] = static_cast<std::uint8_t>(next++);
  return image;
}

std::vector<std::vector<int>> rows_of(const Image& image) {
  std::vector<std::vector<int>> rows;
  for (int y = 0; y < image.height(); ++y) rows.emplace_back(image.row(y), image.row(y) + image.width());
  return rows;
}

Image turned(const Image& image, int pixel_bytes, Orientation orientation) {
  return oriented(image.view(), pixel_bytes, orientation);
}

TEST_CASE("EXIF codes and orientations are the same eight things") {
  std::set<std::array<bool, 3>> seen;
  for (int code = 1; code <= 8; ++code) {
    const Orientation o = Orientation::from_exif(code);
    CHECK(o.to_exif() == code);
    seen.insert({o.transpose, o.mirror_x, o.mirror_y});
  }
  CHECK(seen.size() == 8);
  for (const int wrong : {-1, 0, 9, 65535}) CHECK(Orientation::from_exif(wrong) == Orientation{});
}

TEST_CASE("orientations are a group") {
  for (const Orientation a : all()) {
    CHECK(a.then({}) == a);
    CHECK(Orientation{}.then(a) == a);
    int inverses = 0;
    for (const Orientation b : all()) {
      inverses += a.then(b) == Orientation{};
      for (const Orientation c : all()) CHECK(a.then(b).then(c) == a.then(b.then(c)));
    }
    CHECK(inverses == 1);
  }
  const Orientation quarter = Orientation::rotation(90);
  CHECK(quarter.then(quarter) == Orientation::rotation(180));
  CHECK(quarter.then(quarter).then(quarter) == Orientation::rotation(270));
  CHECK(quarter.then(Orientation::rotation(270)) == Orientation{});
}

TEST_CASE("a quarter turn goes clockwise, and pixels stay whole") {
  const std::vector<std::vector<int>> upright{{0, 1, 2}, {3, 4, 5}};
  REQUIRE(rows_of(numbered(3, 2, 1)) == upright);
  const std::vector<std::vector<int>> clockwise{{3, 0}, {4, 1}, {5, 2}}, mirrored{{2, 1, 0}, {5, 4, 3}};
  CHECK(rows_of(turned(numbered(3, 2, 1), 1, Orientation::rotation(90))) == clockwise);
  CHECK(rows_of(turned(numbered(3, 2, 1), 1, {.mirror_x = true})) == mirrored);
  const std::vector<std::vector<int>> pairs{{4, 5, 0, 1}, {6, 7, 2, 3}};
  CHECK(rows_of(turned(numbered(2, 2, 2), 2, Orientation::rotation(90))) == pairs);
}

TEST_CASE("pixels turned twice stand as the product of the turns says") {
  for (const int pixel_bytes : {1, 2, 3, 6}) {
    const Image image = numbered(5, 3, pixel_bytes);
    for (const Orientation a : all())
      for (const Orientation b : all())
        CHECK(rows_of(turned(turned(image, pixel_bytes, a), pixel_bytes, b)) ==
              rows_of(turned(image, pixel_bytes, a.then(b))));
  }
}

}  // namespace
}  // namespace sunny16::firmware
