#include "firmware/service/api.h"

#include <iterator>

#include "firmware/http/accounts.h"
#include "firmware/service/openapi.h"
#include "hal/api/steady_clock.h"

namespace sunny16::firmware {

std::vector<Route> api_routes(const Api& api, std::vector<Route> more) {
  std::vector<Route> routes;
  const auto add = [&](std::vector<Route> group) {
    routes.insert(routes.end(), std::move_iterator(group.begin()), std::move_iterator(group.end()));
  };
  add(page_routes());
  add(live_routes(api));
  add(status_routes(api));
  add(camera_routes(api));
  add(control_routes(api));
  add(detection_routes(api));
  add(tuning_routes(api));
  add(look_routes(api));
  add(capture_routes(api));
  add(std::move(more));
  routes.push_back({.method = "GET",
                    .path = "/api/v1/openapi.json",
                    .role = Role::anyone,
                    .summary = "This document",
                    .response_schema = {{"type", "object"}}});
  routes.back().handle = [text = openapi(routes).dump(2)](const HttpRequest&, Reply reply) { reply({.body = text}); };
  return routes;
}

std::string openapi_text() {
  const hal::SteadyClock clock;
  Accounts nobody({}, clock, [](std::string_view) {});
  return openapi(api_routes({}, account_routes(nobody))).dump(2) + "\n";
}

}  // namespace sunny16::firmware
