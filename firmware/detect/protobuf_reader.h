// Walks the fields of a Protocol Buffers message without knowing its schema: number, wire type, value.
// https://protobuf.dev/programming-guides/encoding
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sunny16::firmware {

class ProtobufReader {
 public:
  struct Field {
    std::uint64_t number = 0;
    std::optional<std::uint64_t> whole{};               ///< of a varint
    std::optional<std::span<const std::byte>> bytes{};  ///< of a string, bytes or message

    std::string_view text() const {
      return bytes ? std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()) : std::string_view();
    }
  };

  /// `offset` is where the message begins in its file, for errors.
  explicit ProtobufReader(std::span<const std::byte> message, std::size_t offset = 0)
      : message_(message), offset_(offset) {}
  /// A message that is a field of this one; empty where the field holds none.
  ProtobufReader message_of(const Field& field) const;

  /// Nothing at the message's end. Throws DetectorError: "offset N: found ..., allowed ...".
  std::optional<Field> next();

 private:
  std::uint64_t varint();
  std::span<const std::byte> take(std::uint64_t size);
  [[noreturn]] void refuse(std::string_view found) const;

  std::span<const std::byte> message_;
  std::size_t offset_, at_ = 0;
};

}  // namespace sunny16::firmware
