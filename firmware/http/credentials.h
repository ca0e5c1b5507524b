// The token that a request carries.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "firmware/http/framing.h"

namespace sunny16::firmware {

/// What a WebSocket speaks here. Browsers cannot give it an Authorization, so a page offers two protocols: this one,
/// and "bearer." with its token.
constexpr std::string_view kEventProtocol = "sunny16";

/// From "Authorization: Bearer TOKEN", from Basic authentication (the token is the password, the user's name does not
/// matter), or from a WebSocket's protocols. Nothing: there is none; empty: what there is cannot be read.
std::optional<std::string> token_of(const RequestHead& head);

}  // namespace sunny16::firmware
