#include "firmware/service/answer.h"

#include <spdlog/spdlog.h>

#include "firmware/capture/camera_session.h"
#include "firmware/output/output_error.h"

namespace sunny16::firmware {
namespace {

HttpResponse session_error(const SessionError& error) {
  switch (error.kind) {
    case SessionError::Kind::invalid:
      return error_response(400, "invalid", error.what());
    case SessionError::Kind::not_found:
      return error_response(404, "not_found", error.what());
    case SessionError::Kind::conflict:
      return error_response(409, "conflict", error.what());
    case SessionError::Kind::unavailable:
      break;
  }
  return error_response(503, "unavailable", error.what());
}

HttpResponse answer_to(const HttpRequest& request, const std::function<HttpResponse(const HttpRequest&)>& answer) {
  try {
    return answer(request);
  } catch (const SessionError& error) {
    return session_error(error);
  } catch (const TuningError& error) {
    return error_response(400, "invalid", error.what());
  } catch (const OutputError& error) {
    return error_response(503, "storage", error.what());
  } catch (const std::exception& error) {
    spdlog::error("{} {}: {}", request.method, request.path, error.what());
    return error_response(500, "internal", "the daemon's log tells more");
  }
}

}  // namespace

std::function<void(const HttpRequest&, Reply)> answering(Later later,
                                                         std::function<HttpResponse(const HttpRequest&)> answer) {
  return [later = std::move(later), answer = std::move(answer)](const HttpRequest& request, Reply reply) {
    later([=] { reply(answer_to(request, answer)); });
  };
}

HttpResponse json_response(const nlohmann::ordered_json& json, int status) {
  return {.status = status, .body = json.dump()};
}

nlohmann::ordered_json completed(nlohmann::ordered_json schema) {
  schema.erase("default");
  if (const auto items = schema.find("items"); items != schema.end()) *items = completed(std::move(*items));
  const auto properties = schema.find("properties");
  if (properties == schema.end()) return schema;
  auto required = nlohmann::ordered_json::array();
  for (auto& [name, property] : properties->items()) {
    property = completed(std::move(property));
    required.push_back(name);
  }
  schema["required"] = std::move(required);
  return schema;
}

nlohmann::json read_body(const HttpRequest& request) {
  return read_json(request.body, "body", JsonDialect::strict,
                   {.bytes = std::size_t{1} << 20, .values = 100'000, .depth = 32});
}

}  // namespace sunny16::firmware
