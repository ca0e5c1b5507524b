#include "firmware/control/scene/skin_patch.h"

#include <doctest/doctest.h>

namespace sunny16::firmware {
namespace {

struct Painted {
  ScenePicture picture;
  CellMask mask{};

  Painted() {
    for (ScenePicture::Cell& cell : picture.cells) cell.luminance = 0.1;
  }
  void box(int left, int top, int width, int height, double luminance) {
    for (int row = top; row < top + height; ++row)
      for (int column = left; column < left + width; ++column) {
        const auto i = static_cast<std::size_t>(row * ScenePicture::kColumns + column);
        mask[i] = true;
        picture.cells[i].luminance = luminance;
      }
  }
  SkinPatch patch() const { return largest_skin_patch(picture, mask); }
};

TEST_CASE("Nothing of skin's colour is no patch") {
  const SkinPatch none = Painted().patch();
  CHECK(none.share == 0);
  CHECK(none.fill == 0);
  CHECK(none.contrast == 0);
}

TEST_CASE("The largest of several patches is told: its share, its box, and how it stands out") {
  Painted painted;
  painted.box(2, 2, 3, 3, 0.9);
  painted.box(10, 5, 4, 6, 0.4);
  const SkinPatch patch = painted.patch();
  CHECK(patch.share == doctest::Approx(24.0 / (ScenePicture::kColumns * ScenePicture::kRows)));
  CHECK(patch.fill == 1);
  CHECK(patch.contrast == doctest::Approx(2));  // 0.4 in 0.1
}

TEST_CASE("A thin frame fills little of its box; corners do not connect") {
  Painted frame, corners;
  frame.box(4, 4, 8, 1, 0.1), frame.box(4, 11, 8, 1, 0.1), frame.box(4, 4, 1, 8, 0.1), frame.box(11, 4, 1, 8, 0.1);
  CHECK(frame.patch().fill == doctest::Approx(28.0 / 64));
  corners.box(4, 4, 2, 2, 0.1), corners.box(6, 6, 2, 2, 0.1);
  CHECK(corners.patch().share == doctest::Approx(4.0 / (ScenePicture::kColumns * ScenePicture::kRows)));
}

TEST_CASE("A picture that is all of skin's colour has nothing around it") {
  Painted all;
  all.box(0, 0, ScenePicture::kColumns, ScenePicture::kRows, 0.2);
  CHECK(all.patch().share == 1);
  CHECK(all.patch().contrast == 0);
}

}  // namespace
}  // namespace sunny16::firmware
