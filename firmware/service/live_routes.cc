#include "firmware/service/api.h"
#include "firmware/tuning/described_json.h"

namespace sunny16::firmware {

std::vector<Route> live_routes(const Api& api) {
  const auto no_picture = [session = api.session] {
    return "it is " + to_json(session->status().state).get<std::string>();
  };
  std::vector<Route> routes;
  const auto picture = [&](std::string path, RouteKind kind, std::string summary, std::string content_type) {
    routes.push_back({.method = "GET",
                      .path = std::move(path),
                      .role = Role::viewer,
                      .summary = std::move(summary),
                      .kind = kind,
                      .no_picture = no_picture,
                      .content_type = std::move(content_type)});
  };
  const std::string jpeg = "image/jpeg", parts = "multipart/x-mixed-replace";
  picture("/stream", RouteKind::mjpeg, "The preview as it comes (Motion JPEG)", parts);
  picture("/snapshot.jpg", RouteKind::snapshot, "The next preview picture", jpeg);
  picture("/?action=stream", RouteKind::mjpeg, "The preview as mjpg-streamer's clients ask for it", parts);
  picture("/?action=snapshot", RouteKind::snapshot, "A picture as mjpg-streamer's clients ask for it", jpeg);
  picture("/api/v1/events", RouteKind::events, "State, problems, captures and statistics (WebSocket)",
          "application/json");
  return routes;
}

}  // namespace sunny16::firmware
