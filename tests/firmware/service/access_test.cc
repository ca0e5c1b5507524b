// Who may do what: every route with every role, on the real server.
#include <doctest/doctest.h>

#include <regex>

#include "tests/firmware/service/api_rig.h"

namespace sunny16::firmware {
namespace {

using test::ApiRig;

/// A path of the route that names nothing that there is.
std::string some_path(const Route& route) { return std::regex_replace(route.path, std::regex(R"(\{[^}]*\})"), "none"); }

/// A body that reads as JSON and is refused: what is allowed to ask for it changes nothing.
std::string_view some_body(const Route& route) { return route.request_schema.is_null() ? "" : R"({"none": 0})"; }

TEST_CASE("each role reaches the routes that name it or a lesser one, and no others") {
  ApiRig rig;
  CHECK(rig.routes.size() > 35);
  for (const Route& route : rig.routes)
    for (const Role role : {Role::anyone, Role::viewer, Role::tuner, Role::admin}) {
      CAPTURE(route.method);
      CAPTURE(route.path);
      CAPTURE(isp::EnumNames<Role>::names[static_cast<std::size_t>(role)]);
      if (route.path == "/api/v1/claim") continue;  // has an owner: refuses everybody
      const RawResponse response = rig.ask(route.method, some_path(route), some_body(route), role);
      if (role >= route.role) {
        CHECK(response.status != 0);
        CHECK(response.status != 401);
        CHECK(response.status != 403);
      } else {
        CHECK(response.status == (role == Role::anyone ? 401 : 403));
      }
    }
}

TEST_CASE("without an owner only the page, health, the document and claiming answer") {
  ApiRig rig(ApiRig::Owner::unclaimed);
  for (const Route& route : rig.routes) {
    CAPTURE(route.path);
    const RawResponse response = rig.ask(route.method, some_path(route), some_body(route), Role::anyone);
    if (route.role == Role::anyone)
      CHECK(response.status != 403);
    else
      CHECK(response.status == 403);
  }
}

TEST_CASE("what anyone may see tells nothing of the picture") {
  ApiRig rig;
  for (const Route& route : rig.routes)
    if (route.role == Role::anyone) {
      CAPTURE(route.path);
      CHECK(route.kind == RouteKind::reply);
      const bool known = route.path == "/" || route.path.starts_with("/page/") || route.path == "/api/v1/health" ||
                         route.path == "/api/v1/openapi.json" || route.path == "/api/v1/claim";
      CHECK(known);
    }
}

TEST_CASE("a claim makes the admin's token, once") {
  ApiRig rig(ApiRig::Owner::unclaimed);
  const auto claimed = rig.good("POST", "/api/v1/claim", R"({"code": ")" + rig.code + R"(", "name": "owner"})");
  rig.tokens[Role::admin] = claimed["token"];
  CHECK(rig.ask("GET", "/api/v1/tokens").status == 200);
  CHECK(rig.ask("POST", "/api/v1/claim", R"({"code": ")" + rig.code + R"("})").status / 100 == 4);
}

TEST_CASE("a revoked token opens nothing") {
  ApiRig rig;
  const auto made = rig.good("POST", "/api/v1/tokens", R"({"name": "wall tablet", "role": "viewer"})");
  rig.tokens[Role::viewer] = made["token"];
  CHECK(rig.ask("GET", "/api/v1/status", {}, Role::viewer).status == 200);
  std::string id;
  const auto listed = rig.good("GET", "/api/v1/tokens");
  for (const auto& token : listed["tokens"])
    if (token["name"] == "wall tablet") id = token["id"];
  rig.good("DELETE", "/api/v1/tokens/" + id);
  CHECK(rig.ask("GET", "/api/v1/status", {}, Role::viewer).status == 401);
}

}  // namespace
}  // namespace sunny16::firmware
