#include "firmware/http/base64.h"
#include "firmware/service/api.h"

namespace sunny16::firmware {
namespace {

constexpr const char *kPackKey = "pack", *kCubesKey = "cubes", *kSheetsKey = "sheets";

/// {"pack": pack.json, "cubes": {"name.cube": "text"}, "sheets": {"name.jpg": "base64"}}
nlohmann::ordered_json pack_schema() {
  return {{"title", "LookPackFiles"},
          {"type", "object"},
          {"required", {kPackKey}},
          {"additionalProperties", false},
          {"properties",
           {{kPackKey, {{"type", "object"}, {"description", "The pack's pack.json; docs/looks.md describes it."}}},
            {kCubesKey,
             {{"type", "object"},
              {"description", "The text of each .cube file, by its name."},
              {"additionalProperties", {{"type", "string"}}}}},
            {kSheetsKey,
             {{"type", "object"},
              {"description", "The contact sheet's JPEG in base64, by its name."},
              {"additionalProperties", {{"type", "string"}, {"contentEncoding", "base64"}}}}}}}};
}

/// Files of text by their names.
void read_files(const nlohmann::json& json, std::map<std::string, std::string>& files, const std::string& path) {
  if (!json.is_object()) reject(path, json, "an object");
  for (const auto& [name, text] : json.items()) read_value(text, files[name], member_path(path, name), {0, 0});
}

PackFiles pack_of(const HttpRequest& request) {
  nlohmann::json body =
      read_json(request.body, "body", JsonDialect::strict, {.bytes = kLargeBodyBytes, .values = 100'000, .depth = 16});
  if (!body.is_object()) reject("$", body, "an object");
  PackFiles files;
  for (auto& [key, value] : body.items()) {
    const std::string path = member_path("$", key);
    if (key == kPackKey) {
      files.json = value.dump();
    } else if (key == kCubesKey) {
      read_files(value, files.cubes, path);
    } else if (key == kSheetsKey) {
      read_files(value, files.sheets, path);
      for (auto& file : files.sheets) file.second = base64_decoded(file.second);  // what is none is no JPEG either
    } else {
      throw TuningError(path + ": found an unknown key, allowed pack, cubes, sheets");
    }
  }
  if (files.json.empty()) throw TuningError("$.pack: found nothing, allowed a pack's pack.json");
  return files;
}

HttpResponse pack_response(const PackFiles& files) {
  nlohmann::ordered_json json{{kPackKey, nlohmann::ordered_json::parse(files.json)}, {kCubesKey, files.cubes}};
  json[kSheetsKey] = nlohmann::ordered_json::object();
  for (const auto& [name, bytes] : files.sheets) json[kSheetsKey][name] = base64(bytes);
  return json_response(json);
}

}  // namespace

std::vector<Route> look_routes(const Api& api) {
  LookShelf* const looks = api.looks;
  const auto answer = [&](auto handle) { return answering(api.later, std::move(handle)); };
  const auto overview = full_schema_of<LookOverview>("Looks");
  std::vector<Route> routes;
  routes.push_back({.method = "GET",
                    .path = "/api/v1/looks",
                    .role = Role::viewer,
                    .summary = "The looks that this camera has, the one that is on, and all packs",
                    .handle = answer([looks](const HttpRequest&) { return json_response(to_json(looks->overview())); }),
                    .response_schema = overview});
  routes.push_back(
      {.method = "PUT",
       .path = "/api/v1/looks/current",
       .role = Role::tuner,
       .summary = "Choose a look and its strength; it shows on the next frames, and is on again after a restart",
       .handle = answer([looks](const HttpRequest& request) {
         looks->choose(read_body_as<LookChoice>(request));
         return json_response(to_json(looks->overview()));
       }),
       .request_schema = schema_of<LookChoice>("LookChoice"),
       .response_schema = overview});
  routes.push_back({.method = "GET",
                    .path = "/api/v1/looks/packs/{name}",
                    .role = Role::viewer,
                    .summary = "A pack's files",
                    .handle = answer([looks](const HttpRequest& request) {
                      return pack_response(looks->files_of(request.parameters.at("name")));
                    }),
                    .response_schema = pack_schema()});
  routes.push_back({.method = "GET",
                    .path = "/api/v1/looks/packs/{name}/sheet.jpg",
                    .role = Role::viewer,
                    .summary = "A pack's contact sheet: what its looks do",
                    .handle = answer([looks](const HttpRequest& request) {
                      return HttpResponse{.content_type = "image/jpeg",
                                          .body = looks->sheet_of(request.parameters.at("name"))};
                    }),
                    .content_type = "image/jpeg"});
  routes.push_back({.method = "POST",
                    .path = "/api/v1/looks/packs",
                    .role = Role::admin,
                    .summary = "Install a pack, or replace it; if it is bad, everything stays as it is",
                    .handle = answer([looks](const HttpRequest& request) {
                      return json_response(to_json(looks->install(pack_of(request))), 201);
                    }),
                    .request_schema = pack_schema(),
                    .response_schema = full_schema_of<PackState>("LookPack"),
                    .large_body = true});
  routes.push_back({.method = "DELETE",
                    .path = "/api/v1/looks/packs/{name}",
                    .role = Role::admin,
                    .summary = "Remove a pack that was installed; a shipped one of its name holds again",
                    .handle = answer([looks](const HttpRequest& request) {
                      looks->remove(request.parameters.at("name"));
                      return HttpResponse{.status = 204, .body = {}};
                    })});
  return routes;
}

}  // namespace sunny16::firmware
