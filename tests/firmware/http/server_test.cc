#include "firmware/http/server.h"

#include <doctest/doctest.h>

#include "tests/firmware/http/small_server.h"

namespace {

using namespace sunny16;
using namespace sunny16::firmware;

TEST_CASE("a route answers, in the request's thread or in another") {
  SmallServer s;
  CHECK(s.ask("GET /health").status == 200);
  CHECK(s.ask("GET /health").header("X-Content-Type-Options") == "nosniff");
  CHECK(s.ask("GET /page").header("Content-Security-Policy").starts_with("default-src 'none'"));
  CHECK(s.ask("GET /later").body == "later");
  CHECK(s.ask("POST /echo", "", R"({"a": 1})").body == R"({"a": 1})");
}

TEST_CASE("HEAD is GET without the body") {
  SmallServer s;
  RawClient client = s.connect();
  client.send(s.request("HEAD /page"));
  const RawResponse head = client.receive_response(false);
  CHECK(head.status == 200);
  CHECK(head.header("Content-Length") == "15");
  CHECK(client.ask(s.request("GET /page")).body == "<!doctype html>");  // nothing lay in between
  CHECK(s.ask("HEAD /stream").header("Content-Type").starts_with("multipart/x-mixed-replace"));
}

TEST_CASE("what is not there, and what is not allowed there") {
  SmallServer s;
  CHECK(s.ask("GET /nothing").status == 404);
  const RawResponse wrong = s.ask("DELETE /health");
  CHECK(wrong.status == 405);
  CHECK(wrong.header("Allow") == "GET, HEAD");
  CHECK(nlohmann::json::parse(wrong.body)["error"]["code"] == "method_not_allowed");
  CHECK(s.ask("OPTIONS /health").status == 405);
}

TEST_CASE("a handler that breaks tells the log, not the client; one that never answers is not waited for") {
  SmallServer s({.reply_time = 50ms});
  const RawResponse broken = s.ask("GET /breaks");
  CHECK(broken.status == 500);
  CHECK(broken.body.find("secret") == std::string::npos);
  CHECK(s.ask("GET /never").status == 503);
}

TEST_CASE("a connection serves requests in their order, also when they come together") {
  SmallServer s;
  RawClient client = s.connect();
  client.send(s.request("POST /echo", "", "1") + s.request("GET /later") + s.request("POST /echo", "", "3"));
  CHECK(client.receive_response().body == "1");
  CHECK(client.receive_response().body == "later");
  CHECK(client.receive_response().body == "3");
  client.send(s.request("POST /echo", "Connection: close\r\n", "4") + s.request("GET /health"));
  CHECK(client.receive_response().header("Connection") == "close");
  CHECK(client.receive_all() == "");
}

TEST_CASE("a client that asks for leave to send a body gets it") {
  SmallServer s;
  RawClient client = s.connect();
  client.send(
      s.request("POST /echo", "Content-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n"));
  CHECK(client.receive_until("\r\n\r\n").starts_with("HTTP/1.1 100 "));
  CHECK(client.ask("{}").body == "{}");
}

TEST_CASE("only hosts that we are called are served") {
  SmallServer s;
  const std::string port = std::to_string(s.server->port());
  const auto status = [&](const std::string& host) {
    return s.connect().ask("GET /health HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status;
  };
  CHECK(status("127.0.0.1:" + port) == 200);
  CHECK(status("localhost:" + port) == 200);
  CHECK(status("localhost") == 421);
  CHECK(status("evil.example:" + port) == 421);
  CHECK(status("evil.example") == 421);
}

TEST_CASE("other sites' pages may neither write nor listen") {
  SmallServer s;
  const std::string ours = "Origin: http://" + s.host() + "\r\n", theirs = "Origin: http://evil.example\r\n";
  CHECK(s.ask("POST /echo", ours, "{}").status == 200);
  CHECK(s.ask("POST /echo", theirs, "{}").status == 403);
  CHECK(s.ask("POST /echo", "Origin: null\r\n", "{}").status == 403);
  CHECK(s.ask("POST /echo", "Sec-Fetch-Site: cross-site\r\n", "{}").status == 403);
  CHECK(s.ask("POST /echo", "Sec-Fetch-Site: same-origin\r\n", "{}").status == 200);
  CHECK(s.ask("GET /health", theirs).status == 200);
  CHECK(s.ask("GET /events", theirs).status == 403);
}

TEST_CASE("a body is JSON, of a bounded size") {
  SmallServer s({.body_bytes = 100});
  const auto status = [&](const std::string& headers) { return s.ask("POST /echo", headers).status; };
  CHECK(status("Content-Type: text/plain\r\nContent-Length: 2\r\n") == 415);
  CHECK(status("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 2\r\n") == 415);
  CHECK(status("Content-Length: 2\r\n") == 415);
  CHECK(status("Content-Type: application/json\r\nContent-Length: 101\r\n") == 413);
  CHECK(status("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n") == 411);
  CHECK(s.ask("POST /echo", "Content-Type: application/json; charset=utf-8\r\nContent-Length: 0\r\n").status == 200);
  CHECK(s.ask("POST /echo", "", std::string(100, ' ')).body.size() == 100);
}

TEST_CASE("a refused body does not become the next request") {
  SmallServer s;
  RawClient client = s.connect();
  const std::string inner = s.request("GET /health");
  client.send(
      s.request("POST /echo", "Content-Type: text/plain\r\nContent-Length: " + std::to_string(inner.size()) + "\r\n") +
      inner);
  CHECK(client.receive_response().status == 415);
  CHECK(client.receive_all() == "");
}

TEST_CASE("a file is sent whole or in part") {
  SmallServer s;
  std::string content;
  for (int i = 0; i < 40000; ++i) content += std::to_string(i) + ' ';
  CHECK(s.ask("GET /file").status == 404);
  s.folder.file("file", content);
  CHECK(s.ask("GET /file").body == content);
  const RawResponse part = s.ask("GET /file", "Range: bytes=10-19\r\n");
  CHECK(part.status == 206);
  CHECK(part.body == content.substr(10, 10));
  CHECK(part.header("Content-Range") == "bytes 10-19/" + std::to_string(content.size()));
  CHECK(s.ask("GET /file", "Range: bytes=999999999-\r\n").status == 416);
  RawClient client = s.connect();
  client.send(s.request("HEAD /file"));
  CHECK(client.receive_response(false).header("Content-Length") == std::to_string(content.size()));
}

TEST_CASE("without accounts or TLS the server stays on loopback") {
  const TempDir folder;
  const hal::SteadyClock clock;
  Accounts accounts(folder / "tokens.json", clock, [](std::string_view) {});
  FrameHub frames;
  EventHub events;
  const auto start = [&](const std::string& address, Accounts* with, bool plain) {
    ServerOptions options{.address = address, .port = 0, .plain_beyond_loopback = plain, .accounts = with};
    const Server server(options, {}, frames, events);
  };
  CHECK_THROWS_WITH_AS(start("0.0.0.0", nullptr, true), doctest::Contains("without authentication"), ServerError);
  CHECK_THROWS_WITH_AS(start("0.0.0.0", &accounts, false), doctest::Contains("without TLS"), ServerError);
  CHECK_THROWS_WITH_AS(start("camera", &accounts, true), "address: found camera, allowed an IPv4 or IPv6 address",
                       ServerError);
  CHECK_NOTHROW(start("0.0.0.0", &accounts, true));
  CHECK_NOTHROW(start("127.0.0.1", nullptr, false));
}

TEST_CASE("a port that is taken is an error that names it") {
  SmallServer s;
  ServerOptions options{.port = s.server->port()};
  FrameHub frames;
  EventHub events;
  CHECK_THROWS_WITH_AS(Server(options, {}, frames, events), doctest::Contains(std::to_string(options.port).c_str()),
                       ServerError);
}

TEST_CASE("the server ends with requests, streams and listeners under way") {
  std::optional<SmallServer> s(std::in_place);
  RawClient never = s->connect(), stream = s->connect(), silent = s->connect(), half = s->connect();
  never.send(s->request("GET /never"));
  stream.send(s->request("GET /stream"));
  half.send("GET / HT");
  CHECK(eventually([&] { return s->server->counters().requests_total == 2 && s->frames.viewers() == 1; }));
  s.reset();
  CHECK(never.receive_all() == "");
  CHECK(half.receive_all() == "");
}

}  // namespace
