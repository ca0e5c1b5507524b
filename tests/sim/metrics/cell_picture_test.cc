#include "sim/metrics/cell_picture.h"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

namespace sunny16::sim {
namespace {

TEST_CASE("A raw frame's cells are pixels, whatever the filter's phase") {
  for (const isp::CfaPhase phase :
       {isp::CfaPhase::rggb, isp::CfaPhase::grbg, isp::CfaPhase::gbrg, isp::CfaPhase::bggr}) {
    auto bytes = std::make_shared<std::vector<std::byte>>(5 * 3);  // an odd column and row
    hal::RawFrame frame;
    frame.storage = bytes;
    frame.black = {10, 20, 30, 40};
    frame.white = 110;
    for (int y = 0; y < 3; ++y)
      for (int x = 0; x < 5; ++x)
        (*bytes)[static_cast<std::size_t>(5 * y + x)] =
            std::byte(std::array{60, 65, 50, 33}[isp::quad_plane(phase, x, y)]);
    frame.raw = {*bytes, 5, 3, 5, isp::Packing::u8, phase};
    const CellPicture cells = cell_picture(frame);
    for (const auto& plane : cells.planes) {
      REQUIRE(plane.width() == 2);
      REQUIRE(plane.height() == 1);
    }
    for (int x = 0; x < 2; ++x) {
      CHECK(cells.planes[0].row(0)[x] == doctest::Approx(0.5));
      CHECK(cells.planes[1].row(0)[x] == doctest::Approx((0.5 + 0.25) / 2));
      CHECK(cells.planes[2].row(0)[x] == doctest::Approx(-0.1));
    }
  }
  CHECK(CellPicture::in_frame({3, 0}).x == 6.5);
}

}  // namespace
}  // namespace sunny16::sim
