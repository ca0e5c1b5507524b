// What must be known of an ONNX model before a run-time library gets to see it: its input and the names of its classes
// (onnx.proto3, ModelProto). Whatever else the file holds is for the library to judge.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "firmware/detect/labels.h"

namespace sunny16::firmware {

struct OnnxFile {
  std::string name;              ///< of the file, for errors
  std::vector<std::byte> bytes;  ///< all of it
  std::string input;             ///< name of the only input
  int width = 0, height = 0;     ///< of the input, in pixels
  Labels labels;                 ///< the exporter's `names`; empty: it wrote none
};

/// Throws DetectorError where the file is none, too large, or its input is not one picture of three colour planes:
/// 1 x 3 x height x width of float32.
OnnxFile read_onnx(const std::filesystem::path& path);
OnnxFile parse_onnx(std::string name, std::vector<std::byte> bytes);

}  // namespace sunny16::firmware
