#include "firmware/looks/look_cube.h"

#include <algorithm>
#include <tuple>
#include <type_traits>

#include "isp/core/fixed.h"

namespace sunny16::firmware {
namespace {

/// Those of the look stages that make a colour of a colour, in the line's order.
using ColourStages = std::tuple<isp::LookCurves, isp::HueSectors, isp::BwMixer, isp::SplitToning, isp::Lut3d>;

constexpr int kMost = isp::domain::DisplayRgb::max;

/// A row of display RGB that stages work on in place.
struct Row {
  explicit Row(std::size_t count) {
    for (auto& plane : planes) plane.resize(count + isp::kSlack);
    for (std::size_t i = 0; i < 3; ++i) rows[i] = reinterpret_cast<std::byte*>(planes[i].data());
  }
  std::array<std::vector<std::int16_t>, 3> planes;
  std::array<std::byte*, 3> rows{};
};

template <isp::RowStage Stage>
void run(const isp::Tunings& tunings, const isp::Conditions& conditions, Row& row, int count) {
  static_assert(std::is_same_v<typename Stage::In, isp::domain::DisplayRgb> &&
                std::is_same_v<typename Stage::Out, isp::domain::DisplayRgb> && Stage::shape.in_place);
  const auto registers = Stage::derive(std::get<typename Stage::Tuning>(tunings), conditions);
  if (!registers.enabled) return;
  isp::RowIo io;
  io.inputs[0] = {.rows = row.rows.data(), .window = 1, .border = 0};
  io.outputs = row.rows.data();
  Stage::reference_row(registers, io, {.x = 0, .y = 0, .count = count});
}

std::int16_t display_value(double v) { return static_cast<std::int16_t>(isp::round_half_up(v * kMost)); }

/// Display colours 0..1, as the look's colour stages make them of others.
std::vector<std::array<double, 3>> developed(const Look& look, const std::vector<std::array<double, 3>>& colours) {
  isp::Tunings tunings;
  isp::Conditions conditions;
  look.apply(tunings, conditions);
  Row row(colours.size());
  for (std::size_t i = 0; i < colours.size(); ++i)
    for (std::size_t c = 0; c < 3; ++c) row.planes[c][i] = display_value(colours[i][c]);
  const int count = static_cast<int>(colours.size());
  std::apply([&](auto... stage) { (run<decltype(stage)>(tunings, conditions, row, count), ...); }, ColourStages());
  std::vector<std::array<double, 3>> result(colours.size());
  for (std::size_t i = 0; i < colours.size(); ++i)
    for (std::size_t c = 0; c < 3; ++c) result[i][c] = row.planes[c][i] / double{kMost};
  return result;
}

double chroma(const std::array<double, 3>& colour) {
  return *std::ranges::max_element(colour) - *std::ranges::min_element(colour);
}

}  // namespace

isp::ColourCube cube_of(const Look& look, int size) {
  std::vector<std::array<double, 3>> nodes;
  const auto value = [size](int node) { return static_cast<double>(node) / (size - 1); };
  for (int b = 0; b < size; ++b)
    for (int g = 0; g < size; ++g)
      for (int r = 0; r < size; ++r) nodes.push_back({value(r), value(g), value(b)});
  return {size, developed(look, nodes)};
}

bool is_toned(const Look& look) {
  constexpr double kTint = 0.03, kLeft = 0.3;
  const std::vector<std::array<double, 3>> greys{{0.25, 0.25, 0.25}, {0.5, 0.5, 0.5}, {0.75, 0.75, 0.75}};
  const std::vector<std::array<double, 3>> skins{{0.76, 0.59, 0.51}, {0.45, 0.32, 0.27}};
  if (std::ranges::any_of(developed(look, greys), [](const auto& grey) { return chroma(grey) > kTint; })) return true;
  const auto after = developed(look, skins);
  return chroma(after[0]) < kLeft * chroma(skins[0]) && chroma(after[1]) < kLeft * chroma(skins[1]);
}

}  // namespace sunny16::firmware
