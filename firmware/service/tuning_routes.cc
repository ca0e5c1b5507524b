#include "firmware/service/api.h"

namespace sunny16::firmware {
namespace {

/// What became of a tuning that was read.
struct TuningOutcome {
  int version = 0;
  std::vector<std::string> notes;
};

}  // namespace
}  // namespace sunny16::firmware

template <>
struct sunny16::isp::Describe<sunny16::firmware::TuningOutcome> {
  using T = firmware::TuningOutcome;
  static constexpr auto fields =
      std::tuple{field<&T::version>("version", 0, 1e9, "", "Counts the tunings that were applied; the one in use."),
                 field<&T::notes>("notes", 0, 0, "", "What a foreign file holds and is not used.")};
};

namespace sunny16::firmware {
namespace {

CameraTuning read_tuning_body(const HttpRequest& request) { return parse_tuning(request.body, "body"); }

HttpResponse outcome(int version, std::vector<std::string> notes = {}) {
  return json_response(to_json(TuningOutcome{version, std::move(notes)}));
}

/// One that cannot be read is a problem of the camera's as well: whoever sent it may be a program that nobody watches.
HttpResponse apply(CameraSession& session, const HttpRequest& request) {
  CameraTuning tuning;
  try {
    tuning = read_tuning_body(request);
  } catch (const TuningError& error) {
    session.reject_tuning(error.what());
    throw;
  }
  const std::vector<std::string> notes = tuning.notes;
  return outcome(session.set_tuning(std::move(tuning)), notes);
}

}  // namespace

std::vector<Route> tuning_routes(const Api& api) {
  CameraSession* const session = api.session;
  const nlohmann::ordered_json file{
      {"title", "Tuning"},
      {"type", "object"},
      {"description", "A tuning file, Sunny16's (its schema: /api/v1/tuning/schema) or Raspberry Pi's."}};
  const auto outcome_schema = full_schema_of<TuningOutcome>("TuningOutcome");
  std::vector<Route> routes;
  routes.push_back(
      {.method = "GET",
       .path = "/api/v1/tuning",
       .role = Role::viewer,
       .summary = "The tuning in use",
       .handle = answering(
           api.later, [session](const HttpRequest&) { return HttpResponse{.body = tuning_text(session->tuning())}; }),
       .response_schema = file});
  routes.push_back(
      {.method = "GET",
       .path = "/api/v1/tuning/schema",
       .role = Role::viewer,
       .summary = "JSON Schema of tuning files",
       .handle = answering(api.later, [](const HttpRequest&) { return HttpResponse{.body = tuning_schema_text()}; }),
       .response_schema = {{"type", "object"}}});
  routes.push_back(
      {.method = "PUT",
       .path = "/api/v1/tuning",
       .role = Role::tuner,
       .summary = "Apply a tuning from the next frame on; the last good one stays where it is refused",
       .handle = answering(api.later, [session](const HttpRequest& request) { return apply(*session, request); }),
       .request_schema = file,
       .response_schema = outcome_schema});
  routes.push_back({.method = "POST",
                    .path = "/api/v1/tuning/validate",
                    .role = Role::tuner,
                    .summary = "Read a tuning as applying it would, and change nothing",
                    .handle = answering(api.later,
                                        [session](const HttpRequest& request) {
                                          const CameraTuning tuning = read_tuning_body(request);
                                          return outcome(session->status().tuning_version, tuning.notes);
                                        }),
                    .request_schema = file,
                    .response_schema = outcome_schema});
  routes.push_back(
      {.method = "POST",
       .path = "/api/v1/tuning/rollback",
       .role = Role::tuner,
       .summary = "Go back to the tuning before",
       .handle = answering(api.later, [session](const HttpRequest&) { return outcome(session->roll_back_tuning()); }),
       .response_schema = outcome_schema});
  return routes;
}

}  // namespace sunny16::firmware
