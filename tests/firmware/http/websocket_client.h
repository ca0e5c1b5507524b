// Frames of RFC 6455, as a client makes and reads them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/firmware/http/raw_client.h"

namespace sunny16 {

constexpr std::string_view kUpgrade =
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

enum class Opcode : std::uint8_t { text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

/// A whole masked frame of less than 126 bytes.
inline std::string client_frame(Opcode opcode, std::string_view payload) {
  constexpr std::string_view kMask = "\x12\x34\x56\x78";
  std::string frame{static_cast<char>(0x80 | static_cast<int>(opcode)), static_cast<char>(0x80 | payload.size())};
  frame += kMask;
  for (std::size_t i = 0; i < payload.size(); ++i) frame += static_cast<char>(payload[i] ^ kMask[i % 4]);
  return frame;
}

struct ServerFrame {
  Opcode opcode{};
  std::string payload;
  bool got = false;  ///< false: the server has closed

  /// Of a close frame.
  int close_code() const {
    if (opcode != Opcode::close || payload.size() < 2) return 0;
    return static_cast<std::uint8_t>(payload[0]) << 8 | static_cast<std::uint8_t>(payload[1]);
  }
};

inline ServerFrame receive_frame(RawClient& client) {
  const std::string head = client.receive(2);
  if (head.size() < 2) return {};
  std::size_t size = static_cast<std::uint8_t>(head[1]);
  if (size >= 126) {
    const std::string more = client.receive(size == 126 ? 2 : 8);
    size = 0;
    for (const char c : more) size = size << 8 | static_cast<std::uint8_t>(c);
  }
  return {static_cast<Opcode>(head[0] & 15), client.receive(size), true};
}

}  // namespace sunny16
