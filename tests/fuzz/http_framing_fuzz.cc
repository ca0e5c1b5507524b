// The head of a request, as any client may send it. What we take must mean the same to another parser, Beast's,
// unless that refuses it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string_view>
#include <variant>

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

#include "firmware/http/framing.h"

namespace {

namespace http = boost::beast::http;

void require(bool good) {
  if (!good) std::abort();
}

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

void compare_with_beast(const sunny16::firmware::RequestHead& head, std::string_view text) {
  http::request_parser<http::empty_body> parser;
  parser.body_limit(std::numeric_limits<std::uint64_t>::max());
  boost::system::error_code error;
  parser.put(boost::asio::buffer(text), error);
  if (!parser.is_header_done()) return;  // a Connection that is no list of tokens, for one
  const auto& request = parser.get();
  require(view(request.method_string()) == head.method);
  require(request.version() == 11);
  require(request.count(http::field::host) == 1 && view(request[http::field::host]) == head.header("host"));
  require(request.count(http::field::transfer_encoding) == 0 && !parser.chunked());
  require(parser.content_length().value_or(0) == head.content_length);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sunny16::firmware;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  early_problem(bytes);
  const auto length = head_length(bytes);
  if (!length) return 0;
  const auto read = read_head(bytes.substr(0, *length));
  if (const auto* head = std::get_if<RequestHead>(&read)) compare_with_beast(*head, bytes.substr(0, *length));
  return 0;
}
