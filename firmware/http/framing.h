// Reads the head of an HTTP/1.1 request, and takes it only where it can be understood in one way. What makes two
// parsers disagree about where a request ends (RFC 9112, sections 5.2, 6.3 and 11.2) is refused: two Hosts, two
// lengths, Transfer-Encoding, folded lines, bare CR or LF, blanks before a colon.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace sunny16::firmware {

struct FramingLimits {
  std::size_t head_bytes = 8192;  ///< request line, headers and the empty line
  std::size_t target_bytes = 2048;
  std::size_t headers = 64;
  std::size_t body_bytes = std::size_t{1} << 20;
};

/// Why a request is not served: an HTTP status, and the code and message of an error_response().
struct Refusal {
  int status = 400;
  std::string code, message;
};

struct RequestHead {
  std::string method;
  std::string path;  ///< percent-decoded; starts with a slash, has no empty, "." or ".." segment
  std::map<std::string, std::string> query;
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::size_t content_length = 0;

  /// The first header of this lower-case name; empty: there is none.
  std::string_view header(std::string_view name) const;
  /// Whether a comma-separated header holds this lower-case token.
  bool lists(std::string_view name, std::string_view token) const;
};

/// The length of the head at the start of `bytes`, with its empty line; nothing: its end has not come yet.
std::optional<std::size_t> head_length(std::string_view bytes);

/// Reads a whole head, as measured by head_length().
std::variant<RequestHead, Refusal> read_head(std::string_view head, const FramingLimits& limits = {});

/// Why these first bytes cannot become a head; nothing: they may.
std::optional<Refusal> early_problem(std::string_view bytes, const FramingLimits& limits = {});

/// "a=1&b=2", decoded; nothing where an escape is broken or a name stands twice.
std::optional<std::map<std::string, std::string>> parse_query(std::string_view text);

/// In lower case, as far as it is ASCII.
std::string lower_case(std::string_view text);

}  // namespace sunny16::firmware
