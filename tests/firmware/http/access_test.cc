// Who may do what: claiming, tokens, roles, failed logins.
#include <doctest/doctest.h>

#include "tests/firmware/http/small_server.h"
#include "tests/firmware/http/websocket_client.h"

namespace {

using namespace sunny16;
using namespace sunny16::firmware;
using Json = nlohmann::json;
using Auth = SmallServer::Auth;

std::string bearer(const std::string& token) { return "Authorization: Bearer " + token + "\r\n"; }

std::string claimed(SmallServer& s) {
  const RawResponse response = s.ask("POST /api/v1/claim", "", Json{{"code", s.code}, {"name", "me"}}.dump());
  REQUIRE(response.status == 201);
  return Json::parse(response.body)["token"];
}

std::string token_for(SmallServer& s, const std::string& admin, const std::string& role) {
  const auto made = s.ask("POST /api/v1/tokens", bearer(admin), Json{{"name", role + "'s"}, {"role", role}}.dump());
  REQUIRE(made.status == 201);
  return Json::parse(made.body)["token"];
}

TEST_CASE("until it is claimed a device answers only what anyone may ask") {
  SmallServer s({}, Auth::tokens);
  CHECK(s.ask("GET /health").status == 200);
  for (const char* route : {"GET /for/viewer", "GET /stream", "GET /events", "GET /api/v1/tokens"}) {
    const RawResponse refused = s.ask(route);
    CHECK_MESSAGE(refused.status == 403, route);
    CHECK(Json::parse(refused.body)["error"]["code"] == "unclaimed");
  }
  CHECK(s.ask("POST /api/v1/claim", "", R"({"code": "AAAA-AAAA"})").status == 403);
  CHECK(s.ask("POST /api/v1/claim", "", R"({"code": 7})").status == 400);
  CHECK(s.ask("POST /api/v1/claim", "", R"({"code": "A", "name": ""})").status == 400);
  CHECK(s.ask("POST /api/v1/claim", "", "{").status == 400);
  // A browser may still send what it knew of the device before it was reset.
  const auto body = Json{{"code", s.code}}.dump();
  CHECK(s.ask("POST /api/v1/claim", bearer("old"), body).status == 201);
  CHECK(s.ask("POST /api/v1/claim", "", body).status == 409);
}

TEST_CASE("each role may do what those before it may") {
  SmallServer s({}, Auth::tokens);
  const std::string admin = claimed(s);
  const std::vector<std::string> tokens{token_for(s, admin, "viewer"), token_for(s, admin, "tuner"), admin};
  const std::vector<std::string> names{"viewer", "tuner", "admin"};
  for (std::size_t need = 0; need < 3; ++need) {
    const std::string line = "GET /for/" + names[need];
    CHECK(s.ask(line).status == 401);
    for (std::size_t have = 0; have < 3; ++have)
      CHECK(s.ask(line, bearer(tokens[have])).status == (have >= need ? 200 : 403));
  }
  CHECK(s.ask("GET /for/viewer", bearer(tokens[0])).body == "viewer's");
}

TEST_CASE("stream clients use Basic; browsers are asked for it, a page's script is not") {
  SmallServer s({}, Auth::tokens);
  claimed(s);
  CHECK(s.ask("GET /stream").header("WWW-Authenticate").starts_with("Basic "));
  CHECK(s.ask("GET /for/viewer", "Sec-Fetch-Dest: image\r\n").header("WWW-Authenticate").starts_with("Basic "));
  CHECK(s.ask("GET /for/viewer", "Sec-Fetch-Dest: empty\r\n").header("WWW-Authenticate").starts_with("Bearer "));
}

TEST_CASE("tokens are listed without their secrets, and revoked at once") {
  SmallServer s({}, Auth::tokens);
  const std::string admin = claimed(s), viewer = token_for(s, admin, "viewer");
  const RawResponse list = s.ask("GET /api/v1/tokens", bearer(admin));
  const Json tokens = Json::parse(list.body)["tokens"];
  REQUIRE(tokens.size() == 2);
  CHECK(tokens[1]["role"] == "viewer");
  CHECK(list.body.find(viewer) == std::string::npos);
  CHECK(list.body.find("sha256") == std::string::npos);
  CHECK(s.ask("GET /for/viewer", bearer(viewer)).status == 200);
  const std::string mine = tokens[0]["id"], theirs = tokens[1]["id"];
  CHECK(s.ask("DELETE /api/v1/tokens/" + theirs, bearer(admin)).status == 204);
  CHECK(s.ask("GET /for/viewer", bearer(viewer)).status == 401);
  CHECK(s.ask("DELETE /api/v1/tokens/" + theirs, bearer(admin)).status == 404);
  CHECK(s.ask("DELETE /api/v1/tokens/" + mine, bearer(admin)).status == 409);
  CHECK(s.ask("POST /api/v1/tokens", bearer(admin), R"({"name": "a", "role": "anyone"})").status == 400);
  CHECK(s.ask("POST /api/v1/tokens", bearer(admin), R"({"name": "a\u0001"})").status == 400);
}

TEST_CASE("a stream and a listener end with their token") {
  SmallServer s({}, Auth::tokens);
  const std::string admin = claimed(s), viewer = token_for(s, admin, "viewer");
  RawClient stream = s.connect(), listener = s.connect();
  stream.send(s.request("GET /stream", bearer(viewer)));
  CHECK(listener.ask(s.request("GET /events", std::string(kUpgrade) + bearer(viewer))).status == 101);
  REQUIRE(eventually([&] { return s.frames.viewers() == 1 && s.events.listeners() == 1; }));
  s.publish(100);
  s.events.publish("{}", Importance::event);
  CHECK(stream.receive_until("ZZZZ") != "");
  CHECK(receive_frame(listener).payload == "{}");
  REQUIRE(s.accounts->remove(s.accounts->tokens()[1].id) == Accounts::Removal::done);
  s.publish(100);
  s.events.publish("{}", Importance::event);
  CHECK(stream.receive_all().find("--frame") == std::string::npos);
  CHECK(receive_frame(listener).close_code() == 1008);
}

TEST_CASE("wrong tokens are limited, and do not lock out right ones") {
  SmallServer s({.failed_logins_per_minute = 3}, Auth::tokens);
  const std::string admin = claimed(s);
  CHECK(s.ask("GET /for/viewer", bearer("a")).status == 401);
  CHECK(s.ask("GET /for/viewer", bearer("b")).status == 401);
  const RawResponse limited = s.ask("GET /for/viewer", "Authorization: Basic eDp5\r\n");
  CHECK(limited.status == 429);
  CHECK(limited.header("Retry-After") != "");
  CHECK(s.ask("GET /for/viewer").status == 401);
  CHECK(s.ask("GET /for/viewer", bearer(admin)).status == 200);
}

TEST_CASE("wrong codes are limited too") {
  SmallServer s({.failed_logins_per_minute = 3}, Auth::tokens);
  for (int i = 0; i < 3; ++i) CHECK(s.ask("POST /api/v1/claim", "", R"({"code": "AAAA-AAAA"})").status == 403);
  CHECK(s.ask("POST /api/v1/claim", "", Json{{"code", s.code}}.dump()).status == 429);
  CHECK(s.ask("GET /health").status == 200);
}

}  // namespace
