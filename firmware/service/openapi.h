// The OpenAPI 3.1 document of the HTTP API, from the table of its routes.
#pragma once

#include <span>

#include "firmware/http/route.h"

namespace sunny16::firmware {

/// Routes that differ from another one only in their query are told of in its description. Schemas with a title stand
/// once among the components.
nlohmann::ordered_json openapi(std::span<const Route> routes);

}  // namespace sunny16::firmware
