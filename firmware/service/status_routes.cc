#include "firmware/service/api.h"
#include "firmware/service/metrics.h"

namespace sunny16::firmware {
namespace {

/// For load balancers and supervisors: whether the camera delivers.
HttpResponse health(CameraSession& session) {
  const CameraState state = session.status().state;
  const bool well = session.healthy() && state == CameraState::running;
  return json_response({{"healthy", well}, {"state", to_json(state)}}, well ? 200 : 503);
}

nlohmann::ordered_json health_schema() {
  return {{"title", "Health"},
          {"type", "object"},
          {"required", {"healthy", "state"}},
          {"properties", {{"healthy", {{"type", "boolean"}}}, {"state", type_schema<CameraState>({0, 0})}}}};
}

}  // namespace

std::vector<Route> status_routes(const Api& api) {
  std::vector<Route> routes;
  routes.push_back(
      {.method = "GET",
       .path = "/api/v1/status",
       .role = Role::viewer,
       .summary = "What the camera is doing, what it found, and what is wrong",
       .handle =
           answering(api.later, [status = api.status](const HttpRequest&) { return json_response(to_json(status())); }),
       .response_schema = full_schema_of<DaemonStatus>("Status")});
  // Answered at once: it must tell of a camera that keeps other answers waiting.
  routes.push_back({.method = "GET",
                    .path = "/api/v1/health",
                    .role = Role::anyone,
                    .summary = "200 while frames come, else 503",
                    .handle = [session = api.session](const HttpRequest&, Reply reply) { reply(health(*session)); },
                    .always = true,
                    .response_schema = health_schema()});
  routes.push_back({.method = "GET",
                    .path = "/metrics",
                    .role = Role::viewer,
                    .summary = "Metrics for Prometheus",
                    .handle = answering(api.later,
                                        [status = api.status](const HttpRequest&) {
                                          return HttpResponse{.content_type = kMetricsType,
                                                              .body = metrics_text(status(), process_usage())};
                                        }),
                    .content_type = "text/plain"});
  return routes;
}

}  // namespace sunny16::firmware
