// Bytes as text, as RFC 4648 has it.
#pragma once

#include <string>
#include <string_view>

namespace sunny16::firmware {

std::string base64(std::string_view bytes);

/// Empty where `text` is not base64.
std::string base64_decoded(std::string_view text);

}  // namespace sunny16::firmware
