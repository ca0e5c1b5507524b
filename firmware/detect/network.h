// A neural network that runs on this machine: numbers in, numbers out. What they mean is read by ObjectDetector.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sunny16::firmware {

/// Numbers with a shape, the last dimension side by side.
struct Tensor {
  std::string name{};
  std::vector<std::int64_t> shape{};
  std::vector<float> values{};
};

/// "1 x 84 x 8400"
std::string shape_text(std::span<const std::int64_t> shape);
/// Product of the dimensions; 0 where one of them is not known, or the product exceeds `most`.
std::size_t elements(std::span<const std::int64_t> shape, std::size_t most);

/// Used by one thread at a time.
class Network {
 public:
  virtual ~Network() = default;
  /// All outputs, in the model's order. Throws DetectorError.
  virtual std::vector<Tensor> run(const Tensor& input) = 0;
};

}  // namespace sunny16::firmware
