#include "firmware/service/api.h"

namespace sunny16::firmware {
namespace {

struct ModeSelection {
  int index = -1;
  std::string problem() const { return index < 0 ? ".index: found nothing, allowed a mode's place in the list" : ""; }
};

}  // namespace
}  // namespace sunny16::firmware

template <>
struct sunny16::isp::Describe<sunny16::firmware::ModeSelection> {
  using M = firmware::ModeSelection;
  static constexpr auto fields = std::tuple{field<&M::index>("index", 0, 1000, "", "Place in the list of modes.")};
};

namespace sunny16::firmware {

std::vector<Route> camera_routes(const Api& api) {
  CameraSession* const session = api.session;
  std::vector<Route> routes;
  routes.push_back(
      {.method = "GET",
       .path = "/api/v1/cameras",
       .role = Role::viewer,
       .summary = "Cameras that this machine could use",
       .handle = answering(api.later,
                           [cameras = api.cameras](const HttpRequest&) { return json_response(to_json(cameras())); }),
       .response_schema = list_schema_of<CameraEntry>("Camera")});
  routes.push_back({.method = "GET",
                    .path = "/api/v1/modes",
                    .role = Role::viewer,
                    .summary = "Sensor modes of the camera, and which one is in use",
                    .handle = answering(
                        api.later, [session](const HttpRequest&) { return json_response(to_json(session->modes())); }),
                    .response_schema = list_schema_of<ModeInfo>("Mode")});
  routes.push_back({.method = "PUT",
                    .path = "/api/v1/modes",
                    .role = Role::admin,
                    .summary = "Select the stream's sensor mode by its place in the list",
                    .handle = answering(api.later,
                                        [session](const HttpRequest& request) {
                                          const auto selection = read_body_as<ModeSelection>(request);
                                          session->select_mode(static_cast<std::size_t>(selection.index));
                                          return json_response(to_json(session->modes()));
                                        }),
                    .request_schema = full_schema_of<ModeSelection>("ModeSelection"),
                    .response_schema = list_schema_of<ModeInfo>("Mode")});
  return routes;
}

}  // namespace sunny16::firmware
