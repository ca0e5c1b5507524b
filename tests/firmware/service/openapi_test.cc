#include "firmware/service/openapi.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "firmware/service/api.h"

namespace sunny16::firmware {
namespace {

using Json = nlohmann::ordered_json;

const Json& document() {
  static const Json parsed = Json::parse(openapi_text());
  return parsed;
}

template <class F>
void for_each_operation(F&& f) {
  static const std::set<std::string> methods{"get", "put", "post", "delete", "options", "head", "patch", "trace"};
  for (const auto& [path, item] : document()["paths"].items())
    for (const auto& [method, operation] : item.items()) {
      CHECK_MESSAGE(methods.contains(method), method);
      f(path, method, operation);
    }
}

/// Calls f(name, value) for each member, however deep.
template <class F>
void for_each_member(const Json& json, F&& f) {
  if (!json.is_structured()) return;
  for (const auto& [name, value] : json.items()) {
    if (json.is_object()) f(name, value);
    for_each_member(value, f);
  }
}

TEST_CASE("the document names itself as OpenAPI 3.1 requires") {
  CHECK(std::regex_match(document()["openapi"].get<std::string>(), std::regex(R"(3\.1\.\d+)")));
  CHECK(document()["info"]["title"].is_string());
  CHECK(document()["info"]["version"].is_string());
}

TEST_CASE("every operation has an id of its own, a summary and responses") {
  std::set<std::string> ids;
  for_each_operation([&](const std::string& path, const std::string& method, const Json& operation) {
    CAPTURE(path);
    CAPTURE(method);
    CHECK(ids.insert(operation["operationId"]).second);
    CHECK(std::regex_match(operation["operationId"].get<std::string>(), std::regex("[a-z0-9_]+")));
    CHECK_FALSE(operation["summary"].get<std::string>().empty());
    REQUIRE_FALSE(operation["responses"].empty());
    for (const auto& [status, response] : operation["responses"].items()) {
      CHECK(std::regex_match(status, std::regex("[1-5](XX|[0-9][0-9])|default")));
      CHECK((response.contains("description") || response.contains("$ref")));
    }
  });
  CHECK(ids.size() > 25);
}

TEST_CASE("every parameter of a path is declared, and no other") {
  for_each_operation([&](const std::string& path, const std::string&, const Json& operation) {
    std::set<std::string> in_path, declared;
    const std::regex braces(R"(\{([^}]*)\})");
    for (std::sregex_iterator match(path.begin(), path.end(), braces), end; match != end; ++match)
      in_path.insert((*match)[1]);
    if (operation.contains("parameters"))
      for (const Json& parameter : operation["parameters"]) {
        CHECK(parameter["in"] == "path");
        CHECK(parameter["required"] == true);
        CHECK(parameter["schema"].is_object());
        CHECK(declared.insert(parameter["name"]).second);
      }
    CHECK(in_path == declared);
  });
}

TEST_CASE("every reference leads somewhere") {
  int references = 0;
  for_each_member(document(), [&](const std::string& name, const Json& value) {
    if (name != "$ref") return;
    ++references;
    const std::string target = value;
    REQUIRE(target.starts_with("#/"));
    CHECK_MESSAGE(document().contains(Json::json_pointer(target.substr(1))), target);
  });
  CHECK(references > 50);
}

TEST_CASE("component names are as OpenAPI allows them, and each is used") {
  const std::string text = document().dump();
  for (const auto& [name, schema] : document()["components"]["schemas"].items()) {
    CHECK(std::regex_match(name, std::regex("[a-zA-Z0-9._-]+")));
    CHECK_MESSAGE(text.find("\"#/components/schemas/" + name + "\"") != std::string::npos, name);
  }
}

TEST_CASE("what needs a role says so, in words and as security") {
  const auto& schemes = document()["components"]["securitySchemes"];
  for_each_operation([&](const std::string& path, const std::string&, const Json& operation) {
    CAPTURE(path);
    CHECK((operation["x-role"] == "anyone") == operation["security"].empty());
    for (const Json& way : operation["security"])
      for (const auto& [scheme, scopes] : way.items()) CHECK(schemes.contains(scheme));
  });
}

TEST_CASE("routes that differ only in their query share a path") {
  for (const auto& [path, item] : document()["paths"].items()) CHECK(path.find('?') == std::string::npos);
  const std::string description = document()["paths"]["/"]["get"]["description"];
  CHECK(description.find("?action=stream") != std::string::npos);
}

TEST_CASE("bodies have schemas") {
  const auto& patch = document()["paths"]["/api/v1/controls"]["patch"];
  const Json& schema = patch["requestBody"]["content"]["application/json"]["schema"];
  CHECK(schema["$ref"] == "#/components/schemas/Controls");
  const Json& controls = document()["components"]["schemas"]["Controls"]["properties"];
  CHECK(controls["ExposureValue"]["minimum"] == -8);
  CHECK(controls["AwbMode"]["enum"][0] == "AwbAuto");
}

TEST_CASE("docs/generated holds the document as it is") {
  std::ifstream file(SUNNY16_SOURCE_DIR "/docs/generated/openapi.json");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  CHECK_MESSAGE(text == openapi_text(), "scripts/docs writes it");
}

}  // namespace
}  // namespace sunny16::firmware
