#include "firmware/http/framing.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace sunny16::firmware {
namespace {

constexpr std::string_view kEnd = "\r\n\r\n";
/// What may stand once only: two of them would be read differently by different parsers, or by different checks.
constexpr std::array<std::string_view, 8> kSingle{"host",   "content-length", "content-type", "authorization",
                                                  "origin", "expect",         "range",        "sec-fetch-site"};

constexpr std::string_view kTokenPunctuation = "!#$%&'*+-.^_`|~";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_token_char(char c) { return is_digit(c) || is_alpha(c) || kTokenPunctuation.find(c) != std::string_view::npos; }
bool is_token(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_token_char); }
bool is_visible(char c) { return c > ' ' && c < '\x7f'; }
/// Field values may hold blanks, tabs, and bytes above ASCII, which nothing here looks at.
bool is_value_char(char c) { return is_visible(c) || c == ' ' || c == '\t' || static_cast<unsigned char>(c) >= 0x80; }

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

Refusal bad_request(std::string message) { return {400, "bad_request", std::move(message)}; }

/// Nothing where an escape is broken or hides what is not printable ASCII.
std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (text.size() - i < 3) return std::nullopt;
      unsigned value = 0;
      const char *first = text.data() + i + 1, *last = first + 2;
      if (std::from_chars(first, last, value, 16).ptr != last) return std::nullopt;
      c = static_cast<char>(value);
      if (c != ' ' && !is_visible(c)) return std::nullopt;
      i += 2;
    }
    decoded += c;
  }
  return decoded;
}

/// Segments are checked after decoding, and a slash or backslash that only decoding brings out is none of ours.
std::optional<std::string> read_path(std::string_view text) {
  if (!text.starts_with('/') || text.find('\\') != std::string_view::npos) return std::nullopt;
  std::string path;
  for (std::size_t begin = 1; begin <= text.size();) {
    const std::size_t end = std::min(text.find('/', begin), text.size());
    const auto segment = percent_decoded(text.substr(begin, end - begin));
    const bool only = begin == 1 && end == text.size();
    if (!segment || (segment->empty() && !only) || *segment == "." || *segment == ".." ||
        segment->find_first_of("/\\") != std::string::npos)
      return std::nullopt;
    path += '/' + *segment;
    begin = end + 1;
  }
  return path;
}

std::optional<Refusal> read_request_line(std::string_view line, RequestHead& head, const FramingLimits& limits) {
  const std::size_t first = line.find(' '), last = line.rfind(' ');
  if (first == std::string_view::npos || first == last)
    return bad_request("the request line is not \"METHOD target HTTP/1.1\"");
  head.method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1), version = line.substr(last + 1);
  if (!is_token(head.method)) return bad_request("the method is not a token");
  if (version != "HTTP/1.1") return Refusal{505, "http_version", "only HTTP/1.1 is spoken here"};
  if (target.size() > limits.target_bytes)
    return Refusal{414, "target_too_long", "the target is longer than " + std::to_string(limits.target_bytes)};
  if (!std::ranges::all_of(target, is_visible) || target.find('#') != std::string_view::npos)
    return bad_request("the target holds characters that must be escaped");
  const std::size_t mark = std::min(target.find('?'), target.size());
  auto path = read_path(target.substr(0, mark));
  if (!path) return bad_request("the target's path is not a plain absolute one");
  auto query = parse_query(target.substr(std::min(mark + 1, target.size())));
  if (!query) return bad_request("the target's query is broken, or names something twice");
  head.path = std::move(*path);
  head.query = std::move(*query);
  return std::nullopt;
}

std::optional<Refusal> read_field(std::string_view line, RequestHead& head) {
  const std::size_t colon = line.find(':');
  // A folded line starts with a blank, and so is no token either.
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
    return bad_request("a header is not \"name: value\"");
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (!std::ranges::all_of(value, is_value_char)) return bad_request("a header holds a control character");
  std::string name = lower_case(line.substr(0, colon));
  const auto same = [&](const auto& header) { return header.first == name; };
  if (std::ranges::find(kSingle, name) != kSingle.end() && std::ranges::any_of(head.headers, same))
    return bad_request("the header " + name + " stands twice");
  head.headers.emplace_back(std::move(name), value);
  return std::nullopt;
}

std::optional<Refusal> read_framing(RequestHead& head, const FramingLimits& limits) {
  if (head.header("host").empty()) return bad_request("the header host is missing");
  const auto named = [&](std::string_view name) {
    return std::ranges::any_of(head.headers, [&](const auto& header) { return header.first == name; });
  };
  if (named("transfer-encoding")) return Refusal{411, "length_required", "bodies need a Content-Length"};
  if (named("expect") && lower_case(head.header("expect")) != "100-continue")
    return Refusal{417, "expectation_failed", "only 100-continue can be expected"};
  if (!named("content-length")) return std::nullopt;
  const std::string_view length = head.header("content-length");
  if (length.empty() || !std::ranges::all_of(length, is_digit)) return bad_request("Content-Length is not a number");
  const char* const end = length.data() + length.size();
  if (std::from_chars(length.data(), end, head.content_length).ec != std::errc{} ||
      head.content_length > limits.body_bytes)
    return Refusal{413, "body_too_large", "the body is longer than " + std::to_string(limits.body_bytes) + " bytes"};
  return std::nullopt;
}

}  // namespace

std::optional<std::map<std::string, std::string>> parse_query(std::string_view text) {
  std::map<std::string, std::string> query;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(pair.size() + 1, text.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const auto name = percent_decoded(pair.substr(0, equals));
    const auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())));
    if (!name || !value || !query.emplace(*name, *value).second) return std::nullopt;
  }
  return query;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

std::string_view RequestHead::header(std::string_view name) const {
  const auto found =
      std::ranges::find(headers, name, [](const auto& header) { return std::string_view(header.first); });
  return found == headers.end() ? std::string_view{} : found->second;
}

bool RequestHead::lists(std::string_view name, std::string_view token) const {
  std::string_view rest = header(name);
  while (!rest.empty()) {
    const std::string_view item = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(item.size() + 1, rest.size()));
    if (lower_case(trimmed(item)) == token) return true;
  }
  return false;
}

std::optional<std::size_t> head_length(std::string_view bytes) {
  const std::size_t end = bytes.find(kEnd);
  if (end == std::string_view::npos) return std::nullopt;
  return end + kEnd.size();
}

std::optional<Refusal> early_problem(std::string_view bytes, const FramingLimits& limits) {
  if (head_length(bytes).value_or(bytes.size()) > limits.head_bytes)
    return Refusal{431, "head_too_large", "the request's head is longer than " + std::to_string(limits.head_bytes)};
  // Another protocol shows in its first byte, TLS's above all; waiting for the end of such a head would be in vain.
  if (!bytes.empty() && !is_token_char(bytes.front())) return bad_request("this is not HTTP");
  return std::nullopt;
}

std::variant<RequestHead, Refusal> read_head(std::string_view head, const FramingLimits& limits) {
  if (auto problem = early_problem(head, limits)) return std::move(*problem);
  if (head_length(head) != head.size()) return bad_request("the head has no end");
  RequestHead read;
  bool request_line = true;
  for (std::string_view rest = head.substr(0, head.size() - 2); !rest.empty();) {
    const std::size_t end = rest.find("\r\n");
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 2);
    if (!request_line && read.headers.size() == limits.headers)
      return Refusal{431, "too_many_headers", "more than " + std::to_string(limits.headers) + " headers"};
    auto problem = request_line ? read_request_line(line, read, limits) : read_field(line, read);
    if (problem) return std::move(*problem);
    request_line = false;
  }
  if (auto problem = read_framing(read, limits)) return std::move(*problem);
  return read;
}

}  // namespace sunny16::firmware
