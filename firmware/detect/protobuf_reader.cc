#include "firmware/detect/protobuf_reader.h"

#include <string>

#include "firmware/detect/detector.h"

namespace sunny16::firmware {

void ProtobufReader::refuse(std::string_view found) const {
  throw DetectorError("offset " + std::to_string(offset_ + at_) + ": found " + std::string(found) +
                      ", allowed a field of a protocol buffer");
}

std::uint64_t ProtobufReader::varint() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (at_ >= message_.size()) refuse("the end");
    const auto byte = std::to_integer<std::uint64_t>(message_[at_++]);
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  refuse("a number of more than 64 bits");
}

std::span<const std::byte> ProtobufReader::take(std::uint64_t size) {
  if (size > message_.size() - at_) refuse("a length of " + std::to_string(size) + " bytes, beyond the end");
  const auto part = message_.subspan(at_, static_cast<std::size_t>(size));
  at_ += part.size();
  return part;
}

ProtobufReader ProtobufReader::message_of(const Field& field) const {
  if (!field.bytes) return ProtobufReader({});
  return ProtobufReader(*field.bytes, offset_ + static_cast<std::size_t>(field.bytes->data() - message_.data()));
}

std::optional<ProtobufReader::Field> ProtobufReader::next() {
  if (at_ == message_.size()) return std::nullopt;
  const std::uint64_t key = varint();
  Field field{.number = key >> 3};
  if (field.number == 0) refuse("field number 0");
  switch (key & 7) {
    case 0:
      field.whole = varint();
      break;
    case 1:
      take(8);
      break;
    case 2:
      field.bytes = take(varint());
      break;
    case 5:
      take(4);
      break;
    default:
      refuse("wire type " + std::to_string(key & 7));
  }
  return field;
}

}  // namespace sunny16::firmware
