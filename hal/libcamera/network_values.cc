#include "hal/libcamera/network_values.h"

#include <array>
#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>

namespace sunny16::hal {
namespace {

/// Tensors and dimensions that the description has room for, as versions of libcamera have them:
///   char name[64]; uint32 tensors; {uint32 values; uint32 dimensions; uint16 size[D];} tensor[N];
struct Room {
  std::size_t tensors, dimensions;
  constexpr std::size_t tensor_bytes() const { return 8 + 2 * dimensions; }
  constexpr std::size_t bytes() const { return 68 + tensors * tensor_bytes(); }
};
constexpr std::array kRooms{Room{16, 16}, Room{8, 8}};

std::span<const std::byte> bytes_of(const libcamera::ControlValue& value) {
  return {reinterpret_cast<const std::byte*>(value.data().data()), value.data().size()};
}

template <class T>
T at(std::span<const std::byte> bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

void read_info(std::span<const std::byte> info, NetworkOutput& output) {
  for (const Room& room : kRooms) {
    if (info.size() != room.bytes()) continue;
    const auto* const name = reinterpret_cast<const char*>(info.data());
    output.network.assign(name, strnlen(name, 64));
    const auto tensors = at<std::uint32_t>(info, 64);
    if (tensors > room.tensors) return;
    for (std::size_t i = 0; i < tensors; ++i) {
      const auto tensor = info.subspan(68 + i * room.tensor_bytes(), room.tensor_bytes());
      const auto dimensions = at<std::uint32_t>(tensor, 4);
      if (dimensions > room.dimensions) return output.shapes.clear();
      auto& shape = output.shapes.emplace_back();
      for (std::size_t d = 0; d < dimensions; ++d) shape.push_back(at<std::uint16_t>(tensor, 8 + 2 * d));
    }
  }
}

}  // namespace

std::shared_ptr<const NetworkOutput> network_output(const libcamera::ControlList& metadata) {
  const libcamera::ControlIdMap* const names = metadata.idMap();
  if (!names) return nullptr;
  std::span<const std::byte> values, info;
  bool has_values = false;
  for (const auto& [id, value] : metadata) {
    const auto named = names->find(id);
    if (named == names->end()) continue;
    const std::string_view name = named->second->name();
    if (name == "CnnOutputTensorInfo") info = bytes_of(value);
    if (name != "CnnOutputTensor" || value.type() != libcamera::ControlTypeFloat) continue;
    values = bytes_of(value);
    has_values = true;
  }
  if (!has_values) return nullptr;
  auto output = std::make_shared<NetworkOutput>();
  output->values.resize(values.size() / sizeof(float));
  std::memcpy(output->values.data(), values.data(), output->values.size() * sizeof(float));
  read_info(info, *output);
  return output;
}

}  // namespace sunny16::hal
