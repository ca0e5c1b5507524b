#include "hal/libcamera/network_values.h"

#include <doctest/doctest.h>

#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include <libcamera/control_ids.h>

using namespace sunny16;

namespace {

using Bytes = std::vector<std::uint8_t>;

/// A control that this version of libcamera need not have.
template <class T>
struct MadeUp {
  MadeUp(unsigned number, const char* name) : id(make(number, name)) {}
  static std::unique_ptr<libcamera::ControlId> make(unsigned number, const char* name) {
    using Control = libcamera::Control<libcamera::Span<const T>>;
    if constexpr (std::is_constructible_v<Control, unsigned, const char*>)
      return std::make_unique<Control>(number, name);
    else
      return std::make_unique<Control>(number, name, "rpi", Control::Direction::Out);
  }
  std::unique_ptr<libcamera::ControlId> id;
};

/// libcamera's description of tensors, with room for so many of so many dimensions.
Bytes description(const std::string& name, const std::vector<std::vector<std::uint16_t>>& shapes, std::size_t tensors,
                  std::size_t dimensions) {
  Bytes bytes(68 + tensors * (8 + 2 * dimensions));
  std::memcpy(bytes.data(), name.data(), name.size());
  const auto put = [&](std::size_t offset, auto value) { std::memcpy(bytes.data() + offset, &value, sizeof value); };
  put(64, static_cast<std::uint32_t>(shapes.size()));
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const std::size_t tensor = 68 + i * (8 + 2 * dimensions);
    put(tensor + 4, static_cast<std::uint32_t>(shapes[i].size()));
    for (std::size_t d = 0; d < shapes[i].size(); ++d) put(tensor + 8 + 2 * d, shapes[i][d]);
  }
  return bytes;
}

struct Metadata {
  MadeUp<float> tensor{70001, "CnnOutputTensor"};
  MadeUp<std::uint8_t> info{70002, "CnnOutputTensorInfo"};
  libcamera::ControlIdMap names{{70001, tensor.id.get()}, {70002, info.id.get()}};
  libcamera::ControlList list{names};

  void set(const std::vector<float>& values, const Bytes& description) {
    list.set(70001, libcamera::ControlValue(libcamera::Span<const float>(values.data(), values.size())));
    list.set(70002,
             libcamera::ControlValue(libcamera::Span<const std::uint8_t>(description.data(), description.size())));
  }
};

}  // namespace

TEST_CASE("tensors come with their shapes and the network's name, in either size of description") {
  for (const std::size_t room : {16u, 8u}) {
    Metadata metadata;
    metadata.set({1, 2, 3, 4, 5, 6, 1}, description("ssd", {{1, 4, 1}, {1}, {1}, {1}}, room, room));
    const auto output = hal::network_output(metadata.list);
    REQUIRE(output);
    CHECK(output->network == "ssd");
    CHECK(output->values == std::vector<float>{1, 2, 3, 4, 5, 6, 1});
    REQUIRE(output->shapes.size() == 4);
    CHECK(output->shapes[0] == std::vector<std::uint32_t>{1, 4, 1});
  }
}

TEST_CASE("metadata without tensors has none") {
  CHECK_FALSE(hal::network_output(libcamera::ControlList(libcamera::controls::controls)));
  CHECK_FALSE(hal::network_output(Metadata{}.list));
  CHECK_FALSE(hal::network_output(libcamera::ControlList{}));
}

TEST_CASE("a description that is not to be understood gives values without shapes") {
  const auto shapes_of = [](const Bytes& description) {
    Metadata metadata;
    metadata.set({1, 2}, description);
    const auto output = hal::network_output(metadata.list);
    REQUIRE(output);
    CHECK(output->values.size() == 2);
    return output->shapes.size();
  };
  CHECK(shapes_of({}) == 0);
  CHECK(shapes_of(Bytes(709)) == 0);
  Bytes too_many = description("n", {{1}}, 16, 16);
  too_many[64] = 17;
  CHECK(shapes_of(too_many) == 0);
  Bytes too_deep = description("n", {{1}, {1}}, 16, 16);
  too_deep[68 + 40 + 4] = 200;
  CHECK(shapes_of(too_deep) == 0);
}
