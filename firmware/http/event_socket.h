// A WebSocket (RFC 6455) that sends events and takes nothing but control frames.
#pragma once

#include <chrono>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "firmware/http/event_hub.h"
#include "firmware/http/transport.h"
#include "firmware/http/wake_up.h"

namespace sunny16::firmware {

namespace asio = boost::asio;
namespace beast = boost::beast;

/// One coroutine sends, another reads; both run on the stream's strand.
template <class Stream>
class EventSocket : public std::enable_shared_from_this<EventSocket<Stream>> {
 public:
  EventSocket(Stream stream, EventSocketOptions options)
      : socket_(std::move(stream)),
        wake_up_(socket_.get_executor()),
        deadline_(socket_.get_executor()),
        options_(std::move(options)) {}

  asio::awaitable<void> serve(std::string_view head, EventHub& hub) {
    co_await accept(head);
    EventHub::Listener listener(hub, wake_up_.notifier());
    co_spawn(socket_.get_executor(), read(), [self = this->shared_from_this()](const std::exception_ptr&) {
      self->reading_ = false;  // by an error, which all ends of a socket are
      self->wake_up_.notifier()();
    });
    const auto reason = co_await send(listener);
    if (reason != CloseCode::none) {
      Error ignored;
      start_deadline();
      co_await socket_.async_close(reason, asio::redirect_error(asio::use_awaitable, ignored));
    }
    drop();
    while (reading_) co_await wake_up_.wait(options_.write_time);
  }

 private:
  using Error = boost::system::error_code;
  using CloseCode = beast::websocket::close_code;

  asio::awaitable<void> accept(std::string_view head) {
    beast::http::request_parser<beast::http::empty_body> parser;
    Error bad;
    parser.put(asio::buffer(head), bad);
    if (bad) throw boost::system::system_error(bad);
    beast::get_lowest_layer(socket_).expires_never();
    socket_.set_option(beast::websocket::stream_base::timeout{options_.write_time, options_.silence, true});
    socket_.set_option(beast::websocket::stream_base::decorator(
        [protocol = options_.protocol](beast::websocket::response_type& response) {
          if (!protocol.empty()) response.set(beast::http::field::sec_websocket_protocol, protocol);
        }));
    socket_.auto_fragment(false);  // a text is one frame
    socket_.read_message_max(kMostRead);
    co_await socket_.async_accept(parser.get(), asio::use_awaitable);
  }

  /// Answers pings and notices the end; a message is none of ours.
  asio::awaitable<void> read() {
    beast::flat_buffer message;
    co_await socket_.async_read(message, asio::use_awaitable);
    refused_ = true;
  }

  /// Until the client goes, or is to be closed for the reason that is returned.
  asio::awaitable<CloseCode> send(EventHub::Listener& listener) {
    while (reading_) {
      if (listener.dismissed()) co_return CloseCode::going_away;
      if (listener.overflowed()) co_return CloseCode::try_again_later;
      if (const auto text = listener.next()) {
        if (!options_.allowed()) co_return CloseCode::policy_error;
        start_deadline();
        co_await socket_.async_write(asio::buffer(*text), asio::use_awaitable);
        deadline_.expires_at(std::chrono::steady_clock::time_point::max());
      } else {
        co_await wake_up_.wait(options_.silence);
      }
    }
    co_return refused_ ? CloseCode::policy_error : CloseCode::none;
  }

  /// Drops the connection where what follows takes too long; Beast's own limit is on silence, not on full buffers.
  void start_deadline() {
    deadline_.expires_after(options_.write_time);
    deadline_.async_wait([self = this->shared_from_this()](const Error&) {
      if (self->deadline_.expiry() <= std::chrono::steady_clock::now()) self->drop();
    });
  }

  void drop() {
    deadline_.expires_at(std::chrono::steady_clock::time_point::max());
    beast::get_lowest_layer(socket_).close();
  }

  static constexpr std::size_t kMostRead = 1024;

  beast::websocket::stream<Stream> socket_;
  WakeUp wake_up_;
  asio::steady_timer deadline_;
  const EventSocketOptions options_;
  bool reading_ = true;
  bool refused_ = false;
};

}  // namespace sunny16::firmware
