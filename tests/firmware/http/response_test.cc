#include "firmware/http/response.h"

#include <doctest/doctest.h>

namespace {

using namespace sunny16::firmware;

bool holds(const std::string& head, const std::string& line) {
  return head.find("\r\n" + line + "\r\n") != std::string::npos;
}

TEST_CASE("every response tells browsers to be careful") {
  const std::string head = response_head({.status = 200, .body = {}}, {7, true});
  CHECK(head.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(head.ends_with("\r\n\r\n"));
  for (const char* line :
       {"Content-Length: 7", "Connection: keep-alive", "Content-Type: application/json", "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff", "Cross-Origin-Resource-Policy: same-origin", "Referrer-Policy: no-referrer"})
    CHECK_MESSAGE(holds(head, line), line);
  CHECK(head.find("Access-Control") == std::string::npos);
  CHECK(head.find("Content-Security-Policy") == std::string::npos);
}

TEST_CASE("a page has a content policy, and a route may set its own headers") {
  const HttpResponse page{.status = 200, .content_type = "text/html; charset=utf-8", .body = {}};
  CHECK(response_head(page, {0, false}).find("\r\nContent-Security-Policy: default-src 'none'") != std::string::npos);
  const std::string head = response_head({.body = {}, .headers = {{"cache-control", "max-age=60"}}}, {0, false});
  CHECK(holds(head, "cache-control: max-age=60"));
  CHECK_FALSE(holds(head, "Cache-Control: no-store"));
}

TEST_CASE("a header's value cannot begin another header") {
  const std::string head = response_head({.body = {}, .headers = {{"X-Name", "a\r\nSet-Cookie: b"}}}, {0, false});
  CHECK(holds(head, "X-Name: aSet-Cookie: b"));
}

TEST_CASE("an error is JSON, whatever its message quotes") {
  const HttpResponse error = error_response(400, "bad", "found \"\xff\n\"");
  CHECK(error.status == 400);
  const auto json = nlohmann::json::parse(error.body);
  CHECK(json["error"]["code"] == "bad");
  CHECK(json["error"]["message"] == "found \"\xef\xbf\xbd\n\"");
}

}  // namespace
