#include "firmware/http/host_policy.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "firmware/http/framing.h"

namespace sunny16::firmware {
namespace {

constexpr std::string_view kDigits = "0123456789", kHex = "0123456789abcdef";
constexpr std::uint16_t kHttpPort = 80, kHttpsPort = 443;

bool only(std::string_view text, std::string_view letters, std::string_view more) {
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return letters.find(c) != std::string_view::npos || more.find(c) != std::string_view::npos;
  });
}

}  // namespace

std::optional<Authority> parse_authority(std::string_view text) {
  const std::string lower = lower_case(text);
  const bool bracketed = lower.starts_with('[');
  const std::size_t name_end = bracketed ? lower.find(']') : std::min(lower.find(':'), lower.size());
  if (name_end == std::string::npos) return std::nullopt;
  Authority authority{.name = lower.substr(bracketed, name_end - bracketed), .port = {}};
  const bool good = bracketed ? only(authority.name, kHex, ":.")
                              : only(authority.name, "abcdefghijklmnopqrstuvwxyz0123456789", "-._");
  if (!good) return std::nullopt;
  const std::string_view rest = std::string_view(lower).substr(name_end + bracketed);
  if (rest.empty()) return authority;
  std::uint16_t port = 0;
  const char* const end = rest.data() + rest.size();
  if (rest.front() != ':' || !only(rest.substr(1), kDigits, "")) return std::nullopt;
  if (std::from_chars(rest.data() + 1, end, port).ec != std::errc{}) return std::nullopt;
  authority.port = port;
  return authority;
}

HostPolicy::HostPolicy(const std::vector<std::string>& hosts, std::uint16_t server_port, bool tls)
    : server_port_(server_port), tls_(tls) {
  for (const std::string& text : hosts) {
    const auto host = parse_authority(text);
    if (!host) throw std::invalid_argument("host: found \"" + text + "\", allowed a name or address, and :port");
    hosts_.push_back({host->name, host->port.value_or(server_port)});
  }
}

bool HostPolicy::allows_host(std::string_view host, std::string_view local_address) const {
  const auto named = parse_authority(host);
  if (!named) return false;
  const std::uint16_t port = named->port.value_or(tls_ ? kHttpsPort : kHttpPort);
  if (named->name == local_address && port == server_port_) return true;
  return std::ranges::find(hosts_, Host{named->name, port}) != hosts_.end();
}

bool HostPolicy::same_origin(std::string_view origin, std::string_view host) const {
  const bool https = origin.starts_with("https://");
  if (!https && (tls_ || !origin.starts_with("http://"))) return false;
  const auto from = parse_authority(origin.substr(https ? 8 : 7)), named = parse_authority(host);
  if (!from || !named) return false;
  const std::uint16_t standard = https ? kHttpsPort : kHttpPort;
  return from->name == named->name && from->port.value_or(standard) == named->port.value_or(standard);
}

}  // namespace sunny16::firmware
