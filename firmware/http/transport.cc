#include "firmware/http/transport.h"

#include <array>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include "firmware/http/event_socket.h"

namespace sunny16::firmware {
namespace {

using asio::awaitable;
using asio::use_awaitable;

constexpr std::chrono::milliseconds kCloseTime{1000};
constexpr std::size_t kMostDrained = std::size_t{1} << 20;

template <class Stream>
class StreamTransport final : public Transport {
 public:
  template <class... Args>
  explicit StreamTransport(Args&&... args) : stream_(std::forward<Args>(args)...) {}

  awaitable<void> open() override {
    if constexpr (kTls) co_await stream_.async_handshake(asio::ssl::stream_base::server, use_awaitable);
    co_return;
  }

  awaitable<std::size_t> read_some(asio::mutable_buffer into) override {
    co_return co_await stream_.async_read_some(into, use_awaitable);
  }

  using Transport::write;
  awaitable<void> write(std::span<const std::string_view> pieces) override {
    std::vector<asio::const_buffer> buffers;
    for (const std::string_view piece : pieces) buffers.push_back(asio::buffer(piece));
    co_await asio::async_write(stream_, buffers, use_awaitable);
  }

  void expires_after(std::chrono::milliseconds limit) override {
    beast::get_lowest_layer(stream_).expires_after(limit);
  }

  awaitable<void> close() override {
    expires_after(kCloseTime);
    boost::system::error_code ignored;
    if constexpr (kTls) {
      co_await stream_.async_shutdown(asio::redirect_error(use_awaitable, ignored));
    } else {
      socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
      std::array<char, 4096> dropped;
      for (std::size_t sum = 0; !ignored && sum < kMostDrained;)
        sum += co_await stream_.async_read_some(asio::buffer(dropped), asio::redirect_error(use_awaitable, ignored));
    }
    socket().close(ignored);
  }

  awaitable<void> send_events(std::string_view head, EventHub& hub, EventSocketOptions options) override {
    const auto events = std::make_shared<EventSocket<Stream>>(std::move(stream_), std::move(options));
    co_await events->serve(head, hub);
  }

  asio::ip::tcp::socket& socket() override { return beast::get_lowest_layer(stream_).socket(); }

 private:
  static constexpr bool kTls = !std::is_same_v<Stream, beast::tcp_stream>;
  Stream stream_;
};

}  // namespace

std::unique_ptr<Transport> plain_transport(asio::ip::tcp::socket socket) {
  return std::make_unique<StreamTransport<beast::tcp_stream>>(std::move(socket));
}

std::unique_ptr<Transport> tls_transport(asio::ip::tcp::socket socket, asio::ssl::context& context) {
  return std::make_unique<StreamTransport<beast::ssl_stream<beast::tcp_stream>>>(std::move(socket), context);
}

}  // namespace sunny16::firmware
