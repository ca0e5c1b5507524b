#include "firmware/http/framing.h"

#include <doctest/doctest.h>

#include <string>

namespace {

using namespace sunny16::firmware;

constexpr std::string_view kGood =
    "POST /api/v1/captures/7?mode=photo&note=a%20b HTTP/1.1\r\nHost: camera.local:8080\r\n"
    "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n";

/// The status that a head is refused with; 0: it is taken.
int refused(std::string_view head, const FramingLimits& limits = {}) {
  const auto read = read_head(head, limits);
  const auto* refusal = std::get_if<Refusal>(&read);
  return refusal ? refusal->status : 0;
}
int refused_line(std::string_view line) { return refused(std::string(line) + "\r\nHost: a\r\n\r\n"); }
int refused_target(std::string_view target) { return refused_line("GET " + std::string(target) + " HTTP/1.1"); }
int refused_headers(std::string_view headers) {
  return refused("GET / HTTP/1.1\r\n" + std::string(headers) + "\r\n\r\n");
}

TEST_CASE("a good head is read") {
  const auto read = read_head(kGood);
  REQUIRE(std::holds_alternative<RequestHead>(read));
  const auto& head = std::get<RequestHead>(read);
  CHECK(head.method == "POST");
  CHECK(head.path == "/api/v1/captures/7");
  CHECK(head.query == std::map<std::string, std::string>{{"mode", "photo"}, {"note", "a b"}});
  CHECK(head.header("host") == "camera.local:8080");
  CHECK(head.content_length == 2);
  CHECK(head_length(std::string(kGood) + "{}") == kGood.size());
}

TEST_CASE("a head that is cut anywhere is no head") {
  for (std::size_t size = 0; size < kGood.size(); ++size) {
    const std::string_view part = kGood.substr(0, size);
    CHECK_FALSE(head_length(part));
    CHECK_FALSE(early_problem(part));
    CHECK(refused(part) == 400);
  }
}

TEST_CASE("only HTTP/1.1 is taken") {
  CHECK(refused_line("GET / HTTP/1.1") == 0);
  CHECK(refused_line("GET / HTTP/1.0") == 505);
  CHECK(refused_line("GET / HTTP/2.0") == 505);
  CHECK(refused_line("GET / http/1.1") == 505);
  CHECK(refused_line("GET /") == 400);
  CHECK(refused_line("GET  / HTTP/1.1") == 400);
  CHECK(refused_line("GET / x HTTP/1.1") == 400);
  CHECK(refused_line(" GET / HTTP/1.1") == 400);
  CHECK(refused_line("G(T / HTTP/1.1") == 400);
  CHECK(refused_line("PRI * HTTP/2.0") == 505);
  CHECK(early_problem("\x16\x03\x01"));
  CHECK(early_problem("\r\n"));
}

TEST_CASE("the target is a plain absolute path") {
  CHECK(refused_target("/") == 0);
  CHECK(refused_target("/a/b%2Dc?x&y=%C3") == 400);
  CHECK(refused_target("/a/b%2Dc?x&y=1") == 0);
  for (const std::string_view bad :
       {"*",      "http://camera/", "a",         "//a",  "/a//b",   "/a/",  "/.", "/..", "/a/../b", "/%2e%2e/b",
        "/a%2fb", "/a%5Cb",         "/a\\b",     "/%00", "/%0d%0a", "/%7f", "/%", "/%4", "/%zz",    "/#a",
        "/\x01",  "/\x80",          "/?a=1&a=2", "/?a=%"})
    CHECK_MESSAGE(refused_target(bad) == 400, bad);
  CHECK(refused_target('/' + std::string(2048, 'a')) == 414);
}

TEST_CASE("there is exactly one Host") {
  CHECK(refused_headers("Host: a") == 0);
  CHECK(refused_headers("Accept: */*") == 400);
  CHECK(refused_headers("Host:") == 400);
  CHECK(refused_headers("Host: a\r\nhost: a") == 400);
}

TEST_CASE("where a request ends is never in doubt") {
  CHECK(refused_headers("Host: a\r\nContent-Length: 0") == 0);
  for (const std::string_view bad : {"+1", "-1", "0x1", "1 1", "1,1", "", "1_0"})
    CHECK_MESSAGE(refused_headers("Host: a\r\nContent-Length: " + std::string(bad)) == 400, bad);
  CHECK(refused_headers("Host: a\r\nContent-Length: 1\r\nContent-Length: 1") == 400);
  CHECK(refused_headers("Host: a\r\nContent-Length: 1048576") == 0);
  CHECK(refused_headers("Host: a\r\nContent-Length: 1048577") == 413);
  CHECK(refused_headers("Host: a\r\nContent-Length: 99999999999999999999999") == 413);
  CHECK(refused_headers("Host: a\r\nTransfer-Encoding: chunked") == 411);
  CHECK(refused_headers("Host: a\r\nTransfer-Encoding: identity\r\nContent-Length: 1") == 411);
  CHECK(refused_headers("Host: a\r\nTransfer-Encoding:") == 411);
}

TEST_CASE("headers are lines of name and value, and nothing else") {
  CHECK(refused_headers("Host: a\r\nX: \t b \xc3\xa9 c") == 0);
  for (const std::string_view bad :
       {" folded: a", "\tfolded", "X : a", "X", ": a", "X\x01: a", "X: a\rb", "X: a\nb", "X: a\x7f"})
    CHECK_MESSAGE(refused_headers("Host: a\r\n" + std::string(bad)) == 400, bad);
  CHECK(refused_headers(std::string("Host: a\r\nX: a\0b", 15)) == 400);
  CHECK(refused_headers("Host: a\r\nAuthorization: Basic a\r\nAuthorization: Basic b") == 400);
  CHECK(refused_headers("Host: a\r\nExpect: 100-continue") == 0);
  CHECK(refused_headers("Host: a\r\nExpect: wonders") == 417);
}

TEST_CASE("size and number of headers are bounded") {
  std::string headers = "Host: a";
  for (int i = 1; i < 64; ++i) headers += "\r\nX: a";
  CHECK(refused_headers(headers) == 0);
  CHECK(refused_headers(headers + "\r\nX: a") == 431);
  CHECK(refused_headers("Host: a\r\nX: " + std::string(8192, 'a')) == 431);
  CHECK(early_problem(std::string(8193, 'a'))->status == 431);
}

TEST_CASE("lists are searched without regard to case") {
  const auto read = read_head("GET / HTTP/1.1\r\nHost: a\r\nConnection: Keep-Alive, Upgrade\r\n\r\n");
  const auto& head = std::get<RequestHead>(read);
  CHECK(head.lists("connection", "upgrade"));
  CHECK(head.lists("connection", "keep-alive"));
  CHECK_FALSE(head.lists("connection", "close"));
}

}  // namespace
