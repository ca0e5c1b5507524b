// The bytes of one client, plain or TLS, with a limit on everything that waits. What fails or takes too long throws
// boost::system::system_error, and the connection is then over.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "firmware/http/event_hub.h"

namespace boost::asio::ssl {
class context;
}

namespace sunny16::firmware {

namespace asio = boost::asio;

struct EventSocketOptions {
  std::string protocol;                    ///< that was agreed upon; empty: none
  std::chrono::milliseconds silence{};     ///< how long a client may answer no ping
  std::chrono::milliseconds write_time{};  ///< for each text, and for closing
  std::function<bool()> allowed;           ///< asked before each text: false ends it
};

class Transport {
 public:
  virtual ~Transport() = default;

  /// Before all else: TLS's handshake.
  virtual asio::awaitable<void> open() = 0;
  virtual asio::awaitable<std::size_t> read_some(asio::mutable_buffer into) = 0;
  /// The pieces, one after the other, stay alive meanwhile.
  virtual asio::awaitable<void> write(std::span<const std::string_view> pieces) = 0;
  asio::awaitable<void> write(std::string_view text) { co_await write(std::span(&text, 1)); }
  /// For all that follows, together.
  virtual void expires_after(std::chrono::milliseconds limit) = 0;
  /// Says that nothing follows, and lets the client read what it was sent: closing at once, with bytes of the client
  /// unread, would make the system throw away what is under way.
  virtual asio::awaitable<void> close() = 0;

  /// Becomes the WebSocket that the request in `head` asks for, and sends what the hub publishes.
  virtual asio::awaitable<void> send_events(std::string_view head, EventHub& hub, EventSocketOptions options) = 0;

  virtual asio::ip::tcp::socket& socket() = 0;
};

std::unique_ptr<Transport> plain_transport(asio::ip::tcp::socket socket);
/// The context must outlive it.
std::unique_ptr<Transport> tls_transport(asio::ip::tcp::socket socket, asio::ssl::context& context);

}  // namespace sunny16::firmware
