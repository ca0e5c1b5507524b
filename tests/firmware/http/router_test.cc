#include "firmware/http/router.h"

#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/firmware/http/small_server.h"

namespace {

using namespace sunny16::firmware;

RequestHead head(std::string method, std::string path, std::map<std::string, std::string> query = {}) {
  RequestHead made;
  made.method = std::move(method);
  made.path = std::move(path);
  made.query = std::move(query);
  return made;
}

const Router& router() {
  static const Router made(
      {route("GET", "/", Role::anyone), route("GET", "/?action=stream", Role::viewer),
       route("GET", "/captures/{id}", Role::viewer), route("DELETE", "/captures/{id}", Role::admin),
       route("GET", "/captures/newest", Role::viewer), route("GET", "/captures/{id}/files/{name}", Role::viewer)});
  return made;
}

std::string found(const RequestHead& asked) {
  const Router::Match match = router().find(asked);
  return match.route ? match.route->method + ' ' + match.route->path : "";
}

TEST_CASE("a route is found by method and path") {
  CHECK(found(head("GET", "/")) == "GET /");
  CHECK(found(head("HEAD", "/")) == "GET /");
  CHECK(found(head("DELETE", "/captures/7")) == "DELETE /captures/{id}");
  CHECK(found(head("GET", "/captures")) == "");
  CHECK(found(head("GET", "/captures/7/files")) == "");
}

TEST_CASE("parameters are whole segments, and a fixed segment is preferred") {
  CHECK(found(head("GET", "/captures/newest")) == "GET /captures/newest");
  const auto match = router().find(head("GET", "/captures/7/files/7-1.dng"));
  CHECK(match.parameters == std::map<std::string, std::string>{{"id", "7"}, {"name", "7-1.dng"}});
}

TEST_CASE("a route may ask for a query") {
  CHECK(found(head("GET", "/", {{"action", "stream"}, {"more", ""}})) == "GET /?action=stream");
  CHECK(found(head("GET", "/", {{"action", "other"}})) == "GET /");
}

TEST_CASE("another method is told what is allowed") {
  CHECK(router().find(head("PUT", "/captures/7")).allowed == std::vector<std::string>{"DELETE", "GET", "HEAD"});
  CHECK(router().find(head("PUT", "/nothing")).allowed.empty());
}

TEST_CASE("two equal routes are refused") {
  CHECK_THROWS_AS(Router({route("GET", "/", Role::anyone), route("GET", "/", Role::viewer)}), std::invalid_argument);
  CHECK_THROWS_AS(Router({route("GET", "a", Role::anyone)}), std::invalid_argument);
}

}  // namespace
