#include "firmware/service/openapi.h"

#include <string>
#include <string_view>

#include "firmware/http/framing.h"

namespace sunny16::firmware {
namespace {

using Json = nlohmann::ordered_json;

Json reference(std::string_view kind, std::string_view name) {
  return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
}

/// Puts a schema that has a title among the components and a reference in its place; likewise within it.
Json hoisted(const Json& schema, Json& components) {
  if (schema.is_array()) {
    Json array = Json::array();
    for (const Json& item : schema) array.push_back(hoisted(item, components));
    return array;
  }
  if (!schema.is_object()) return schema;
  Json object = Json::object();
  for (const auto& [key, value] : schema.items()) object[key] = hoisted(value, components);
  const auto title = schema.find("title");
  if (title == schema.end() || !title->is_string()) return object;
  const std::string name = *title;
  components[name] = std::move(object);
  return reference("schemas", name);
}

/// "get /api/v1/captures/{id}" -> "get_captures_id": the same as long as the route is.
std::string operation_id(std::string_view method, std::string_view path) {
  constexpr std::string_view prefix = "/api/v1";
  if (path.starts_with(prefix)) path.remove_prefix(prefix.size());
  std::string id(method);
  bool separate = true;
  for (const char c : path) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!letter) {
      separate = true;
      continue;
    }
    if (separate) id += '_';
    separate = false;
    id += c;
  }
  return id == method ? id + "_page" : id;
}

Json path_parameters(std::string_view path) {
  Json parameters = Json::array();
  for (std::size_t open = path.find('{'); open != path.npos; open = path.find('{', open + 1)) {
    const std::string_view name = path.substr(open + 1, path.find('}', open) - open - 1);
    parameters.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
  }
  return parameters;
}

/// The statuses with which a route answers when all is well; its handler chooses one.
std::string_view success(const Route& route) {
  if (route.kind == RouteKind::events) return "101";
  return "2XX";
}

Json responses(const Route& route, Json& components) {
  Json good{{"description", route.summary}};
  if (route.kind != RouteKind::events && !(route.response_schema.is_null() && route.content_type == "application/json"))
    good["content"][route.content_type] =
        route.response_schema.is_null() ? Json::object() : Json{{"schema", hoisted(route.response_schema, components)}};
  Json all{{success(route), std::move(good)}};
  if (!route.request_schema.is_null()) all["400"] = reference("responses", "Error");
  if (route.role != Role::anyone) all["401"] = all["403"] = reference("responses", "Error");
  all["default"] = reference("responses", "Error");
  return all;
}

Json operation(const Route& route, const std::string& method, Json& components) {
  Json operation{{"operationId", operation_id(method, route.path)}, {"summary", route.summary}};
  const std::string role(isp::EnumNames<Role>::names[static_cast<std::size_t>(route.role)]);
  operation["description"] = route.role == Role::anyone ? "Needs no token." : "For the role " + role + ", and above.";
  operation["x-role"] = role;
  if (Json parameters = path_parameters(route.path); !parameters.empty()) operation["parameters"] = parameters;
  if (!route.request_schema.is_null())
    operation["requestBody"] = {
        {"required", true},
        {"content", {{"application/json", {{"schema", hoisted(route.request_schema, components)}}}}}};
  operation["responses"] = responses(route, components);
  operation["security"] = Json::array();
  if (route.role != Role::anyone) operation["security"] = {{{"bearer", Json::array()}}, {{"basic", Json::array()}}};
  return operation;
}

Json error_schema() {
  const Json text{{"type", "string"}};
  return {{"type", "object"},
          {"required", {"error"}},
          {"properties",
           {{"error",
             {{"type", "object"},
              {"required", {"code", "message"}},
              {"properties", {{"code", text}, {"message", text}}}}}}}};
}

}  // namespace

nlohmann::ordered_json openapi(std::span<const Route> routes) {
  Json schemas{{"Error", error_schema()}};
  Json paths = Json::object();
  for (const Route& route : routes)
    if (route.path.find('?') == std::string::npos) {
      const std::string method = lower_case(route.method);
      paths[route.path][method] = operation(route, method, schemas);
    }
  for (const Route& route : routes)
    if (const std::size_t query = route.path.find('?'); query != std::string::npos) {
      Json& host = paths[route.path.substr(0, query)][lower_case(route.method)]["description"];
      host = host.get<std::string>() + " With " + route.path.substr(query) + ": " + route.summary + ".";
    }
  const Json error{{"description", "What is wrong, in one line"},
                   {"content", {{"application/json", {{"schema", reference("schemas", "Error")}}}}}};
  return {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "Sunny16 camera"},
        {"version", SUNNY16_VERSION},
        {"summary", "Live pictures, controls, tuning and captures of a camera"},
        {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
      {"servers", {{{"url", "/"}}}},
      {"paths", std::move(paths)},
      {"components",
       {{"schemas", std::move(schemas)},
        {"responses", {{"Error", error}}},
        {"securitySchemes",
         {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}},
          {"basic",
           {{"type", "http"}, {"scheme", "basic"}, {"description", "Any user name; the token is the password."}}}}}}}};
}

}  // namespace sunny16::firmware
