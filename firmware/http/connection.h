// One client, from its first byte to its last: reads requests, one after the other, and answers them.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/http/gate.h"
#include "firmware/http/response.h"
#include "firmware/http/transport.h"
#include "firmware/http/wake_up.h"

namespace sunny16::firmware {

/// What all connections share.
struct Site {
  const ServerLimits& limits;
  Gate& gate;
  FrameHub& frames;
  EventHub& events;
  std::atomic<std::uint64_t> requests{0}, requests_refused{0};
};

class Connection {
 public:
  Connection(std::unique_ptr<Transport> transport, Client client, Site& site);

  /// Throws boost::system::system_error where the client goes, or is too slow.
  asio::awaitable<void> run();
  /// In place of run(): answers the first request with this, whatever it asks for.
  asio::awaitable<void> turn_away(HttpResponse response);

 private:
  using Time = std::chrono::milliseconds;

  asio::awaitable<void> serve_request();
  asio::awaitable<std::optional<std::string>> read_head_text();  ///< nothing: it was refused
  asio::awaitable<void> read_more();
  asio::awaitable<std::string> read_body(const RequestHead& head);
  asio::awaitable<HttpResponse> handle(const Route& route, const HttpRequest& request);

  asio::awaitable<void> refuse(HttpResponse response);
  asio::awaitable<void> respond(HttpResponse response);
  asio::awaitable<void> respond_with_file(HttpResponse response, const RequestHead& head);

  asio::awaitable<StreamFrame> newer_frame(WakeUp& published, std::uint64_t than, Time limit);
  asio::awaitable<void> send_snapshot(const Route& route);
  asio::awaitable<void> send_pictures(const Route& route, const RequestHead& head);
  asio::awaitable<void> send_events(const Route& route, const RequestHead& head, std::string_view head_text);

  const std::unique_ptr<Transport> transport_;
  const Client client_;
  Site& site_;
  const asio::any_io_executor strand_;
  std::string inbox_;       // read, and not yet used
  bool first_ = true;       // no request yet
  bool keep_alive_ = true;  // the connection outlives the response
  bool head_only_ = false;  // HEAD: the response has no body
};

}  // namespace sunny16::firmware
