#include <string_view>

#include "firmware/service/api.h"
#include "firmware/service/page/page.h"

namespace sunny16::firmware {
namespace {

std::string_view media_type(std::string_view name) {
  if (name.ends_with(".html")) return "text/html";
  return name.ends_with(".css") ? "text/css" : "text/javascript";
}

}  // namespace

// The page shows nothing of the camera by itself: it asks for a token, and then the API.
std::vector<Route> page_routes() {
  std::vector<Route> routes;
  for (const PageFile& file : page_files()) {
    const bool index = file.name == "index.html";
    const std::string type(media_type(file.name));
    const auto handle = [type, content = file.content](const HttpRequest&, Reply reply) {
      reply({.content_type = type + "; charset=utf-8", .body = std::string(content)});
    };
    routes.push_back({.method = "GET",
                      .path = index ? "/" : "/page/" + std::string(file.name),
                      .role = Role::anyone,
                      .summary = index ? "The built-in page" : "A file of the built-in page",
                      .handle = handle,
                      .content_type = type});
  }
  return routes;
}

}  // namespace sunny16::firmware
