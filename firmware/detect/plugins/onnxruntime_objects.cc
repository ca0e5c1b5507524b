// Runs ONNX models with ONNX Runtime, on the processor.
#include <onnxruntime_cxx_api.h>

#include "firmware/detect/plugin.h"

namespace sunny16::firmware {
namespace {

constexpr std::size_t kMostValues = std::size_t{1} << 24;

Ort::Env& environment() {
  static Ort::Env environment(ORT_LOGGING_LEVEL_FATAL, "sunny16");
  return environment;
}

/// One thread: the others are the camera's.
Ort::SessionOptions options() {
  Ort::SessionOptions options;
  options.SetIntraOpNumThreads(1);
  return options;
}

/// Integers become floats: classes and counts are small.
std::vector<float> values_of(const Ort::Value& value, std::size_t count) {
  const auto copy = [&]<class T>(const T* from) { return std::vector<float>(from, from + count); };
  switch (value.GetTensorTypeAndShapeInfo().GetElementType()) {
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT:
      return copy(value.GetTensorData<float>());
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64:
      return copy(value.GetTensorData<std::int64_t>());
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32:
      return copy(value.GetTensorData<std::int32_t>());
    default:
      throw DetectorError("running the model: found an output of another type, allowed float32, int32 and int64");
  }
}

class OrtNetwork final : public Network {
 public:
  explicit OrtNetwork(std::span<const std::byte> model) try
      : session_(environment(), model.data(), model.size(), options()) {
    const Ort::AllocatorWithDefaultOptions allocator;
    for (std::size_t i = 0; i < session_.GetOutputCount(); ++i)
      outputs_.emplace_back(session_.GetOutputNameAllocated(i, allocator).get());
  } catch (const Ort::Exception& error) {
    throw DetectorError(std::string("no usable ONNX model: ONNX Runtime: ") + error.what());
  }

  std::vector<Tensor> run(const Tensor& input) override {
    std::vector<const char*> names;
    for (const std::string& name : outputs_) names.push_back(name.c_str());
    const char* const input_name = input.name.c_str();
    std::vector<Tensor> outputs;
    try {
      const auto memory = Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault);
      const Ort::Value value = Ort::Value::CreateTensor<float>(
          memory, const_cast<float*>(input.values.data()), input.values.size(), input.shape.data(), input.shape.size());
      const auto results = session_.Run({}, &input_name, &value, 1, names.data(), names.size());
      for (std::size_t i = 0; i < results.size(); ++i) {
        Tensor tensor{.name = outputs_[i], .shape = results[i].GetTensorTypeAndShapeInfo().GetShape()};
        tensor.values = values_of(results[i], elements(tensor.shape, kMostValues));
        outputs.push_back(std::move(tensor));
      }
    } catch (const Ort::Exception& error) {
      throw DetectorError(std::string("running the model: ONNX Runtime: ") + error.what());
    }
    return outputs;
  }

 private:
  Ort::Session session_;
  std::vector<std::string> outputs_;
};

std::unique_ptr<Network> open(std::span<const std::byte> model) { return std::make_unique<OrtNetwork>(model); }

}  // namespace
}  // namespace sunny16::firmware

const sunny16::firmware::Plugin sunny16_plugin{SUNNY16_VERSION, nullptr, sunny16::firmware::open};
