// What a neural network on the sensor says of a frame (IMX500), as libcamera's CnnOutputTensor and CnnOutputTensorInfo
// have it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sunny16::hal {

struct NetworkOutput {
  std::string network;                             ///< its name
  std::vector<std::vector<std::uint32_t>> shapes;  ///< of each tensor
  std::vector<float> values;                       ///< of all tensors, one after the other
};

}  // namespace sunny16::hal
