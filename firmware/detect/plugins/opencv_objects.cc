// Runs ONNX models with OpenCV's dnn module, where there is no ONNX Runtime: Debian 12.
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/dnn.hpp>

#include "firmware/detect/plugin.h"

namespace sunny16::firmware {
namespace {

/// OpenCV tells errors in several lines, file and function first.
DetectorError one_line(const char* what, const cv::Exception& error) {
  std::string text = error.err.empty() ? error.what() : error.err;
  for (char& c : text)
    if (c == '\n') c = ' ';
  return DetectorError(std::string(what) + ": OpenCV: " + text);
}

class OpencvNetwork final : public Network {
 public:
  explicit OpencvNetwork(std::span<const std::byte> model) {
    try {
      net_ = cv::dnn::readNetFromONNX(reinterpret_cast<const char*>(model.data()), model.size());
      outputs_ = net_.getUnconnectedOutLayersNames();
    } catch (const cv::Exception& error) {
      throw one_line("no usable ONNX model", error);
    }
    if (net_.empty() || outputs_.empty()) throw DetectorError("no usable ONNX model: OpenCV finds no layers in it");
  }

  std::vector<Tensor> run(const Tensor& input) override {
    const std::vector<int> shape(input.shape.begin(), input.shape.end());
    const cv::Mat blob(shape, CV_32F, const_cast<float*>(input.values.data()));
    std::vector<cv::Mat> results;
    try {
      net_.setInput(blob, input.name);
      net_.forward(results, outputs_);
    } catch (const cv::Exception& error) {
      throw one_line("running the model", error);
    }
    std::vector<Tensor> outputs;
    for (std::size_t i = 0; i < results.size(); ++i) {
      Tensor& tensor = outputs.emplace_back(Tensor{.name = outputs_[i]});
      tensor.shape.assign(results[i].size.p, results[i].size.p + results[i].dims);
      cv::Mat values;
      results[i].convertTo(values, CV_32F);
      tensor.values.assign(values.ptr<float>(), values.ptr<float>() + values.total());
    }
    return outputs;
  }

 private:
  cv::dnn::Net net_;
  std::vector<std::string> outputs_;
};

std::unique_ptr<Network> open(std::span<const std::byte> model) {
  cv::setNumThreads(1);  // the others are the camera's
  cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);  // what goes wrong is thrown
  return std::make_unique<OpencvNetwork>(model);
}

}  // namespace
}  // namespace sunny16::firmware

const sunny16::firmware::Plugin sunny16_plugin{SUNNY16_VERSION, nullptr, sunny16::firmware::open};
