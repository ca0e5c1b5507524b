#include "sim/reference/arbitrary.h"

namespace sunny16::sim {

isp::Conditions Draw::conditions() {
  isp::Conditions c;
  c.phase = static_cast<isp::CfaPhase>(whole(0, 3));
  c.packing = static_cast<isp::Packing>(whole(0, 4));
  const int width = whole(isp::kMinSide, 8000), height = whole(isp::kMinSide, 6000);
  c.frame = isp::FrameGeometry::canonical(width, height, c.phase);
  c.binning = whole(1, 2);
  for (double& level : c.black) level = real(0, 4096);
  c.white = real(4200, 65535);
  c.noise = {.shot = magnitude(1e-6, 1e-2), .read = magnitude(1e-10, 1e-3)};
  c.code = static_cast<isp::RawCode>(whole(0, 1));
  c.analogue_gain = magnitude(1, 64);
  c.colour_temperature = real(1500, 15000);
  c.lux = magnitude(0.01, 1e5);
  c.wb_gains = {magnitude(1, 8), magnitude(1, 8), magnitude(1, 8)};
  c.wb_gains[static_cast<std::size_t>(whole(0, 2))] = 1;
  c.digital_gain = magnitude(0.25, 8);
  for (std::size_t row = 0; row < 9; row += 3) {
    const double a = real(-2, 2), b = real(-2, 2);
    c.camera_to_srgb[row] = a, c.camera_to_srgb[row + 1] = b, c.camera_to_srgb[row + 2] = 1 - a - b;
  }
  if (whole(0, 2) > 0) {
    auto mesh = std::make_shared<isp::GainMesh>();
    mesh->columns = whole(2, 40), mesh->rows = whole(2, 40);
    for (auto& gains : mesh->gains)
      for (int i = 0; i < mesh->columns * mesh->rows; ++i) gains.push_back(real(0.5, 5));
    c.shading = std::move(mesh);
  }
  return c;
}

isp::ColourCube Draw::cube(int size) {
  isp::ColourCube cube{size, {}};
  for (int node = 0; node < size * size * size; ++node)
    cube.nodes.push_back({real(-0.1, 1.1), real(-0.1, 1.1), real(-0.1, 1.1)});
  return cube;
}

isp::Thumbnail Draw::thumbnail() {
  isp::Thumbnail thumbnail;
  for (int cell = 0; cell < isp::Thumbnail::kColumns * isp::Thumbnail::kRows; ++cell)
    thumbnail.cells.push_back({{magnitude(1e-3, 1), magnitude(1e-3, 1), magnitude(1e-3, 1)}, false});
  return thumbnail;
}

}  // namespace sunny16::sim
