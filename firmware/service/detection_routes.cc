#include "firmware/service/api.h"

namespace sunny16::firmware {

std::vector<Route> detection_routes(const Api& api) {
  std::vector<Route> routes;
  const nlohmann::ordered_json choice = schema_of<DetectorChoice>("DetectorChoice");
  routes.push_back({.method = "GET",
                    .path = "/api/v1/detections",
                    .role = Role::viewer,
                    .summary = "Faces and objects that were found last",
                    .handle = answering(api.later,
                                        [session = api.session](const HttpRequest&) {
                                          return json_response(to_json(session->detections()));
                                        }),
                    .response_schema = full_schema_of<DetectionReport>("DetectionReport")});
  routes.push_back(
      {.method = "GET",
       .path = "/api/v1/detectors",
       .role = Role::viewer,
       .summary = "What looks for faces and objects",
       .handle = answering(
           api.later, [shelf = api.detectors](const HttpRequest&) { return json_response(to_json(shelf->choice())); }),
       .response_schema = choice});
  routes.push_back({.method = "PUT",
                    .path = "/api/v1/detectors",
                    .role = Role::admin,
                    .summary = "Change what looks; a model is a file in the state folder's models",
                    .handle = answering(api.later,
                                        [shelf = api.detectors](const HttpRequest& request) {
                                          shelf->choose(read_body_as<DetectorChoice>(request));
                                          return json_response(to_json(shelf->choice()));
                                        }),
                    .request_schema = choice,
                    .response_schema = choice});
  return routes;
}

}  // namespace sunny16::firmware
