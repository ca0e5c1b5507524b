// The HTTP server: serves a table of routes, the preview stream and the events over HTTP/1.1, plain or TLS, and lets
// through only what is well formed, meant for this host and allowed to the client. It knows nothing of cameras.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "firmware/http/accounts.h"
#include "firmware/http/event_hub.h"
#include "firmware/http/frame_hub.h"
#include "firmware/http/route.h"

namespace sunny16::firmware {

/// The server cannot start as it was told to: one line.
struct ServerError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct ServerLimits {
  std::size_t head_bytes = 8192;  ///< of a request: request line and headers
  std::size_t body_bytes = std::size_t{1} << 20;
  int connections = 64, connections_per_address = 32;
  int viewers = 16, listeners = 16;     ///< of the stream and of the events
  int failed_logins_per_minute = 10;    ///< of an address
  double requests_per_second = 100;     ///< of an address, see RateLimiter
  int stream_send_buffer = 256 * 1024;  ///< bytes: what a viewer's socket may hold of pictures that grow old

  using Time = std::chrono::milliseconds;
  Time head_time{10'000};       ///< for TLS's handshake, and for a request's head once it has begun
  Time body_time{20'000};       ///< for a request's body
  Time idle_time{30'000};       ///< between requests
  Time reply_time{30'000};      ///< for a handler
  Time write_time{10'000};      ///< for each 64 KiB of a response, each picture, each event
  Time first_frame_time{5000};  ///< for a stream's first picture
  Time repeat_time{5000};       ///< a stream without a newer picture repeats the last, which finds dead viewers
  Time listener_time{30'000};   ///< a listener that answers no ping for so long is gone
};

struct ServerOptions {
  std::string address = "127.0.0.1";    ///< IPv4 or IPv6; "0.0.0.0" or "::" for all
  std::uint16_t port = 8080;            ///< 0: any that is free
  std::filesystem::path certificate{};  ///< PEM of key and certificate, see certificate.h; empty: plain HTTP
  bool plain_beyond_loopback = false;
  /// Names by which clients may call this host: "camera.local" (with the server's port) or "camera.local:8443". The
  /// address that a client has connected to is allowed as well.
  std::vector<std::string> hosts{"localhost"};
  Accounts* accounts = nullptr;  ///< null: everybody is admin, on loopback only
  int threads = 1;
  ServerLimits limits{};
};

struct ServerCounters {
  int connections = 0;  ///< open now
  std::uint64_t connections_total = 0;
  std::uint64_t connections_refused_total = 0;  ///< too many, of all or of an address
  std::uint64_t requests_total = 0;
  std::uint64_t requests_refused_total = 0;  ///< malformed, too many, not allowed, or too slow
};

class Server {
 public:
  /// Takes the port; clients wait until start(). Hubs and accounts live longer than the server. Throws ServerError.
  Server(ServerOptions options, std::vector<Route> routes, FrameHub& frames, EventHub& events);
  /// Listeners of events are told that the server goes away (code 1001), and have a second to hear it; then all
  /// connections are closed. Replies that come later are dropped.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void start();
  std::uint16_t port() const;
  ServerCounters counters() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sunny16::firmware
