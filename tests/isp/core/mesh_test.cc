#include "isp/core/mesh.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

using namespace sunny16::isp;

namespace {

/// A vignette with a different centre and strength for each channel.
GainMesh vignette(int columns, int rows, double strength) {
  GainMesh mesh{.columns = columns, .rows = rows, .gains = {}};
  for (std::size_t channel = 0; channel < 4; ++channel)
    for (int r = 0; r < rows; ++r)
      for (int c = 0; c < columns; ++c) {
        const double x = c / (columns - 1.0) - 0.5 - 0.02 * static_cast<double>(channel), y = r / (rows - 1.0) - 0.5;
        mesh.gains[channel].push_back(1 + strength * (x * x + y * y) * (1 + 0.1 * static_cast<double>(channel)));
      }
  return mesh;
}

/// Bilinear interpolation in real numbers at a pixel of the canonical frame.
double bilinear(const GainMesh& mesh, std::size_t channel, const Rect& active, int x, int y) {
  const double u = std::clamp((x - active.x) * (mesh.columns - 1.0) / (active.width - 1.0), 0.0, mesh.columns - 1.0);
  const double v = std::clamp((y - active.y) * (mesh.rows - 1.0) / (active.height - 1.0), 0.0, mesh.rows - 1.0);
  const int c = std::min(static_cast<int>(u), mesh.columns - 2), r = std::min(static_cast<int>(v), mesh.rows - 2);
  const auto at = [&](int row, int column) {
    return mesh.gains[channel][static_cast<std::size_t>(row * mesh.columns + column)];
  };
  const double above = at(r, c) + (at(r, c + 1) - at(r, c)) * (u - c);
  const double below = at(r + 1, c) + (at(r + 1, c + 1) - at(r + 1, c)) * (u - c);
  return above + (below - above) * (v - r);
}

}  // namespace

TEST_CASE("a gain mesh is within 1/4096 of bilinear interpolation in real numbers") {
  struct Case {
    int width, height, columns, rows;
  };
  for (const Case& c :
       {Case{4056, 3040, 33, 33}, Case{4056, 3040, 17, 13}, Case{16384, 64, 2, 2}, Case{641, 479, 16, 12}}) {
    CAPTURE(c.width);
    CAPTURE(c.columns);
    const GainMesh mesh = vignette(c.columns, c.rows, 4);
    for (const CfaPhase phase : {CfaPhase::rggb, CfaPhase::bggr}) {
      const FrameGeometry frame = FrameGeometry::canonical(c.width, c.height, phase);
      double worst = 0;
      for (const Quad plane : {kR, kGr, kGb, kB}) {
        const Mesh quantised = quantised_gains(mesh, plane, frame);
        for (int y = 0; y < frame.quad_rows(); y += 7)
          for (int x = 0; x < frame.quad_columns(); ++x) {
            const double gain = bilinear(mesh, plane, frame.active, 2 * x + (plane & 1), 2 * y + (plane >> 1));
            worst = std::max(worst, std::abs(quantised.at(x, y) / 4096.0 - gain) / gain);
          }
      }
      CHECK(worst <= 1.0 / 4096);
    }
  }
}

TEST_CASE("a mesh is constant beyond the frame and has no steps inside") {
  const FrameGeometry frame = FrameGeometry::canonical(1001, 601, CfaPhase::gbrg);
  const Mesh mesh = quantised_gains(vignette(9, 7, 3), kB, frame);
  CHECK(mesh.at(-40, 100) == mesh.at(-1, 100));
  CHECK(mesh.at(frame.quad_columns() + 40, 100) == mesh.at(frame.quad_columns(), 100));
  CHECK(mesh.at(100, -40) == mesh.at(100, -1));
  for (int x = -2; x < frame.quad_columns() + 2; ++x) CHECK(std::abs(mesh.at(x + 1, 50) - mesh.at(x, 50)) < 64);
}

TEST_CASE("a mesh finer than the registers or the frame is resampled") {
  const FrameGeometry frame = FrameGeometry::canonical(400, 300, CfaPhase::rggb);
  const GainMesh fine = vignette(65, 49, 2);
  const Mesh mesh = quantised_gains(fine, kGr, frame);
  CHECK(mesh.columns == 33);
  CHECK(mesh.rows == 33);
  CHECK(std::abs(mesh.at(30, 40) / 4096.0 - bilinear(fine, kGr, frame.active, 61, 80)) < 0.002);

  for (int side = 2; side < 9; ++side) {
    const FrameGeometry tiny = FrameGeometry::canonical(side, side, CfaPhase::bggr);
    const Mesh small = quantised_gains(fine, kR, tiny);
    CHECK(small.x.step <= MeshAxis::kOne);
    for (int x = 0; x < tiny.quad_columns(); ++x) CHECK(small.at(x, 0) >= 4096);
  }
}

TEST_CASE("the mean gain of no mesh is one") {
  const Mesh mesh = quantised_mean_gain(nullptr, FrameGeometry::canonical(64, 48, CfaPhase::rggb));
  CHECK(mesh.at(0, 0) == 4096);
  CHECK(mesh.at(31, 23) == 4096);
}

TEST_CASE("values saturate instead of wrapping") {
  const std::vector<double> values{-100, 100, 100, -100};
  const Mesh mesh = quantised_mesh(values, 2, 2, FrameGeometry::canonical(101, 101, CfaPhase::rggb), kR, 4096);
  CHECK(mesh.at(0, 0) == -32767);
  CHECK(mesh.at(50, 0) == 32767);
  CHECK(std::abs(mesh.at(25, 25)) <= 1);
}
