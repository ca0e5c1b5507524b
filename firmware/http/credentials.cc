#include "firmware/http/credentials.h"

#include <algorithm>

#include "firmware/http/base64.h"

namespace sunny16::firmware {
namespace {

constexpr std::string_view kBearerProtocol = "bearer.";

std::string token_of_authorization(std::string_view value) {
  const std::size_t blank = std::min(value.find(' '), value.size());
  const std::string scheme = lower_case(value.substr(0, blank));
  const std::string_view rest = value.substr(std::min(blank + 1, value.size()));
  if (scheme == "bearer") return std::string(rest);
  if (scheme != "basic") return {};
  const std::string pair = base64_decoded(rest);
  const std::size_t colon = pair.find(':');
  return colon == std::string::npos ? std::string() : pair.substr(colon + 1);
}

}  // namespace

std::optional<std::string> token_of(const RequestHead& head) {
  if (const std::string_view value = head.header("authorization"); !value.empty()) return token_of_authorization(value);
  const std::string_view protocols = head.header("sec-websocket-protocol");
  const std::size_t found = protocols.find(kBearerProtocol);
  if (found == std::string_view::npos) return std::nullopt;
  const std::string_view token = protocols.substr(found + kBearerProtocol.size());
  return std::string(token.substr(0, token.find_first_of(", \t")));
}

}  // namespace sunny16::firmware
