#include "firmware/tuning/colour_model.h"

#include <algorithm>

#include "firmware/tuning/adaptive.h"

namespace sunny16::firmware {
namespace {

/// Neighbours of a colour temperature among calibrations, which rise.
template <class Calibration>
Between locate_temperature(const std::vector<Calibration>& calibrations, double temperature) {
  std::vector<double> temperatures;
  for (const Calibration& c : calibrations) temperatures.push_back(c.temperature);
  return locate(Axis::colour_temperature, temperatures, temperature);
}

template <class Calibration>
std::string rising(const std::vector<Calibration>& calibrations, std::string_view name) {
  for (std::size_t i = 1; i < calibrations.size(); ++i)
    if (!(calibrations[i].temperature > calibrations[i - 1].temperature))
      return "." + std::string(name) + "[" + std::to_string(i) +
             "].temperature: found one not above the one before, allowed rising";
  return {};
}

double determinant(const isp::Matrix3& m) {
  return m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]);
}

double smallest(const std::vector<double>& values) { return *std::min_element(values.begin(), values.end()); }

}  // namespace

std::optional<isp::Matrix3> ColourModel::matrix_at(double temperature) const {
  if (matrices.empty()) return std::nullopt;
  const Between between = locate_temperature(matrices, temperature);
  isp::Matrix3 m{};
  for (std::size_t i = 0; i < m.size(); ++i)
    m[i] = between.mix(matrices[between.first].matrix[i], matrices[between.second].matrix[i]);
  for (std::size_t row = 0; row < 9; row += 3) {
    const double sum = m[row] + m[row + 1] + m[row + 2];
    for (std::size_t i = row; i < row + 3; ++i) m[i] /= sum;
  }
  return m;
}

std::string ColourModel::problem() const {
  for (std::size_t i = 0; i < matrices.size(); ++i) {
    const isp::Matrix3& m = matrices[i].matrix;
    const std::string where = ".matrices[" + std::to_string(i) + "].matrix: ";
    for (std::size_t row = 0; row < 9; row += 3)
      if (const double sum = m[row] + m[row + 1] + m[row + 2]; !(sum > 0.9 && sum < 1.1))
        return where + "found a row with the sum " + std::to_string(sum) + ", allowed 0.9 .. 1.1 (greys stay grey)";
    if (const double d = determinant(m); !(d > 0.01))
      return where + "found the determinant " + std::to_string(d) +
             ", allowed above 0.01 (a singular matrix loses colours)";
  }
  return rising(matrices, "matrices");
}

isp::GainMesh ShadingModel::mesh_at(double temperature) const {
  isp::GainMesh mesh{.columns = columns, .rows = rows, .gains = {}};
  if (mesh.empty()) return mesh;

  std::vector<double> red = luminance, green = luminance, blue = luminance;
  if (!chroma.empty()) {
    const Between between = locate_temperature(chroma, temperature);
    const auto apply = [&](std::vector<double> ChromaShading::*channel, std::vector<double>& gains) {
      std::vector<double> table = chroma[between.first].*channel;
      for (std::size_t i = 0; i < table.size(); ++i)
        table[i] = between.mix(table[i], (chroma[between.second].*channel)[i]);
      const double level = smallest(table);
      for (std::size_t i = 0; i < table.size(); ++i) gains[i] *= table[i] / level;
    };
    apply(&ChromaShading::red, red);
    apply(&ChromaShading::blue, blue);
  }
  // No gain below 1: a saturated pixel must not fall below white and turn pink.
  const double level = std::min({smallest(red), smallest(green), smallest(blue)});
  for (std::vector<double>* gains : {&red, &green, &blue})
    for (double& gain : *gains) gain /= level;
  mesh.gains = {std::move(red), green, green, std::move(blue)};
  return mesh;
}

std::string ShadingModel::problem() const {
  if (columns == 0 && rows == 0 && luminance.empty() && chroma.empty()) return {};
  if (columns < 2 || rows < 2)
    return ": found a mesh of " + std::to_string(columns) + " x " + std::to_string(rows) +
           " nodes, allowed 2 .. 33 each";
  const auto nodes = static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  const auto wrong_size = [&](const std::vector<double>& table, const std::string& name) {
    return table.size() == nodes
               ? std::string()
               : "." + name + ": found " + std::to_string(table.size()) + " nodes, allowed " + std::to_string(nodes);
  };
  if (const auto problem = wrong_size(luminance, "luminance"); !problem.empty()) return problem;
  for (std::size_t i = 0; i < chroma.size(); ++i) {
    const std::string name = "chroma[" + std::to_string(i) + "]";
    if (const auto problem = wrong_size(chroma[i].red, name + ".red"); !problem.empty()) return problem;
    if (const auto problem = wrong_size(chroma[i].blue, name + ".blue"); !problem.empty()) return problem;
  }
  return rising(chroma, "chroma");
}

}  // namespace sunny16::firmware
