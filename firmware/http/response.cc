#include "firmware/http/response.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include <boost/beast/http/status.hpp>

#include "firmware/http/framing.h"

namespace sunny16::firmware {
namespace {

using Header = std::pair<std::string_view, std::string_view>;

/// Nothing is stored on the way, guessed about, framed or read by another site; there is no
/// Access-Control-Allow-Origin.
constexpr std::array<Header, 4> kDefaults{{{"Cache-Control", "no-store"},
                                           {"X-Content-Type-Options", "nosniff"},
                                           {"Cross-Origin-Resource-Policy", "same-origin"},
                                           {"Referrer-Policy", "no-referrer"}}};
/// A page gets its pictures, styles and scripts from here or not at all.
constexpr Header kPagePolicy{
    "Content-Security-Policy",
    "default-src 'none'; connect-src 'self'; img-src 'self' blob: data:; script-src 'self'; style-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"};

/// RFC 9110, section 5.6.7.
std::string http_date(std::time_t time) {
  std::tm utc{};
  gmtime_r(&time, &utc);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc)};
}

/// Nothing that a handler quotes may begin a header of its own.
void add_header(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ");
  std::ranges::remove_copy_if(value, std::back_inserter(head), [](char c) { return c == '\r' || c == '\n' || c == 0; });
  head += "\r\n";
}

bool sets(const HttpResponse& response, std::string_view name) {
  return std::ranges::any_of(response.headers,
                             [&](const auto& header) { return lower_case(header.first) == lower_case(name); });
}

}  // namespace

std::string response_head(const HttpResponse& response, const ResponseFraming& framing) {
  const auto reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(response.status));
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + ' ';
  head.append(reason.data(), reason.size()).append("\r\n");
  add_header(head, "Date", http_date(std::time(nullptr)));
  add_header(head, "Connection", framing.keep_alive ? "keep-alive" : "close");
  if (framing.content_length) add_header(head, "Content-Length", std::to_string(*framing.content_length));
  if (response.status != 204) add_header(head, "Content-Type", response.content_type);
  for (const auto& header : response.headers) add_header(head, header.first, header.second);
  for (const Header& header : kDefaults)
    if (!sets(response, header.first)) add_header(head, header.first, header.second);
  if (response.content_type.starts_with("text/html") && !sets(response, kPagePolicy.first))
    add_header(head, kPagePolicy.first, kPagePolicy.second);
  return head + "\r\n";
}

}  // namespace sunny16::firmware
