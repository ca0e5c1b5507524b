// The head of a response, with the headers that every response has for the sake of browsers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/http/route.h"

namespace sunny16::firmware {

struct ResponseFraming {
  std::optional<std::uint64_t> content_length;  ///< nothing: the body lasts until the connection ends
  bool keep_alive = true;
};

/// Status line and headers, with the empty line. A header that the response sets itself replaces our default.
std::string response_head(const HttpResponse& response, const ResponseFraming& framing);

}  // namespace sunny16::firmware
