// Any bytes as an ONNX model, and as the names of its classes: a description of a picture, or a DetectorError.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>

#include "firmware/detect/detector.h"
#include "firmware/detect/onnx_file.h"

using namespace sunny16;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  try {
    const firmware::OnnxFile file = firmware::parse_onnx("model", {bytes.begin(), bytes.end()});
    if (file.width < 32 || file.width > 2048 || file.height < 32 || file.height > 2048) std::abort();
  } catch (const firmware::DetectorError&) {
  }
  firmware::labels_of_names({reinterpret_cast<const char*>(data), size});
  return 0;
}
