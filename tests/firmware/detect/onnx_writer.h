// Writes small ONNX models, byte by byte: what tests give to detectors.
#pragma once

#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace sunny16::firmware::test {

/// A protocol buffer that grows.
class Message {
 public:
  Message& whole(int number, std::uint64_t value) {
    varint(static_cast<std::uint64_t>(number) << 3);
    varint(value);
    return *this;
  }
  Message& bytes(int number, std::string_view value) {
    varint(static_cast<std::uint64_t>(number) << 3 | 2);
    varint(value.size());
    data_ += value;
    return *this;
  }
  Message& message(int number, const Message& value) { return bytes(number, value.data_); }
  const std::string& data() const { return data_; }

 private:
  void varint(std::uint64_t value) {
    for (; value > 0x7f; value >>= 7) data_ += static_cast<char>(value | 0x80);
    data_ += static_cast<char>(value);
  }
  std::string data_;
};

using Shape = std::vector<std::int64_t>;

inline Message value_info(std::string_view name, const Shape& shape, int type = 1) {
  Message dimensions;
  for (const std::int64_t side : shape) {
    Message dimension;
    if (side > 0)
      dimension.whole(1, static_cast<std::uint64_t>(side));
    else
      dimension.bytes(2, "any");
    dimensions.message(1, dimension);
  }
  Message tensor, kind, info;
  tensor.whole(1, static_cast<std::uint64_t>(type)).message(2, dimensions);
  kind.message(1, tensor);
  info.bytes(1, name).message(2, kind);
  return info;
}

template <class T>
Message initializer(std::string_view name, const Shape& shape, const std::vector<T>& values) {
  Message tensor;
  for (const std::int64_t side : shape) tensor.whole(1, static_cast<std::uint64_t>(side));
  tensor.whole(2, sizeof(T) == 4 ? 1 : 7);  // float, int64
  tensor.bytes(8, name);
  tensor.bytes(9, {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)});
  return tensor;
}

inline Message node(std::string_view type, std::initializer_list<std::string_view> inputs, std::string_view output) {
  Message node;
  for (const std::string_view input : inputs) node.bytes(1, input);
  node.bytes(2, output).bytes(3, output).bytes(4, type);
  return node;
}

/// ModelProto with IR version 8, opset 13.
inline std::string model_bytes(const Message& graph, std::string_view names = "") {
  Message opset, model;
  opset.bytes(1, "").whole(2, 13);
  model.whole(1, 8).bytes(2, "sunny16 tests").message(7, graph).message(8, opset);
  if (!names.empty()) {
    Message entry;
    entry.bytes(1, "names").bytes(2, names);
    model.message(14, entry);
  }
  return model.data();
}

/// A detector in YOLO v5's layout that looks at mean colours: the redder the picture, the surer it is of class 0 in the
/// left half, and the bluer, the surer of class 1 in the right half.
inline std::string colour_detector(int width, int height, std::string_view names = "") {
  constexpr std::int64_t kBoxes = 8, kNumbers = 7;
  const std::size_t values = kBoxes * kNumbers;
  std::vector<float> weights(3 * values), offsets(values);
  for (std::size_t box = 0; box < 2; ++box) {
    float* const numbers = &offsets[box * kNumbers];
    numbers[0] = static_cast<float>(width) * (box == 0 ? 0.25f : 0.75f), numbers[1] = static_cast<float>(height) / 2;
    numbers[2] = static_cast<float>(width) / 2, numbers[3] = static_cast<float>(height);
    numbers[4] = 1;
    weights[2 * box * values + box * kNumbers + 5 + box] = 1;  // red of the first, blue of the second
  }
  Message graph;
  graph.message(1, node("GlobalAveragePool", {"images"}, "mean"));
  graph.message(1, node("Flatten", {"mean"}, "colours"));
  graph.message(1, node("MatMul", {"colours", "weights"}, "weighed"));
  graph.message(1, node("Add", {"weighed", "offsets"}, "row"));
  graph.message(1, node("Reshape", {"row", "shape"}, "output0"));
  graph.bytes(2, "colours");
  graph.message(5, initializer<float>("weights", {3, static_cast<std::int64_t>(values)}, weights));
  graph.message(5, initializer<float>("offsets", {static_cast<std::int64_t>(values)}, offsets));
  graph.message(5, initializer<std::int64_t>("shape", {3}, {1, kBoxes, kNumbers}));
  graph.message(11, value_info("images", {1, 3, height, width}));
  graph.message(12, value_info("output0", {1, kBoxes, kNumbers}));
  return model_bytes(graph, names);
}

}  // namespace sunny16::firmware::test
