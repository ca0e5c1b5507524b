// The WebSocket of events.
#include <doctest/doctest.h>

#include <optional>

#include "tests/firmware/http/small_server.h"
#include "tests/firmware/http/websocket_client.h"

namespace {

using namespace sunny16;
using namespace sunny16::firmware;

RawClient start_events(const SmallServer& s, int listeners = 1) {
  RawClient client = s.connect();
  const RawResponse upgraded = client.ask(s.request("GET /events", kUpgrade));
  REQUIRE(upgraded.status == 101);
  CHECK(upgraded.header("Sec-WebSocket-Accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");  // RFC 6455's own example
  REQUIRE(eventually([&] { return s.events.listeners() == listeners; }));
  return client;
}

/// A server waits for the client to close as well, so it is to be gone by then.
bool nobody_is_left(const SmallServer& s) {
  return eventually([&] { return s.events.listeners() == 0 && s.server->counters().connections == 0; });
}

TEST_CASE("a listener gets events, in their order") {
  SmallServer s;
  RawClient a = start_events(s), b = start_events(s, 2);
  s.events.publish(R"({"type": "state"})", Importance::event);
  s.events.publish(std::string(70000, 'x'), Importance::statistics);
  for (RawClient* client : {&a, &b}) {
    const ServerFrame first = receive_frame(*client), second = receive_frame(*client);
    CHECK(first.opcode == Opcode::text);
    CHECK(first.payload == R"({"type": "state"})");
    CHECK(second.payload.size() == 70000);
  }
}

TEST_CASE("pings are answered, and a close is a close") {
  SmallServer s;
  {
    RawClient client = start_events(s);
    client.send(client_frame(Opcode::ping, "hello"));
    const ServerFrame pong = receive_frame(client);
    CHECK(pong.opcode == Opcode::pong);
    CHECK(pong.payload == "hello");
    client.send(client_frame(Opcode::close, "\x03\xe8"));
    CHECK(receive_frame(client).close_code() == 1000);
    CHECK_FALSE(receive_frame(client).got);
  }
  CHECK(nobody_is_left(s));
}

TEST_CASE("messages are not taken, and large or broken frames still less") {
  SmallServer s;
  const std::string huge("\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff\1\2\3\4", 14), unmasked("\x81\x01x"),
      reserved("\xf1\x80\1\2\3\4");
  for (const auto& [bytes, code] : {std::pair(client_frame(Opcode::text, "hello"), 1008), std::pair(huge, 1009),
                                    std::pair(unmasked, 1002), std::pair(reserved, 1002)}) {
    {
      RawClient client = start_events(s);
      client.send(bytes);
      CHECK(receive_frame(client).close_code() == code);
    }
    CHECK(nobody_is_left(s));
  }
}

TEST_CASE("what is no upgrade is told so") {
  SmallServer s;
  CHECK(s.ask("GET /events").status == 426);
  CHECK(s.ask("GET /events").header("Sec-WebSocket-Version") == "13");
  CHECK(s.ask("GET /events", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 12\r\n").status ==
        426);
  CHECK(s.connect().ask(s.request("GET /events", kUpgrade) + client_frame(Opcode::ping, "")).status == 400);
}

TEST_CASE("a browser's page brings its token as a protocol") {
  SmallServer s({}, SmallServer::Auth::tokens);
  const auto claimed = s.accounts->claim(s.code, "me");
  const std::string token = std::get<Accounts::NewToken>(claimed).token;
  const std::string upgrade(kUpgrade);
  CHECK(s.ask("GET /events", upgrade).status == 401);
  CHECK(s.ask("GET /events", upgrade + "Sec-WebSocket-Protocol: sunny16, bearer.wrong\r\n").status == 401);
  const RawResponse upgraded =
      s.ask("GET /events", upgrade + "Sec-WebSocket-Protocol: sunny16, bearer." + token + "\r\n");
  CHECK(upgraded.status == 101);
  CHECK(upgraded.header("Sec-WebSocket-Protocol") == "sunny16");
  CHECK(s.ask("GET /events", upgrade + "Authorization: Bearer " + token + "\r\n").status == 101);
}

TEST_CASE("the number of listeners is bounded") {
  SmallServer s({.listeners = 1});
  const RawClient first = start_events(s);
  CHECK(s.ask("GET /events", kUpgrade).status == 503);
}

TEST_CASE("a listener that does not take its events is closed, and others get all") {
  SmallServer s({.write_time = 300ms});
  RawClient slow = start_events(s), quick = start_events(s, 2);
  const std::string large(1'000'000, 'x');
  int sent = 0;
  const bool closed = eventually([&] {
    s.events.publish(large, Importance::event);
    ++sent;
    CHECK(receive_frame(quick).payload.size() == large.size());
    return s.events.listeners() == 1;
  });
  CHECK(closed);
  CHECK(sent > 0);
}

TEST_CASE("a listener who is only late learns by code 1013 that it has missed something") {
  SmallServer s;
  {
    RawClient late = start_events(s);
    // More than the sockets hold lies ahead of it, and more than its queue holds comes then.
    for (int i = 0; i < 40; ++i) s.events.publish(std::string(1'000'000, 'x'), Importance::event);
    ServerFrame frame;
    do frame = receive_frame(late);
    while (frame.got && frame.opcode == Opcode::text);
    CHECK(frame.close_code() == 1013);
  }
  CHECK(nobody_is_left(s));
}

TEST_CASE("a server that ends says so by code 1001, and waits for nobody who does not listen") {
  SmallServer s;
  RawClient polite = start_events(s), deaf = start_events(s, 2);
  std::thread ending([&] { s.server.reset(); });
  CHECK(receive_frame(polite).close_code() == 1001);
  polite.send(client_frame(Opcode::close, "\x03\xe9"));
  CHECK_FALSE(receive_frame(polite).got);
  ending.join();
  CHECK(receive_frame(deaf).close_code() == 1001);
  CHECK_FALSE(receive_frame(deaf).got);
}

TEST_CASE("a listener that answers no ping is gone") {
  SmallServer s({.listener_time = 200ms});
  RawClient client = start_events(s);
  CHECK(receive_frame(client).opcode == Opcode::ping);
  CHECK(nobody_is_left(s));
}

}  // namespace
