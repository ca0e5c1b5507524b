#include "firmware/looks/look_cube.h"

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

}  // namespace

isp::ColourCube cube_of(const Look& look, int size) {
  isp::Tunings tunings;
  isp::Conditions conditions;
  look.apply(tunings, conditions);

  const int count = size * size * size;
  Row row(static_cast<std::size_t>(count));
  const auto value = [&](int node) {
    return static_cast<std::int16_t>(isp::round_half_up(static_cast<double>(node) * kMost / (size - 1)));
  };
  for (int i = 0; i < count; ++i)
    for (std::size_t c = 0, node = static_cast<std::size_t>(i); c < 3; ++c, node /= static_cast<std::size_t>(size))
      row.planes[c][static_cast<std::size_t>(i)] = value(static_cast<int>(node % static_cast<std::size_t>(size)));
  std::apply([&](auto... stage) { (run<decltype(stage)>(tunings, conditions, row, count), ...); }, ColourStages());

  isp::ColourCube cube{size, {}};
  const auto fraction = [&](std::size_t channel, std::size_t i) { return row.planes[channel][i] / double{kMost}; };
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
    cube.nodes.push_back({fraction(0, i), fraction(1, i), fraction(2, i)});
  return cube;
}

}  // namespace sunny16::firmware
