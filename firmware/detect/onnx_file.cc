#include "firmware/detect/onnx_file.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <utility>

#include "firmware/detect/detector.h"
#include "firmware/detect/network.h"
#include "firmware/detect/protobuf_reader.h"

namespace sunny16::firmware {
namespace {

using Field = ProtobufReader::Field;

constexpr std::uintmax_t kMostBytes = std::uintmax_t{256} << 20;
constexpr std::int64_t kSmallest = 32, kLargest = 2048, kUsual = 640;
constexpr std::uint64_t kFloat32 = 1;

struct Value {
  std::string name;
  std::uint64_t type = 0;
  std::vector<std::int64_t> shape;  ///< 0: any
};

/// The first field of a number; nothing: there is none.
std::optional<Field> find(ProtobufReader message, std::uint64_t number) {
  while (const auto field = message.next())
    if (field->number == number) return field;
  return std::nullopt;
}

/// ValueInfoProto: name 1, type 2 {tensor_type 1 {elem_type 1, shape 2 {dim 1 {dim_value 1}}}}.
Value value_of(ProtobufReader info) {
  Value value;
  while (const auto field = info.next()) {
    if (field->number == 1) value.name = field->text();
    if (field->number != 2) continue;
    const ProtobufReader type = info.message_of(*field);
    const auto tensor = find(type, 1);
    if (!tensor) continue;
    ProtobufReader tensor_type = type.message_of(*tensor);
    while (const auto part = tensor_type.next()) {
      if (part->number == 1) value.type = part->whole.value_or(0);
      if (part->number != 2) continue;
      ProtobufReader shape = tensor_type.message_of(*part);
      while (const auto dimension = shape.next()) {
        const auto side = find(shape.message_of(*dimension), 1);
        value.shape.push_back(side ? static_cast<std::int64_t>(side->whole.value_or(0)) : 0);
        if (value.shape.size() > 16) throw DetectorError("found a tensor of more than 16 dimensions, allowed 16");
      }
    }
  }
  return value;
}

/// GraphProto: initializer 5 (TensorProto: name 8), input 11. Old models list their weights among the inputs.
std::vector<Value> inputs_of(ProtobufReader graph) {
  std::vector<Value> inputs;
  std::set<std::string, std::less<>> weights;
  while (const auto field = graph.next()) {
    if (field->number == 11) inputs.push_back(value_of(graph.message_of(*field)));
    if (field->number == 5)
      if (const auto name = find(graph.message_of(*field), 8)) weights.emplace(name->text());
  }
  std::erase_if(inputs, [&](const Value& input) { return weights.contains(input.name); });
  return inputs;
}

/// StringStringEntryProto: key 1, value 2.
Labels labels_in(ProtobufReader entry) {
  const auto key = find(entry, 1), value = find(entry, 2);
  return key && value && key->text() == "names" ? labels_of_names(value->text()) : Labels{};
}

/// A size that the model leaves open is the usual one of detectors.
int side_of(std::int64_t side) { return static_cast<int>(side > 0 ? side : kUsual); }

bool is_picture(const Value& input) {
  const auto& s = input.shape;
  const auto fits = [](std::int64_t side) { return side <= 0 || (side >= kSmallest && side <= kLargest); };
  return input.type == kFloat32 && s.size() == 4 && s[0] <= 1 && s[1] == 3 && fits(s[2]) && fits(s[3]);
}

void read_model(OnnxFile& file) {
  ProtobufReader model(file.bytes);
  std::optional<std::vector<Value>> inputs;
  bool has_version = false;
  while (const auto field = model.next()) {
    if (field->number == 1) has_version = field->whole.has_value();
    if (field->number == 7) inputs = inputs_of(model.message_of(*field));
    if (field->number == 14)
      if (Labels labels = labels_in(model.message_of(*field)); !labels.empty()) file.labels = std::move(labels);
  }
  if (!has_version || !inputs) throw DetectorError("found no IR version and no graph, allowed an ONNX model");
  if (inputs->size() != 1)
    throw DetectorError("found " + std::to_string(inputs->size()) + " inputs, allowed one: a picture");
  const Value& input = inputs->front();
  if (!is_picture(input))
    throw DetectorError("found input \"" + input.name + "\" of " + shape_text(input.shape) + ", ONNX type " +
                        std::to_string(input.type) + ", allowed 1 x 3 x height x width of float32 (type 1), sides of " +
                        std::to_string(kSmallest) + " to " + std::to_string(kLargest));
  file.input = input.name;
  file.height = side_of(input.shape[2]), file.width = side_of(input.shape[3]);
}

}  // namespace

OnnxFile parse_onnx(std::string name, std::vector<std::byte> bytes) {
  OnnxFile file{.name = std::move(name), .bytes = std::move(bytes), .input = {}, .labels = {}};
  try {
    read_model(file);
  } catch (const DetectorError& error) {
    throw DetectorError(file.name + ": no usable ONNX model: " + error.what());
  }
  return file;
}

OnnxFile read_onnx(const std::filesystem::path& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error) throw DetectorError(path.string() + ": " + error.message());
  if (size > kMostBytes)
    throw DetectorError(path.string() + ": found " + std::to_string(size) + " bytes, allowed " +
                        std::to_string(kMostBytes));
  std::vector<std::byte> bytes(static_cast<std::size_t>(size));
  std::ifstream in(path, std::ios::binary);
  if (!in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size())))
    throw DetectorError(path.string() + ": cannot be read");
  return parse_onnx(path.filename().string(), std::move(bytes));
}

}  // namespace sunny16::firmware
