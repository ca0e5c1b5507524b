#include "firmware/service/api.h"
#include "firmware/service/control_ranges.h"

namespace sunny16::firmware {
namespace {

struct FocusRequest {
  FocusAction action = FocusAction::start;
};

}  // namespace
}  // namespace sunny16::firmware

template <>
struct sunny16::isp::Describe<sunny16::firmware::FocusRequest> {
  using F = firmware::FocusRequest;
  static constexpr auto fields =
      std::tuple{field<&F::action>("action", 0, 0, "", "A scan begins or is given up, or continuous focus rests.")};
};

namespace sunny16::firmware {
namespace {

/// Sets what the body names on top of `controls`, and answers with all that is then set.
HttpResponse set(CameraSession& session, Controls controls, const HttpRequest& request) {
  controls = read_body_as<Controls>(request, std::move(controls));
  session.set_controls(controls);
  return json_response(to_json(controls));
}

}  // namespace

std::vector<Route> control_routes(const Api& api) {
  CameraSession* const session = api.session;
  const nlohmann::ordered_json controls = schema_of<Controls>("Controls");
  std::vector<Route> routes;
  routes.push_back(
      {.method = "GET",
       .path = "/api/v1/controls",
       .role = Role::viewer,
       .summary = "What the user has set",
       .handle =
           answering(api.later, [session](const HttpRequest&) { return json_response(to_json(session->controls())); }),
       .response_schema = controls});
  routes.push_back(
      {.method = "PATCH",
       .path = "/api/v1/controls",
       .role = Role::tuner,
       .summary = "Set some controls; it shows on the next frames",
       .handle = answering(
           api.later, [session](const HttpRequest& request) { return set(*session, session->controls(), request); }),
       .request_schema = controls,
       .response_schema = controls});
  routes.push_back(
      {.method = "PUT",
       .path = "/api/v1/controls",
       .role = Role::tuner,
       .summary = "Set all controls; those that are absent get their defaults",
       .handle = answering(api.later, [session](const HttpRequest& request) { return set(*session, {}, request); }),
       .request_schema = controls,
       .response_schema = controls});
  routes.push_back(
      {.method = "GET",
       .path = "/api/v1/controls/ranges",
       .role = Role::viewer,
       .summary = "What each control may be on this camera",
       .handle = answering(api.later,
                           [session](const HttpRequest&) { return json_response(control_ranges(session->limits())); }),
       .response_schema = control_ranges_schema()});
  routes.push_back({.method = "POST",
                    .path = "/api/v1/focus",
                    .role = Role::tuner,
                    .summary = "Trigger or pause automatic focus",
                    .handle = answering(api.later,
                                        [session](const HttpRequest& request) {
                                          session->act(read_body_as<FocusRequest>(request).action);
                                          return json_response(to_json(session->metadata()), 202);
                                        }),
                    .request_schema = schema_of<FocusRequest>("FocusRequest"),
                    .response_schema = full_schema_of<ControlMetadata>("ControlMetadata")});
  return routes;
}

}  // namespace sunny16::firmware
