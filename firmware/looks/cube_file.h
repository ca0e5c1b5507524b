// Colour tables as .cube files: Adobe's Cube LUT Specification 1.0, and what other tools write beside it.
//
//   TITLE "name"            LUT_1D_SIZE 2..65536 or LUT_3D_SIZE 2..65
//   DOMAIN_MIN r g b        DOMAIN_MAX r g b: the inputs of the first and the last row; 0 and 1 unless they are given
//   then a row "r g b" for each node, red fastest. # begins a comment; lines may end in CR LF, and a BOM may begin the
//   file.
//
// The specification has one table in a file. Grading tools also write both, the 1D table first, which shapes the input
// of the 3D table, and LUT_1D_INPUT_RANGE or LUT_3D_INPUT_RANGE, one minimum and maximum for all channels, in place of
// the domain. Both are read. The specification's 3D tables go up to 256 nodes a side, 16.7 million; ours to what a
// colour cube holds.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "isp/core/colour_cube.h"

namespace sunny16::firmware {

using Rgb = std::array<double, 3>;

/// The inputs of a table's first and last node on each axis; others count as the nearer of them.
struct InputRange {
  Rgb minimum{0, 0, 0}, maximum{1, 1, 1};
  friend bool operator==(const InputRange&, const InputRange&) = default;
};

struct CubeFile {
  std::string title{};
  std::vector<Rgb> shaper{};  ///< 1D table: a curve for each channel; empty: none
  InputRange shaper_input{};
  isp::ColourCube cube{};  ///< 3D table, behind the shaper where both are there; of size 0: none
  InputRange cube_input{};

  /// What becomes of a colour: linear interpolation in the shaper, tetrahedral in the cube.
  Rgb apply(Rgb colour) const;
};

inline constexpr std::size_t kMostCubeBytes = std::size_t{16} << 20;
inline constexpr int kMost1dSize = 65536;

/// `name` is what messages call the text. Throws TuningError: "name:line: what was found, what is allowed".
CubeFile parse_cube(std::string_view text, std::string_view name);

CubeFile load_cube(const std::filesystem::path& file);

/// As the line takes it: the file's own nodes if they are all that it has, on 0..1; else `size` nodes of what it does.
isp::ColourCube to_colour_cube(const CubeFile& file, int size = isp::CubeTable::kMaxSize);

/// A file's text; parse_cube gives back the same nodes.
std::string cube_text(const isp::ColourCube& cube, std::string_view title);

}  // namespace sunny16::firmware
