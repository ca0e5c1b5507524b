// A look's colour table: tetrahedral interpolation in a cube of up to 33 x 33 x 33 nodes.
//
// Domain: display RGB -> display RGB, point-wise; the cube's axes are display values on 0..1. A cell of the cube is cut
// into six tetrahedra around its grey diagonal (Kasson, Nin, Plouffe, Hafner, 1995): with the parts of the three axes
// in the order f1 >= f2 >= f3, the path from the cell's darkest corner to its lightest goes along those axes in turn,
// and
//
//   v + strength * (n0 + f1 (n1 - n0) + f2 (n2 - n1) + f3 (n3 - n2))
//
// where a node holds what it adds to its own colour. So the identity changes nothing, exactly, and greys stay grey
// where the cube has them grey. Where Conditions ask for it, skin is spared all but the change of luma (skin_hue.h).
#pragma once

#include "isp/core/fixed.h"
#include "isp/stage/stage.h"

namespace sunny16::isp {

struct Lut3dTuning {
  bool enabled = true;
  double strength = 1;
};
template <>
struct Describe<Lut3dTuning> {
  static constexpr auto fields = std::tuple{
      field<&Lut3dTuning::enabled>("enabled", 0, 1, "", "Apply the look's colour table, where it has one."),
      field<&Lut3dTuning::strength>("strength", 0, 1, "ratio", "How much of the table's change is applied.")};
};

struct Lut3d {
  static constexpr std::string_view name = "lut_3d";
  using In = domain::DisplayRgb;
  using Out = domain::DisplayRgb;
  using Tuning = Lut3dTuning;
  struct Registers {
    std::uint16_t enabled = 0;
    Q<0, 15> strength, spared_skin;
    SharedTable<CubeTable> cube;  ///< empty changes nothing
    std::uint64_t hash(std::uint64_t seed) const {
      return cube.hash(hash_object(std::array<std::int32_t, 3>{enabled, strength.raw, spared_skin.raw}, seed));
    }
  };

  static constexpr PassShape shape = pointwise(Out::layout);
  static void reference_row(const Registers&, const RowIo&, Span);
  static void fast_row(const Registers&, const RowIo&, Span);
  using Passes = std::tuple<Lut3d>;

  static Registers derive(const Tuning&, const Conditions&);
};

}  // namespace sunny16::isp
