// How the module sees colour over colour temperature: the matrices to sRGB, and the lens's shading.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "isp/core/conditions.h"
#include "isp/core/describe.h"

namespace sunny16::firmware {

struct CalibratedMatrix {
  double temperature = 5500;
  isp::Matrix3 matrix{1, 0, 0, 0, 1, 0, 0, 0, 1};
};

struct ColourModel {
  std::vector<CalibratedMatrix> matrices;

  /// White-balanced camera RGB to linear sRGB, interpolated over mired, rows summing to 1. Nothing without matrices.
  std::optional<isp::Matrix3> matrix_at(double temperature) const;
  std::string problem() const;
};

/// Red and blue gains over the frame relative to green under one illuminant; only their shape counts, the level is
/// white balance's.
struct ChromaShading {
  double temperature = 5500;
  std::vector<double> red, blue;
};

/// Vignetting, which is the glass's, times colour shading, which depends on the light. Node layout as in isp::GainMesh.
/// The lens_shading stage decides how much of the vignetting is undone.
struct ShadingModel {
  int columns = 0, rows = 0;
  std::vector<double> luminance;
  std::vector<ChromaShading> chroma;

  /// The gains under this light, smallest 1. Empty without a mesh.
  isp::GainMesh mesh_at(double temperature) const;
  std::string problem() const;
};

}  // namespace sunny16::firmware

namespace sunny16::isp {

template <>
struct Describe<firmware::CalibratedMatrix> {
  using M = firmware::CalibratedMatrix;
  static constexpr auto fields = std::tuple{
      field<&M::temperature>("temperature", 1000, 25000, "K", "Colour temperature of the light it was calibrated for."),
      field<&M::matrix>("matrix", -16, 16, "ratio",
                        "White-balanced camera RGB to linear sRGB, row by row; greys stay grey.")};
};

template <>
struct Describe<firmware::ColourModel> {
  static constexpr auto fields = std::tuple{field<&firmware::ColourModel::matrices>(
      "matrices", 0, 0, "", "Colour matrices by rising colour temperature; between them, interpolated over mired.")};
};

template <>
struct Describe<firmware::ChromaShading> {
  using C = firmware::ChromaShading;
  static constexpr auto fields = std::tuple{
      field<&C::temperature>("temperature", 1000, 25000, "K", "Colour temperature of the light it was calibrated for."),
      field<&C::red>("red", 0.1, 20, "ratio", "Gain of red relative to green, a node each, row by row."),
      field<&C::blue>("blue", 0.1, 20, "ratio", "Gain of blue relative to green, a node each, row by row.")};
};

template <>
struct Describe<firmware::ShadingModel> {
  using S = firmware::ShadingModel;
  static constexpr auto fields =
      std::tuple{field<&S::columns>("columns", 0, 33, "nodes", "Nodes across; 0 without a mesh."),
                 field<&S::rows>("rows", 0, 33, "nodes", "Nodes down; 0 without a mesh."),
                 field<&S::luminance>("luminance", 0.1, 20, "ratio", "Gain of green, a node each, row by row."),
                 field<&S::chroma>("chroma", 0, 0, "", "Colour shading by rising colour temperature.")};
};

}  // namespace sunny16::isp
