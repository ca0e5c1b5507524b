#include "isp/core/colour_cube.h"

#include <algorithm>

#include "isp/core/exact_math.h"
#include "isp/core/fixed.h"
#include "isp/core/layout.h"

namespace sunny16::isp {

std::array<double, 3> sample(const ColourCube& cube, const std::array<double, 3>& colour) {
  std::array<int, 3> cell;
  std::array<double, 3> part;
  for (std::size_t c = 0; c < 3; ++c) {
    const double position = exact::clamp(colour[c], 0, 1) * (cube.size - 1);
    cell[c] = std::min(static_cast<int>(position), cube.size - 2);
    part[c] = position - cell[c];
  }
  std::array<std::size_t, 3> order{0, 1, 2};
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return part[a] > part[b]; });

  std::array<double, 3> before = cube.nodes[cube.index(cell[0], cell[1], cell[2])], result = before;
  for (const std::size_t axis : order) {  // from corner to corner, the largest part first
    ++cell[axis];
    const std::array<double, 3>& after = cube.nodes[cube.index(cell[0], cell[1], cell[2])];
    for (std::size_t c = 0; c < 3; ++c) result[c] += part[axis] * (after[c] - before[c]);
    before = after;
  }
  return result;
}

SharedTable<CubeTable> quantised(const ColourCube& cube) {
  constexpr double kLargest = domain::DisplayRgb::max;
  auto table = std::make_shared<CubeTable>();
  const int size = std::min(cube.size, CubeTable::kMaxSize);
  table->size = static_cast<std::uint64_t>(size);
  const auto axis = [size](int node) { return static_cast<double>(node) / (size - 1); };
  std::size_t i = 0;
  for (int b = 0; b < size; ++b)
    for (int g = 0; g < size; ++g)
      for (int r = 0; r < size; ++r, ++i) {
        const std::array<double, 3> own{axis(r), axis(g), axis(b)};
        const std::array<double, 3> node = size == cube.size ? cube.nodes[i] : sample(cube, own);
        for (std::size_t c = 0; c < 3; ++c)
          table->change[i][c] =
              static_cast<std::int16_t>(round_half_up((exact::clamp(node[c], 0, 1) - own[c]) * kLargest));
      }
  return SharedTable<CubeTable>(std::move(table));
}

}  // namespace sunny16::isp
