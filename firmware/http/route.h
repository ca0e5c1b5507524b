// A route of the HTTP API: declared once, it is served, documented and tested from here.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "isp/core/describe.h"

namespace sunny16::firmware {

/// What a client may do; each role may do what those before it may.
enum class Role : std::uint8_t {
  anyone,  ///< without a name or a token: set-up and health
  viewer,  ///< look
  tuner,   ///< change the picture, take captures
  admin,   ///< tokens, deletion, modes of the camera
};

struct HttpRequest {
  std::string method;                             ///< "GET", "PUT", "POST", "PATCH", "DELETE"
  std::string path;                               ///< decoded, without the query
  std::map<std::string, std::string> parameters;  ///< of the route's path: {id}
  std::map<std::string, std::string> query;
  std::string body;          ///< of writes: JSON text
  Role role = Role::anyone;  ///< the client's
  std::string user;          ///< name of the client's token; empty: none
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json";
  std::string body{};
  std::filesystem::path file{};  ///< sent instead of the body where not empty
  std::vector<std::pair<std::string, std::string>> headers{};
};

/// {"error": {"code": ..., "message": ...}}: the form of every error.
HttpResponse error_response(int status, std::string_view code, std::string_view message);

/// Called once, from any thread, at once or later.
using Reply = std::function<void(HttpResponse)>;

enum class RouteKind : std::uint8_t {
  reply,     ///< the handler answers
  snapshot,  ///< the server sends the next preview picture; 503 where none comes in time
  mjpeg,     ///< the server streams preview pictures
  events,    ///< the server upgrades to a WebSocket and sends events
};

struct Route {
  std::string method;
  std::string path;  ///< "/api/v1/captures/{id}": a parameter is a whole segment; "/?action=stream": with this query
  Role role = Role::admin;
  std::string summary;                                      ///< one line, for the OpenAPI document
  std::function<void(const HttpRequest&, Reply)> handle{};  ///< for RouteKind::reply
  RouteKind kind = RouteKind::reply;
  std::function<std::string()> no_picture{};  ///< of snapshot and mjpeg: why none comes, in one line; must not wait
  bool always = false;  ///< also for a client that asks too often: health, which supervisors act on
  nlohmann::ordered_json request_schema{}, response_schema{};  ///< null: no JSON body
  std::string content_type = "application/json";               ///< of the response
  bool large_body = false;                                     ///< up to kLargeBodyBytes
};

/// Bodies of routes that take packs of looks; those of others are limited by the server.
inline constexpr std::size_t kLargeBodyBytes = std::size_t{32} << 20;

}  // namespace sunny16::firmware

template <>
struct sunny16::isp::EnumNames<sunny16::firmware::Role> {
  static constexpr std::array<std::string_view, 4> names{"anyone", "viewer", "tuner", "admin"};
};
