// Slow, stalled, resetting and malformed clients: none of them holds anything for long.
#include <doctest/doctest.h>

#include "tests/firmware/http/server_load.h"
#include "tests/firmware/http/small_server.h"
#include "tests/firmware/http/websocket_client.h"

namespace {

using namespace sunny16;
using namespace sunny16::firmware;

const ServerLimits kHasty{.head_time = 200ms, .body_time = 200ms, .idle_time = 200ms, .write_time = 300ms};

bool all_gone(const SmallServer& s) {
  return eventually([&] { return s.server->counters().connections == 0; });
}

TEST_CASE("whoever sends nothing, or half of something, is dropped") {
  SmallServer s(kHasty);
  const std::string whole = s.request("POST /echo", "", R"({"a": 1})");
  std::vector<RawClient> clients;
  for (const std::size_t size : {std::size_t{0}, std::size_t{5}, whole.size() - 10, whole.size() - 1}) {
    clients.push_back(s.connect());
    clients.back().send(whole.substr(0, size));
  }
  for (RawClient& client : clients) CHECK(client.receive_all() == "");
  RawClient idle = s.connect();
  CHECK(idle.ask(s.request("GET /health")).status == 200);
  CHECK(idle.receive_all() == "");
  CHECK(all_gone(s));
}

TEST_CASE("a byte now and then does not make a request last longer") {
  SmallServer s(kHasty);
  RawClient slow = s.connect();
  const std::string head = s.request("GET /health", "X-Slow: " + std::string(4000, 'a') + "\r\n");
  const auto start = std::chrono::steady_clock::now();
  std::size_t sent = 0;
  while (sent + 1 < head.size() && slow.send(head.substr(sent, 1))) {
    ++sent;
    std::this_thread::sleep_for(20ms);  // all of it would take 80 s
    if (s.server->counters().connections == 0 && sent > 1) break;
  }
  CHECK(sent + 1 < head.size());
  CHECK(std::chrono::steady_clock::now() - start < 20s);
}

TEST_CASE("a client that does not read its download is dropped") {
  SmallServer s(kHasty);
  s.folder.file("file", std::string(30'000'000, 'x'));
  RawClient client = s.connect();
  client.small_receive_buffer();
  client.send(s.request("GET /file"));
  REQUIRE(eventually([&] { return s.server->counters().requests_total == 1; }));
  CHECK(all_gone(s));
}

TEST_CASE("too many clients are turned away, and others are served when there is room") {
  SmallServer s({.connections = 4, .connections_per_address = 4});
  {
    std::vector<RawClient> holders;
    for (int i = 0; i < 4; ++i) {
      holders.push_back(s.connect());
      CHECK(holders.back().ask(s.request("GET /health")).status == 200);
    }
    RawClient extra = s.connect();
    const RawResponse refused = extra.receive_response();
    CHECK(refused.status == 503);
    CHECK(refused.header("Retry-After") != "");
    CHECK(s.server->counters().connections_refused_total == 1);
    CHECK(holders.front().ask(s.request("GET /health")).status == 200);
  }
  CHECK(all_gone(s));
  CHECK(s.ask("GET /health").status == 200);
}

TEST_CASE("one address cannot take all places") {
  SmallServer s({.connections = 4, .connections_per_address = 2});
  RawClient a = s.connect(), b = s.connect();
  CHECK(a.ask(s.request("GET /health")).status == 200);
  CHECK(b.ask(s.request("GET /health")).status == 200);
  CHECK(s.connect().receive_response().status == 503);
}

TEST_CASE("who asks too often is told when to come again, and health answers all the same") {
  SmallServer s({.requests_per_second = 0.01});
  CHECK(s.ask("GET /page").status == 429);
  const RawResponse refused = s.ask("GET /nowhere");
  CHECK(refused.status == 429);
  CHECK(std::stoi(refused.header("Retry-After")) > 1);
  CHECK(refused.body.find("too_many_requests") != std::string::npos);
  for (int i = 0; i < 10; ++i) CHECK(s.ask("GET /health").status == 200);
  CHECK(s.server->counters().requests_refused_total == 2);
}

TEST_CASE("slow clients in all places do not keep others out for long") {
  ServerLimits limits = kHasty;
  limits.connections = limits.connections_per_address = 8;
  SmallServer s(limits);
  std::vector<RawClient> slow;
  for (int i = 0; i < 8; ++i) {
    slow.push_back(s.connect());
    slow.back().send("GET / HTTP/1.1\r\n");
  }
  CHECK(eventually([&] { return s.ask("GET /health").status == 200; }));
}

TEST_CASE("a request that is cut anywhere is not answered as a whole one, and leaves nothing") {
  SmallServer s;
  const std::string whole = s.request("POST /echo", "", R"({"a": 1})");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    RawClient client = s.connect();
    client.send(std::string_view(whole).substr(0, size));
    client.end_sending();
    CHECK(client.receive_all() == "");
  }
  CHECK(all_gone(s));
  CHECK(s.ask("POST /echo", "", R"({"a": 1})").status == 200);
}

TEST_CASE("an upgrade and its frames that are cut anywhere leave nothing") {
  SmallServer s;
  const std::string upgrade = s.request("GET /events", kUpgrade);
  for (std::size_t size = 0; size < upgrade.size(); ++size) {
    RawClient client = s.connect();
    client.send(std::string_view(upgrade).substr(0, size));
    client.end_sending();
    CHECK(client.receive_all() == "");
  }
  const std::string frame = client_frame(Opcode::ping, "12345678");
  for (std::size_t size = 0; size <= frame.size(); ++size) {
    RawClient client = s.connect();
    REQUIRE(client.ask(upgrade).status == 101);
    client.send(std::string_view(frame).substr(0, size));
    client.end_sending();
    client.receive_all();
  }
  CHECK(all_gone(s));
  CHECK(eventually([&] { return s.events.listeners() == 0; }));
}

TEST_CASE("other protocols are told so at once") {
  SmallServer s;
  for (const std::string& bad :
       {std::string("\x16\x03\x01\x02\x00", 5), std::string("\r\n\r\n"), std::string(10000, 'a')}) {
    RawClient client = s.connect();
    client.send(bad);
    const int status = client.receive_response().status;
    CHECK((status == 400 || status == 431));
    CHECK(client.receive_all() == "");
  }
}

TEST_CASE("a thousand resets leave no descriptor and no thread") { reset_many_times(1000); }

}  // namespace
