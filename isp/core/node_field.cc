#include "isp/core/node_field.h"

#include "isp/core/exact_math.h"

namespace sunny16::isp {
namespace {

/// Blurs `count` vectors of `size` numbers, `stride` apart.
void blur_line(double* line, int count, std::size_t stride, std::size_t size, const std::vector<double>& weights) {
  std::vector<double> from(static_cast<std::size_t>(count) * size);
  for (int i = 0; i < count; ++i)
    std::copy_n(line + static_cast<std::size_t>(i) * stride, size, &from[static_cast<std::size_t>(i) * size]);
  const int reach = static_cast<int>(weights.size()) - 1;
  for (int i = 0; i < count; ++i) {
    double* const to = line + static_cast<std::size_t>(i) * stride;
    std::fill_n(to, size, 0.0);
    for (int k = -reach; k <= reach; ++k) {
      const double weight = weights[static_cast<std::size_t>(k < 0 ? -k : k)];
      const double* const v = &from[static_cast<std::size_t>(std::clamp(i + k, 0, count - 1)) * size];
      for (std::size_t n = 0; n < size; ++n) to[n] += weight * v[n];
    }
  }
}

}  // namespace

std::vector<double> gaussian_weights(double deviation) {
  const int reach = deviation > 0 ? static_cast<int>(3 * deviation + 0.999) : 0;
  std::vector<double> weights{1};
  double sum = 1;
  for (int i = 1; i <= reach; ++i) {
    weights.push_back(exact::exp(-0.5 * i * i / (deviation * deviation)));
    sum += 2 * weights.back();
  }
  for (double& weight : weights) weight /= sum;
  return weights;
}

NodeField::NodeField(const NodeGrid& grid, int values)
    : grid_(grid),
      values_(static_cast<std::size_t>(values)),
      nodes_(static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows) * values_) {}

std::span<double> NodeField::at(int column, int row) {
  const auto node =
      static_cast<std::size_t>(row) * static_cast<std::size_t>(grid_.columns) + static_cast<std::size_t>(column);
  return {&nodes_[node * values_], values_};
}

void NodeField::blur(double deviation) {
  const std::vector<double> weights = gaussian_weights(deviation);
  const std::size_t row = static_cast<std::size_t>(grid_.columns) * values_;
  for (int y = 0; y < grid_.rows; ++y) blur_line(at(0, y).data(), grid_.columns, values_, values_, weights);
  blur_line(nodes_.data(), grid_.rows, row, row, weights);
}

}  // namespace sunny16::isp
