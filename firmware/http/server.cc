#include "firmware/http/server.h"

#include <openssl/ssl.h>

#include <atomic>
#include <exception>
#include <optional>
#include <thread>
#include <utility>

#include <spdlog/spdlog.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "firmware/http/connection.h"
#include "firmware/http/places.h"

namespace sunny16::firmware {
namespace {

using asio::ip::tcp;
using boost::system::error_code;

asio::ip::address plain_address(const asio::ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
  return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
}

/// What limits count by: of IPv6 the network, as a client has all of its /64.
std::string client_of(const asio::ip::address& address) {
  if (!address.is_v6() || address.is_loopback()) return address.to_string();
  auto bytes = address.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
  return asio::ip::address_v6(bytes).to_string();
}

std::string without_scope(std::string address) { return address.substr(0, address.find('%')); }

/// Clients for whom there is no place, but TLS's handshake, so that they hear of it; the rest is closed without a word.
constexpr int kTurnedAway = 8, kTurnedAwayPerAddress = 4;
/// What listeners have, to hear that the server goes away.
constexpr std::chrono::milliseconds kGoodbyeTime{1000};

HttpResponse no_place() {
  HttpResponse response = error_response(503, "busy", "there are too many connections");
  response.headers.emplace_back("Retry-After", "5");
  return response;
}

/// How a coroutine ended.
void log_failure(const std::exception_ptr& failure) {
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (const boost::system::system_error&) {
    // The client has gone, or was too slow.
  } catch (const std::exception& error) {
    spdlog::error("HTTP: {}", error.what());
  }
}

asio::ssl::context tls_context(const std::filesystem::path& certificate) {
  asio::ssl::context context(asio::ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  context.use_certificate_chain_file(certificate.string());
  context.use_private_key_file(certificate.string(), asio::ssl::context::pem);
  return context;
}

void check_exposure(const ServerOptions& options, const asio::ip::address& address) {
  if (address.is_loopback()) return;
  if (!options.accounts)
    throw ServerError("address: found " + options.address + ", allowed without authentication: 127.0.0.1 or ::1");
  if (options.certificate.empty() && !options.plain_beyond_loopback)
    throw ServerError("address: found " + options.address +
                      ", allowed without TLS: 127.0.0.1 or ::1, unless plain HTTP is asked for");
}

tcp::acceptor open_acceptor(asio::io_context& io, const ServerOptions& options) {
  try {
    error_code no_address;
    const auto address = asio::ip::make_address(options.address, no_address);
    if (no_address) throw ServerError("address: found " + options.address + ", allowed an IPv4 or IPv6 address");
    check_exposure(options, address);
    return tcp::acceptor(io, tcp::endpoint(address, options.port));  // with SO_REUSEADDR
  } catch (const boost::system::system_error& error) {
    throw ServerError(options.address + " port " + std::to_string(options.port) + ": " + error.code().message());
  }
}

}  // namespace

struct Server::Impl {
  const ServerOptions options;
  Places places;
  Places turned_away{kTurnedAway, kTurnedAwayPerAddress};
  std::optional<asio::ssl::context> tls;
  asio::io_context io;  // ends with the connections that still wait in it; they give back their places
  tcp::acceptor acceptor;
  Gate gate;
  Site site;
  std::atomic<std::uint64_t> connections{0}, connections_refused{0};
  std::vector<std::thread> threads;

  Impl(ServerOptions asked, std::vector<Route> routes, FrameHub& frames, EventHub& events)
      : options(std::move(asked)),
        places(options.limits.connections, options.limits.connections_per_address),
        io(options.threads),
        acceptor(open_acceptor(io, options)),
        gate(options, acceptor.local_endpoint().port(), std::move(routes)),
        site{.limits = options.limits, .gate = gate, .frames = frames, .events = events} {
    if (!options.certificate.empty()) tls.emplace(tls_context(options.certificate));
  }

  asio::awaitable<void> accept_all() {
    while (true) {
      tcp::socket socket(asio::make_strand(io));
      error_code error;
      co_await acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
      if (error == asio::error::operation_aborted || !acceptor.is_open()) co_return;
      if (error)
        co_await rest_after(error);
      else
        admit(std::move(socket));
    }
  }

  /// The system is short of descriptors or memory: those that are connected go on, and others wait.
  asio::awaitable<void> rest_after(error_code error) {
    spdlog::warn("cannot accept a connection: {}", error.message());
    asio::steady_timer timer(io, std::chrono::milliseconds(100));
    co_await timer.async_wait(asio::use_awaitable);
  }

  void admit(tcp::socket socket) {
    ++connections;
    error_code gone;
    const auto remote = socket.remote_endpoint(gone);
    const auto local = socket.local_endpoint(gone);
    if (gone) return;
    const Client client{client_of(plain_address(remote.address())),
                        without_scope(plain_address(local.address()).to_string())};
    auto place = places.take(client.address);
    if (!place) return turn_away(std::move(socket), client);
    socket.set_option(tcp::no_delay(true), gone);
    const auto strand = socket.get_executor();
    asio::co_spawn(strand, serve(std::move(socket), client, std::move(place)), log_failure);
  }

  /// Says so as far as that takes no waiting; TLS must wait, for a few.
  void turn_away(tcp::socket socket, const Client& client) {
    ++connections_refused;
    if (tls) {
      const auto strand = socket.get_executor();
      if (auto place = turned_away.take(client.address))
        asio::co_spawn(strand, turn_away_by_tls(std::move(socket), client, std::move(place)), log_failure);
      return;
    }
    const HttpResponse response = no_place();
    const std::string text = response_head(response, {response.body.size(), false}) + response.body;
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(text), ignored);
  }

  asio::awaitable<void> turn_away_by_tls(tcp::socket socket, Client client, [[maybe_unused]] Place place) {
    Connection connection(tls_transport(std::move(socket), *tls), std::move(client), site);
    HttpResponse response = no_place();
    co_await connection.turn_away(std::move(response));
  }

  /// Waits, on another thread than those that serve.
  void say_goodbye() {
    asio::post(io, [this] {
      error_code ignored;
      acceptor.close(ignored);
    });
    site.events.dismiss();
    const auto end = std::chrono::steady_clock::now() + kGoodbyeTime;
    while (site.events.listeners() > 0 && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }

  asio::awaitable<void> serve(tcp::socket socket, Client client, [[maybe_unused]] Place place) {
    auto transport = tls ? tls_transport(std::move(socket), *tls) : plain_transport(std::move(socket));
    Connection connection(std::move(transport), std::move(client), site);
    co_await connection.run();
  }
};

Server::Server(ServerOptions options, std::vector<Route> routes, FrameHub& frames, EventHub& events) try
    : impl_(std::make_unique<Impl>(std::move(options), std::move(routes), frames, events)) {
} catch (const std::invalid_argument& error) {
  throw ServerError(error.what());
} catch (const boost::system::system_error& error) {
  throw ServerError("certificate: " + std::string(error.what()));
}

Server::~Server() {
  if (!impl_->threads.empty()) impl_->say_goodbye();
  impl_->io.stop();
  for (std::thread& thread : impl_->threads) thread.join();
}

void Server::start() {
  asio::co_spawn(impl_->io, impl_->accept_all(), log_failure);
  for (int i = 0; i < impl_->options.threads; ++i) impl_->threads.emplace_back([this] { impl_->io.run(); });
}

std::uint16_t Server::port() const { return impl_->acceptor.local_endpoint().port(); }

ServerCounters Server::counters() const {
  return {.connections = impl_->places.taken(),
          .connections_total = impl_->connections,
          .connections_refused_total = impl_->connections_refused,
          .requests_total = impl_->site.requests,
          .requests_refused_total = impl_->site.requests_refused};
}

}  // namespace sunny16::firmware
