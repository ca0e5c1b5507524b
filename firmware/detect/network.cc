#include "firmware/detect/network.h"

namespace sunny16::firmware {

std::string shape_text(std::span<const std::int64_t> shape) {
  std::string text;
  for (const std::int64_t side : shape) text += (text.empty() ? "" : " x ") + (side > 0 ? std::to_string(side) : "?");
  return text.empty() ? "a scalar" : text;
}

std::size_t elements(std::span<const std::int64_t> shape, std::size_t most) {
  std::size_t product = 1;
  for (const std::int64_t side : shape) {
    if (side <= 0 || static_cast<std::size_t>(side) > most / product) return 0;
    product *= static_cast<std::size_t>(side);
  }
  return product;
}

}  // namespace sunny16::firmware
