#include "firmware/looks/cube_file.h"

#include <algorithm>

#include "firmware/looks/cube_parser.h"
#include "firmware/looks/folder_files.h"
#include "firmware/tuning/described_json.h"
#include "isp/core/exact_math.h"

namespace sunny16::firmware {
namespace {

namespace exact = isp::exact;

/// Where a value lies in its channel's range, 0..1.
double position(const InputRange& input, std::size_t channel, double v) {
  const double span = input.maximum[channel] - input.minimum[channel];
  return exact::clamp((v - input.minimum[channel]) / span, 0, 1);
}

Rgb shaped(const std::vector<Rgb>& table, const InputRange& input, Rgb colour) {
  for (std::size_t c = 0; c < 3; ++c) {
    const double at = position(input, c, colour[c]) * static_cast<double>(table.size() - 1);
    const std::size_t node = std::min(static_cast<std::size_t>(at), table.size() - 2);
    colour[c] = table[node][c] + (table[node + 1][c] - table[node][c]) * (at - static_cast<double>(node));
  }
  return colour;
}

}  // namespace

Rgb CubeFile::apply(Rgb colour) const {
  if (!shaper.empty()) colour = shaped(shaper, shaper_input, colour);
  if (cube.size == 0) return colour;
  for (std::size_t c = 0; c < 3; ++c) colour[c] = position(cube_input, c, colour[c]);
  return sample(cube, colour);
}

CubeFile parse_cube(std::string_view text, std::string_view name) { return CubeParser(text, name).parse(); }

CubeFile load_cube(const std::filesystem::path& file) {
  const FolderFiles folder(file.has_parent_path() ? file.parent_path() : ".");
  const std::string name = file.filename().string();
  return parse_cube(folder.read(name, kMostCubeBytes), name);
}

isp::ColourCube to_colour_cube(const CubeFile& file, int size) {
  if (file.shaper.empty() && file.cube_input == InputRange{}) return file.cube;
  isp::ColourCube result{size, {}};
  const double step = 1.0 / (size - 1);
  for (int b = 0; b < size; ++b)
    for (int g = 0; g < size; ++g)
      for (int r = 0; r < size; ++r) result.nodes.push_back(file.apply({r * step, g * step, b * step}));
  return result;
}

std::string cube_text(const isp::ColourCube& cube, std::string_view title) {
  std::string quotable(title);
  std::ranges::replace_if(
      quotable, [](unsigned char c) { return c < 0x20 || c == '"'; }, ' ');
  std::string text = quotable.empty() ? "" : "TITLE \"" + quotable + "\"\n";
  text += "LUT_3D_SIZE " + std::to_string(cube.size) + "\n";
  for (const Rgb& node : cube.nodes)
    text += number_text(node[0]) + " " + number_text(node[1]) + " " + number_text(node[2]) + "\n";
  return text;
}

}  // namespace sunny16::firmware
