// The part of a connection that streams: pictures and events.
#include <array>
#include <cstdio>
#include <utility>

#include "firmware/http/connection.h"
#include "firmware/http/credentials.h"

namespace sunny16::firmware {
namespace {

constexpr std::string_view kBoundary = "frame";

/// Seconds with six decimals, as mjpg-streamer and µStreamer write it.
std::string timestamp_text(double unix_time) {
  std::array<char, 40> text{};
  return {text.data(), static_cast<std::size_t>(std::snprintf(text.data(), text.size(), "%.6f", unix_time))};
}

std::string_view bytes_of(const StreamFrame& frame) {
  return {reinterpret_cast<const char*>(frame.jpeg->data()), frame.jpeg->size()};
}

HttpResponse busy(std::string_view message) {
  HttpResponse response = error_response(503, "busy", message);
  response.headers.emplace_back("Retry-After", "10");
  return response;
}

HttpResponse no_picture(const Route& route) {
  return busy("the camera sends no pictures" + (route.no_picture ? ": " + route.no_picture() : ""));
}

}  // namespace

/// Number 0: none came in time.
asio::awaitable<StreamFrame> Connection::newer_frame(WakeUp& published, std::uint64_t than, Time limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (true) {
    StreamFrame frame = site_.frames.newest();
    if (frame.number > than) co_return frame;
    const auto left = std::chrono::ceil<Time>(deadline - std::chrono::steady_clock::now());
    if (left <= Time::zero()) co_return StreamFrame{};
    co_await published.wait(left);
  }
}

asio::awaitable<void> Connection::send_snapshot(const Route& route) {
  StreamFrame frame;
  {
    WakeUp published(strand_);
    const FrameHub::Viewer viewer(site_.frames, published.notifier());
    frame = co_await newer_frame(published, site_.frames.newest().number, site_.limits.first_frame_time);
  }
  if (!frame.jpeg) co_return co_await respond(no_picture(route));
  HttpResponse response{.content_type = "image/jpeg", .body = std::string(bytes_of(frame))};
  response.headers.emplace_back("X-Timestamp", timestamp_text(frame.unix_time));
  co_await respond(std::move(response));
}

asio::awaitable<void> Connection::send_pictures(const Route& route, const RequestHead& request) {
  if (site_.frames.viewers() >= site_.limits.viewers) co_return co_await refuse(busy("there are too many viewers"));
  keep_alive_ = false;
  HttpResponse response;
  response.content_type = "multipart/x-mixed-replace; boundary=" + std::string(kBoundary);
  transport_->expires_after(site_.limits.write_time);
  const std::string head = response_head(response, {std::nullopt, keep_alive_});
  if (head_only_) co_return co_await transport_->write(head);

  WakeUp published(strand_);
  const FrameHub::Viewer viewer(site_.frames, published.notifier());
  StreamFrame frame = co_await newer_frame(published, site_.frames.newest().number, site_.limits.first_frame_time);
  if (!frame.jpeg) co_return co_await respond(no_picture(route));
  // What the system holds for a slow client grows old: a small buffer keeps the picture that it sees a young one.
  boost::system::error_code ignored;
  transport_->socket().set_option(asio::socket_base::send_buffer_size(site_.limits.stream_send_buffer), ignored);
  transport_->expires_after(site_.limits.write_time);
  co_await transport_->write(head);
  while (site_.gate.still_allows(route, request)) {
    std::string part = "--";
    part.append(kBoundary).append("\r\nContent-Type: image/jpeg\r\nContent-Length: ");
    part.append(std::to_string(frame.jpeg->size())).append("\r\nX-Timestamp: ").append(timestamp_text(frame.unix_time));
    part.append("\r\n\r\n");
    transport_->expires_after(site_.limits.write_time);
    const std::array<std::string_view, 3> pieces{part, bytes_of(frame), "\r\n"};
    co_await transport_->write(pieces);
    const StreamFrame next = co_await newer_frame(published, frame.number, site_.limits.repeat_time);
    if (next.jpeg) frame = next;
  }
}

asio::awaitable<void> Connection::send_events(const Route& route, const RequestHead& head, std::string_view head_text) {
  if (site_.events.listeners() >= site_.limits.listeners)
    co_return co_await refuse(busy("there are too many listeners"));
  keep_alive_ = false;
  if (!inbox_.empty()) co_return co_await refuse(error_response(400, "bad_request", "frames came before the upgrade"));
  EventSocketOptions options;
  if (head.lists("sec-websocket-protocol", kEventProtocol)) options.protocol = kEventProtocol;
  options.silence = site_.limits.listener_time;
  options.write_time = site_.limits.write_time;
  options.allowed = [this, &route, &head] { return site_.gate.still_allows(route, head); };
  co_await transport_->send_events(head_text, site_.events, std::move(options));
}

}  // namespace sunny16::firmware
