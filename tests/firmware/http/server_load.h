// Clients that reset their connections in every state.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <iterator>
#include <string>

#include "tests/firmware/http/small_server.h"
#include "tests/firmware/http/websocket_client.h"

namespace sunny16::firmware {

inline auto entries(const char* folder) {
  return std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator());
}

/// Before any byte, within a head, within a body, while a handler works, in a stream, as a listener.
inline void reset_many_times(int times) {
  SmallServer s({.reply_time = 500ms});
  s.folder.file("file", std::string(1'000'000, 'x'));
  const std::string beginnings[]{"",
                                 "GET / HT",
                                 s.request("POST /echo", "Content-Type: application/json\r\nContent-Length: 9\r\n"),
                                 s.request("GET /never"),
                                 s.request("GET /file"),
                                 s.request("GET /stream"),
                                 s.request("GET /events", kUpgrade),
                                 s.request("GET /later") + s.request("GET /later")};
  CHECK(s.ask("GET /health").status == 200);
  CHECK(eventually([&] { return s.server->counters().connections == 0; }));
  const auto descriptors = entries("/proc/self/fd"), threads = entries("/proc/self/task");
  for (int i = 0; i < times; ++i) {
    RawClient client = s.connect();
    client.send(beginnings[static_cast<std::size_t>(i) % std::size(beginnings)]);
    client.reset();
    if (i % 16 == 0) s.publish(100'000);
  }
  const bool gone = eventually([&] {
    s.publish(100'000);
    return s.server->counters().connections == 0;
  });
  CHECK(gone);
  CHECK(s.frames.viewers() == 0);
  CHECK(s.events.listeners() == 0);
  CHECK(s.ask("GET /health").status == 200);
  for (std::thread& thread : s.threads) thread.join();
  s.threads.clear();
  CHECK(eventually([&] { return entries("/proc/self/fd") == descriptors; }));
  CHECK(entries("/proc/self/task") == threads);
}

}  // namespace sunny16::firmware
