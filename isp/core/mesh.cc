#include "isp/core/mesh.h"

#include <vector>

#include "isp/core/exact_math.h"

namespace sunny16::isp {
namespace {

/// Linear interpolation at `position` (in nodes, within 0..count - 1) of `count` values, `stride` apart.
struct Interpolation {
  int left, right;
  double weight;
  Interpolation(double position, int count)
      : left(static_cast<int>(exact::clamp(exact::floor(position), 0, count - 1))),
        right(std::min(left + 1, count - 1)),
        weight(exact::clamp(position - left, 0, 1)) {}
};

/// How many nodes an axis of `pixels` active pixels keeps of `count`: cells no narrower than a quad. At least two
/// (equal ones where there is but one).
int kept_nodes(int count, int pixels) { return std::clamp(std::min(count, (pixels + 1) / 2), 2, Mesh::kMaxNodes); }

/// `origin` is the first active pixel and `parity` the plane's offset in the quad. An axis of one value stays at node
/// 0.
MeshAxis axis(int nodes, int origin, int pixels, int parity) {
  if (pixels < 3) return {};
  const double cells_per_pixel = (nodes - 1.0) / (pixels - 1.0);
  return {round_half_up((parity - origin) * cells_per_pixel * MeshAxis::kOne),
          round_half_up(2 * cells_per_pixel * MeshAxis::kOne)};
}

/// First quad whose node coordinate is `node` or more.
std::int32_t first_quad(const MeshAxis& axis, std::int64_t node) {
  constexpr std::int32_t kNever = 1 << 24;
  if (axis.step == 0) return node == 0 ? 0 : kNever;
  const std::int64_t distance = node * MeshAxis::kOne - axis.start;
  const std::int64_t floor = distance / axis.step - (distance % axis.step < 0 ? 1 : 0);
  return static_cast<std::int32_t>(floor + (floor * axis.step < distance ? 1 : 0));
}

}  // namespace

Mesh quantised_mesh(std::span<const double> values, int columns, int rows, const FrameGeometry& frame, Quad plane,
                    double scale) {
  Mesh mesh;
  const Rect& active = frame.active;
  const int kept_columns = kept_nodes(columns, active.width), kept_rows = kept_nodes(rows, active.height);
  mesh.columns = static_cast<std::uint32_t>(kept_columns);
  mesh.rows = static_cast<std::uint32_t>(kept_rows);
  mesh.x = axis(kept_columns, active.x, active.width, plane & 1);
  mesh.y = axis(kept_rows, active.y, active.height, plane >> 1);

  mesh.first.fill(first_quad({}, 1));
  for (int c = 0; c < kept_columns; ++c) mesh.first[static_cast<std::size_t>(c)] = first_quad(mesh.x, c);

  const auto value = [&](int row, int column) {
    return values[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column)];
  };
  for (int r = 0; r < kept_rows; ++r)
    for (int c = 0; c < kept_columns; ++c) {
      const Interpolation v(r * (rows - 1.0) / (kept_rows - 1.0), rows);
      const Interpolation h(c * (columns - 1.0) / (kept_columns - 1.0), columns);
      const double above = value(v.left, h.left) + (value(v.left, h.right) - value(v.left, h.left)) * h.weight;
      const double below = value(v.right, h.left) + (value(v.right, h.right) - value(v.right, h.left)) * h.weight;
      const double node = (above + (below - above) * v.weight) * scale;
      mesh.nodes[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)] =
          static_cast<std::int16_t>(round_half_up(exact::clamp(node, -32767, 32767)));
    }
  return mesh;
}

Mesh quantised_mean_gain(const GainMesh* mesh, const FrameGeometry& frame) {
  constexpr double kUnity = 1;
  if (mesh == nullptr || mesh->empty()) return quantised_mesh({&kUnity, 1}, 1, 1, frame, kR, MeshGain::one);
  std::vector<double> mean(mesh->gains[0].size());
  for (std::size_t i = 0; i < mean.size(); ++i)
    mean[i] = (mesh->gains[0][i] + mesh->gains[1][i] + mesh->gains[2][i] + mesh->gains[3][i]) / 4;
  return quantised_mesh(mean, mesh->columns, mesh->rows, frame, kR, MeshGain::one);
}

}  // namespace sunny16::isp
