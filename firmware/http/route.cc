#include "firmware/http/route.h"

namespace sunny16::firmware {

HttpResponse error_response(int status, std::string_view code, std::string_view message) {
  const nlohmann::ordered_json error{{"error", {{"code", code}, {"message", message}}}};
  // A message may quote what a client sent, in whatever encoding that was.
  return {.status = status, .body = error.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)};
}

}  // namespace sunny16::firmware
