#include <algorithm>

#include "firmware/service/api.h"
#include "firmware/service/capture_list.h"

namespace sunny16::firmware {
namespace {

std::vector<CaptureInfo> all_captures(const Api& api) {
  return merge_captures(api.session->captures(), api.library->list());
}

/// The capture that the path names. Throws SessionError.
CaptureInfo named_capture(const Api& api, const HttpRequest& request) {
  const std::string& id = request.parameters.at("id");
  std::vector<CaptureInfo> stored;
  if (auto capture = api.library->find(id)) stored.push_back(std::move(*capture));
  for (CaptureInfo& capture : merge_captures(api.session->captures(), stored))
    if (capture.id == id) return std::move(capture);
  throw SessionError(SessionError::Kind::not_found, "there is no capture of this id");
}

HttpResponse start(const Api& api, const HttpRequest& request) {
  const auto capture = read_body_as<CaptureRequest>(request);
  if (capture.frame != PictureFrame::off) api.looks->require(Feature::captions);
  const std::string id = api.session->start_capture(capture);
  HttpResponse response = json_response({{"id", id}}, 202);
  response.headers.emplace_back("Location", "/api/v1/captures/" + id);
  return response;
}

HttpResponse cancel(const Api& api, const HttpRequest& request) {
  api.session->cancel_capture(named_capture(api, request).id);
  return json_response(to_json(named_capture(api, request)), 202);
}

HttpResponse remove(const Api& api, const HttpRequest& request) {
  const CaptureInfo capture = named_capture(api, request);
  if (in_progress(capture)) throw SessionError(SessionError::Kind::conflict, "the capture is at work: cancel it first");
  api.library->remove(capture.id);
  return {.status = 204, .body = {}};
}

HttpResponse download(const Api& api, const HttpRequest& request) {
  const CaptureInfo capture = named_capture(api, request);
  const std::string& name = request.parameters.at("name");
  const auto file = std::ranges::find(capture.files, name, &CaptureFile::name);
  const auto path = api.library->path_of(capture.id, name);
  if (file == capture.files.end() || !path)
    throw SessionError(SessionError::Kind::not_found, "the capture has no file of this name");
  return {.content_type = file->type,
          .body = {},
          .file = *path,
          .headers = {{"Content-Disposition", "attachment; filename=\"" + file->name + "\""}}};
}

nlohmann::ordered_json id_schema() {
  return {{"title", "CaptureId"},
          {"type", "object"},
          {"required", {"id"}},
          {"properties", {{"id", {{"type", "string"}, {"description", "Names the capture."}}}}}};
}

}  // namespace

std::vector<Route> capture_routes(const Api& api) {
  const auto answer = [&](HttpResponse (*handle)(const Api&, const HttpRequest&)) {
    return answering(api.later, [api, handle](const HttpRequest& request) { return handle(api, request); });
  };
  const auto capture = full_schema_of<CaptureInfo>("Capture");
  std::vector<Route> routes;
  routes.push_back({.method = "POST",
                    .path = "/api/v1/captures",
                    .role = Role::tuner,
                    .summary = "Start a capture",
                    .handle = answer(start),
                    .request_schema = schema_of<CaptureRequest>("CaptureRequest"),
                    .response_schema = id_schema()});
  routes.push_back(
      {.method = "GET",
       .path = "/api/v1/captures",
       .role = Role::viewer,
       .summary = "All captures, newest first, with their progress",
       .handle = answering(api.later, [api](const HttpRequest&) { return json_response(to_json(all_captures(api))); }),
       .response_schema = list_schema_of<CaptureInfo>("Capture")});
  routes.push_back({.method = "GET",
                    .path = "/api/v1/captures/{id}",
                    .role = Role::viewer,
                    .summary = "One capture, with its progress and its files",
                    .handle = answering(api.later,
                                        [api](const HttpRequest& request) {
                                          return json_response(to_json(named_capture(api, request)));
                                        }),
                    .response_schema = capture});
  routes.push_back({.method = "POST",
                    .path = "/api/v1/captures/{id}/cancel",
                    .role = Role::tuner,
                    .summary = "Cancel a capture; what is stored stays",
                    .handle = answer(cancel),
                    .response_schema = capture});
  routes.push_back({.method = "GET",
                    .path = "/api/v1/captures/{id}/files/{name}",
                    .role = Role::viewer,
                    .summary = "Download a file of a capture",
                    .handle = answer(download),
                    .content_type = "application/octet-stream"});
  routes.push_back({.method = "DELETE",
                    .path = "/api/v1/captures/{id}",
                    .role = Role::admin,
                    .summary = "Delete a capture and its files",
                    .handle = answer(remove)});
  return routes;
}

}  // namespace sunny16::firmware
