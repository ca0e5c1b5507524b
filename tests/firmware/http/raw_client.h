// A client that sends any bytes, good or bad.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace sunny16 {

struct RawResponse {
  int status = 0;  ///< 0: the server closed without an answer
  std::string head, body;

  /// The value of a header; empty: there is none.
  std::string header(std::string_view name) const {
    const std::size_t found = head.find("\r\n" + std::string(name) + ": ");
    if (found == std::string::npos) return {};
    const std::size_t begin = found + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{20, 0};  // no test waits for longer
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("cannot connect");
  }
  RawClient(RawClient&& other) noexcept : socket_(std::exchange(other.socket_, -1)), inbox_(std::move(other.inbox_)) {}
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient() {
    if (socket_ >= 0) close(socket_);
  }

  /// False: the server has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void end_sending() { shutdown(socket_, SHUT_WR); }
  /// Ends with a reset instead of a close.
  void reset() {
    const linger at_once{1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(std::exchange(socket_, -1));
  }
  void small_receive_buffer() {
    const int size = 4096;
    setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  }

  /// False: the server has closed, or sent nothing for too long.
  bool receive_more() {
    std::array<char, 65536> bytes;
    const ssize_t size = recv(socket_, bytes.data(), bytes.size(), 0);
    if (size <= 0) return false;
    inbox_.append(bytes.data(), static_cast<std::size_t>(size));
    return true;
  }
  /// Everything up to and with `end`; empty: it did not come.
  std::string receive_until(std::string_view end) {
    std::size_t found, from = 0;
    while ((found = inbox_.find(end, from)) == std::string::npos) {
      from = inbox_.size() > end.size() ? inbox_.size() - end.size() : 0;
      if (!receive_more()) return {};
    }
    return take(found + end.size());
  }
  /// Less where the server closes before.
  std::string receive(std::size_t size) {
    while (inbox_.size() < size && receive_more()) {
    }
    return take(std::min(size, inbox_.size()));
  }
  /// What comes until the server closes.
  std::string receive_all() {
    while (receive_more()) {
    }
    return take(inbox_.size());
  }
  RawResponse receive_response(bool has_body = true) {
    RawResponse response{.status = 0, .head = receive_until("\r\n\r\n"), .body = {}};
    if (response.head.size() < 12) return response;
    response.status = std::atoi(response.head.c_str() + 9);
    const std::string length = response.header("Content-Length");
    if (has_body && !length.empty()) response.body = receive(std::stoul(length));
    return response;
  }
  /// One request with an empty Host filled in: "GET / HTTP/1.1\r\n" and what follows.
  RawResponse ask(std::string_view request) {
    send(request);
    return receive_response();
  }

 private:
  std::string take(std::size_t size) {
    std::string taken = inbox_.substr(0, size);
    inbox_.erase(0, size);
    return taken;
  }

  int socket_;
  std::string inbox_;
};

}  // namespace sunny16
