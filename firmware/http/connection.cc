#include "firmware/http/connection.h"

#include <algorithm>
#include <array>
#include <exception>
#include <mutex>
#include <utility>
#include <variant>
#include <vector>

#include <spdlog/spdlog.h>

#include "firmware/http/file_range.h"

namespace sunny16::firmware {
namespace {

constexpr std::size_t kReadBytes = 4096, kChunk = std::size_t{64} << 10;

LoginLimiter::Time now() { return std::chrono::steady_clock::now(); }

HttpResponse refusal_response(const Refusal& refusal) {
  return error_response(refusal.status, refusal.code, refusal.message);
}

/// Where a handler, on whatever thread, puts its answer.
struct ReplySlot {
  std::mutex mutex;
  std::optional<HttpResponse> response;

  std::optional<HttpResponse> take() {
    const std::scoped_lock lock(mutex);
    return std::exchange(response, std::nullopt);
  }
};

}  // namespace

Connection::Connection(std::unique_ptr<Transport> transport, Client client, Site& site)
    : transport_(std::move(transport)),
      client_(std::move(client)),
      site_(site),
      strand_(transport_->socket().get_executor()) {}

asio::awaitable<void> Connection::run() {
  transport_->expires_after(site_.limits.head_time);
  co_await transport_->open();
  while (keep_alive_) co_await serve_request();
  co_await transport_->close();
}

asio::awaitable<void> Connection::turn_away(HttpResponse response) {
  transport_->expires_after(site_.limits.head_time);
  co_await transport_->open();
  const auto text = co_await read_head_text();
  if (!text) co_return;
  keep_alive_ = false;
  co_await refuse(std::move(response));
  co_await transport_->close();
}

asio::awaitable<void> Connection::serve_request() {
  const auto text = co_await read_head_text();
  if (!text) co_return;
  ++site_.requests;
  const FramingLimits limits{.head_bytes = site_.limits.head_bytes, .body_bytes = kLargeBodyBytes};
  const auto read = read_head(*text, limits);
  if (const auto* refusal = std::get_if<Refusal>(&read)) {
    keep_alive_ = false;  // nobody knows where the next request would begin
    co_return co_await refuse(refusal_response(*refusal));
  }
  const auto& head = std::get<RequestHead>(read);
  head_only_ = head.method == "HEAD";
  keep_alive_ = !head.lists("connection", "close");
  auto admitted = site_.gate.admit(head, client_, now());
  if (auto* refused = std::get_if<HttpResponse>(&admitted)) {
    keep_alive_ = keep_alive_ && head.content_length == 0;  // its body is not read
    co_return co_await refuse(std::move(*refused));
  }
  auto& admission = std::get<Admission>(admitted);
  if (!admission.route->large_body && head.content_length > site_.limits.body_bytes) {
    keep_alive_ = false;
    const Refusal refusal{413, "body_too_large",
                          "the body is longer than " + std::to_string(site_.limits.body_bytes) + " bytes"};
    co_return co_await refuse(refusal_response(refusal));
  }
  admission.request.body = co_await read_body(head);
  switch (admission.route->kind) {
    case RouteKind::reply: {
      HttpResponse response = co_await handle(*admission.route, admission.request);
      site_.gate.answered(*admission.route, response.status, client_, now());
      if (response.file.empty())
        co_await respond(std::move(response));
      else
        co_await respond_with_file(std::move(response), head);
      break;
    }
    case RouteKind::snapshot:
      co_await send_snapshot(*admission.route);
      break;
    case RouteKind::mjpeg:
      co_await send_pictures(*admission.route, head);
      break;
    case RouteKind::events:
      co_await send_events(*admission.route, head, *text);
      break;
  }
}

asio::awaitable<void> Connection::read_more() {
  std::array<char, kReadBytes> bytes;
  const std::size_t size = co_await transport_->read_some(asio::buffer(bytes));
  inbox_.append(bytes.data(), size);
}

asio::awaitable<std::optional<std::string>> Connection::read_head_text() {
  // One limit for the first byte, one for all that follow: whoever sends a byte now and then does not last longer.
  if (!inbox_.empty() || std::exchange(first_, false))
    transport_->expires_after(site_.limits.head_time);
  else
    transport_->expires_after(site_.limits.idle_time);
  while (true) {
    if (const auto problem = early_problem(inbox_, {.head_bytes = site_.limits.head_bytes})) {
      keep_alive_ = false;
      co_await refuse(refusal_response(*problem));
      co_return std::nullopt;
    }
    if (const auto length = head_length(inbox_)) {
      std::string text = inbox_.substr(0, *length);
      inbox_.erase(0, *length);
      co_return text;
    }
    const bool begins = inbox_.empty();
    co_await read_more();
    if (begins) transport_->expires_after(site_.limits.head_time);
  }
}

asio::awaitable<std::string> Connection::read_body(const RequestHead& head) {
  transport_->expires_after(site_.limits.body_time);
  if (!head.header("expect").empty() && inbox_.size() < head.content_length) {
    constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    co_await transport_->write(kContinue);
  }
  while (inbox_.size() < head.content_length) co_await read_more();
  std::string body = inbox_.substr(0, head.content_length);
  inbox_.erase(0, head.content_length);
  co_return body;
}

asio::awaitable<HttpResponse> Connection::handle(const Route& route, const HttpRequest& request) {
  WakeUp answered(strand_);
  const auto slot = std::make_shared<ReplySlot>();
  try {
    route.handle(request, [slot, notify = answered.notifier()](HttpResponse response) {
      {
        const std::scoped_lock lock(slot->mutex);
        slot->response = std::move(response);
      }
      notify();
    });
  } catch (const std::exception& error) {
    spdlog::error("{} {}: {}", request.method, request.path, error.what());
    co_return error_response(500, "internal_error", "this should not have happened; the log tells more");
  }
  co_await answered.wait(site_.limits.reply_time);
  auto response = slot->take();
  if (!response) co_return error_response(503, "no_answer", "the camera did not answer in time");
  co_return std::move(*response);
}

asio::awaitable<void> Connection::refuse(HttpResponse response) {
  ++site_.requests_refused;
  co_await respond(std::move(response));
}

asio::awaitable<void> Connection::respond(HttpResponse response) {
  std::string text = response_head(response, {response.body.size(), keep_alive_});
  if (!head_only_) text += response.body;
  for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(std::min(kChunk, rest.size()))) {
    transport_->expires_after(site_.limits.write_time);
    co_await transport_->write(rest.substr(0, kChunk));
  }
}

asio::awaitable<void> Connection::respond_with_file(HttpResponse response, const RequestHead& head) {
  const auto file = InputFile::open(response.file);
  if (!file) co_return co_await respond(error_response(404, "not_found", "the file is gone"));
  RangeAnswer answer{response.status, {0, file->size()}};
  if (response.status == 200 && head.header("if-range").empty())
    answer = answer_range(head.header("range"), file->size());
  if (answer.status == 416) {
    HttpResponse error =
        error_response(416, "no_such_range", "the file has " + std::to_string(file->size()) + " bytes");
    error.headers.emplace_back("Content-Range", "bytes */" + std::to_string(file->size()));
    co_return co_await respond(std::move(error));
  }
  response.status = answer.status;
  response.headers.emplace_back("Accept-Ranges", "bytes");
  std::uint64_t at = answer.range.begin, left = answer.range.size;
  if (answer.status == 206)
    response.headers.emplace_back("Content-Range", "bytes " + std::to_string(at) + '-' + std::to_string(at + left - 1) +
                                                       '/' + std::to_string(file->size()));
  transport_->expires_after(site_.limits.write_time);
  const std::string text = response_head(response, {left, keep_alive_});
  co_await transport_->write(text);
  std::vector<char> chunk(kChunk);
  while (left > 0 && !head_only_) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, chunk.size()));
    const std::size_t size = file->read(at, std::span(chunk).first(wanted));
    if (size == 0) throw boost::system::system_error(asio::error::eof);  // the client sees that bytes are missing
    transport_->expires_after(site_.limits.write_time);
    co_await transport_->write(std::string_view(chunk.data(), size));
    at += size;
    left -= size;
  }
}

}  // namespace sunny16::firmware
