// How the API's handlers answer: what a function returns, or the error that it throws.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "firmware/http/route.h"
#include "firmware/tuning/described_schema.h"

namespace sunny16::firmware {

/// Runs a task soon, on a thread that may wait for the camera or the disk.
using Later = std::function<void(std::function<void()>)>;

/// A handler that answers later with what `answer` returns. SessionError, TuningError, OutputError and others become
/// errors of HTTP; bodies that do not read are 400 and tell where, what was found and what is allowed.
std::function<void(const HttpRequest&, Reply)> answering(Later later,
                                                         std::function<HttpResponse(const HttpRequest&)> answer);

HttpResponse json_response(const nlohmann::ordered_json& json, int status = 200);

/// The body as JSON. Throws TuningError.
nlohmann::json read_body(const HttpRequest& request);

template <isp::Described T>
T read_body_as(const HttpRequest& request, T value = {}) {
  read_value(read_body(request), value, "$", {0, 0});
  return value;
}

/// An object's schema with all its properties required and without defaults, however deep.
nlohmann::ordered_json completed(nlohmann::ordered_json schema);

/// The schema of T where members may be absent; its name stands among the OpenAPI document's components.
template <isp::Described T>
nlohmann::ordered_json schema_of(std::string_view name) {
  nlohmann::ordered_json schema{{"title", name}};
  schema.update(object_schema<T>(false));
  return schema;
}

/// The schema of T where all members are there, as in answers.
template <isp::Described T>
nlohmann::ordered_json full_schema_of(std::string_view name) {
  return completed(schema_of<T>(name));
}

template <isp::Described T>
nlohmann::ordered_json list_schema_of(std::string_view name) {
  return {{"type", "array"}, {"items", full_schema_of<T>(name)}};
}

}  // namespace sunny16::firmware
