// A request that a camera session cannot meet.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace sunny16::firmware {

/// what() is one clear line.
class SessionError : public std::runtime_error {
 public:
  enum class Kind : std::uint8_t { invalid, not_found, conflict, unavailable };
  SessionError(Kind error_kind, const std::string& message) : std::runtime_error(message), kind(error_kind) {}
  const Kind kind;
};

}  // namespace sunny16::firmware
