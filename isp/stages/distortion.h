// Geometric distortion: out(p) = in(p + shift(p)), so that straight lines become straight.
//
// Domain: display R'G'B' -> display R'G'B', whole canonical frame. The shift is the radial part of the Brown-Conrady
// model (D. C. Brown, "Decentering distortion of lenses", 1966), in the form of DNG's WarpRectilinear opcode, plus an
// optional calibrated mesh. It stands in Registers as 33 x 33 nodes, with a ring of nodes around them, and is
// interpolated by Catmull-Rom between nodes, linearly within 8 pixels. Pictures are resampled by Catmull-Rom (see
// catmull_rom.h); beyond the frame its edge repeats.
#pragma once

#include "isp/stage/frame_stage.h"

namespace sunny16::isp {

struct DistortionTuning {
  bool enabled = true;
  std::array<double, 3> radial{};
  std::array<double, 2> centre{0.5, 0.5};
  double zoom = 1;
  int mesh_columns = 0;
  int mesh_rows = 0;
  std::vector<double> mesh_x, mesh_y;
};
template <>
struct Describe<DistortionTuning> {
  static constexpr auto fields = std::tuple{
      field<&DistortionTuning::enabled>("enabled", 0, 1, "", "Correct distortion where there is a calibration."),
      field<&DistortionTuning::radial>("radial", -1, 1, "ratio",
                                       "k1, k2 and k3: a corrected pixel at r from the centre is read at r (1 + k1 r^2 "
                                       "+ k2 r^4 + k3 r^6), where r is 1 in "
                                       "the corner farthest from the centre. Barrel distortion needs a negative k1."),
      field<&DistortionTuning::centre>("centre", 0, 1, "ratio", "The lens axis: fractions of width and height."),
      field<&DistortionTuning::zoom>("zoom", 0.5, 2, "ratio",
                                     "Enlargement, to hide what the correction pulls in at the edges."),
      field<&DistortionTuning::mesh_columns>("mesh_columns", 0, 33, "", "Columns of the mesh; 0: none."),
      field<&DistortionTuning::mesh_rows>("mesh_rows", 0, 33, "", "Rows of the mesh."),
      field<&DistortionTuning::mesh_x>(
          "mesh_x", -2048, 2048, "px",
          "How far to the right of each node of an even grid over the picture its pixel is read, row by row."),
      field<&DistortionTuning::mesh_y>("mesh_y", -2048, 2048, "px", "How far below.")};
};

struct Distortion {
  static constexpr std::string_view name = "geometric_distortion";
  using In = domain::DisplayRgb;
  using Out = domain::DisplayRgb;
  using Tuning = DistortionTuning;

  static constexpr int kCells = 32, kNodes = kCells + 3;  ///< a ring of nodes around 33 x 33
  /// Between multiples of this many pixels the shift is linear along a row.
  static constexpr int kBlockBits = 3, kBlock = 1 << kBlockBits;
  struct Registers {
    std::int64_t enabled = 0;
    std::int64_t block_step = 0, row_step = 0;                      ///< cells a block and cells a row, 32 fraction bits
    std::array<std::array<std::int32_t, kNodes>, kNodes> x{}, y{};  ///< shift at nodes, pixels, 16 fraction bits
  };

  static void reference_rows(const Registers&, const ConstFrameView<In>&, const FrameView<Out>&, int first, int end);
  static void fast_rows(const Registers&, const ConstFrameView<In>&, const FrameView<Out>&, int first, int end);
  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
