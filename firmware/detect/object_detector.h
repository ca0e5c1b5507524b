// Objects by an ONNX model that the user names: picture to input, outputs to boxes. A run-time library does the
// arithmetic between.
#pragma once

#include <functional>

#include "firmware/control/scene/boxes.h"
#include "firmware/detect/detector.h"
#include "firmware/detect/network.h"
#include "firmware/detect/onnx_file.h"
#include "firmware/detect/output_layout.h"

namespace sunny16::firmware {

class ObjectDetector final : public Detector {
 public:
  /// Runs the network once on a grey picture, to see what its outputs are. `labels` go before the model's own. Throws
  /// DetectorError.
  ObjectDetector(OnnxFile model, std::unique_ptr<Network> network, Labels labels, Selection selection = {});

  std::string_view name() const override { return name_; }
  std::vector<Detection> detect(const DetectorInput& input) override;

 private:
  std::string name_, input_;
  int width_, height_;
  std::unique_ptr<Network> network_;
  OutputLayout layout_;
  Selection selection_;
};

}  // namespace sunny16::firmware
