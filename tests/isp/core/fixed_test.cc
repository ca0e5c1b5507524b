#include "isp/core/fixed.h"

#include <doctest/doctest.h>

namespace sunny16::isp {
namespace {

TEST_CASE("halves round up, negative ones too") {
  CHECK(round_half_up(0.5) == 1);
  CHECK(round_half_up(-0.5) == 0);
  CHECK(round_half_up(-1.5) == -1);
  CHECK(round_half_up(-1.6) == -2);
  CHECK(round_half_up(2.4999) == 2);
}

TEST_CASE("fixed point saturates, and never gives the most negative value") {
  CHECK(Q<3, 12>::real(1).raw == 4096);
  CHECK(Q<3, 12>::real(100).raw == 32767);
  CHECK(Q<3, 12>::real(-100).raw == -32767);
  CHECK(UQ<4, 12>::real(16).raw == 65535);
  CHECK(UQ<4, 12>::real(-1).raw == 0);
  CHECK(Q<0, 15>::real(-1).raw == -32767);
  CHECK(Q<0, 7>::real(1).raw == 127);
}

TEST_CASE("fixed point reads back within half a step") {
  for (double v = -7.9; v < 7.9; v += 0.0371) {
    const double error = Q<3, 12>::real(v).to_real() - v;
    CHECK(error >= -0.5 / 4096);
    CHECK(error <= 0.5 / 4096);
  }
}

}  // namespace
}  // namespace sunny16::isp
