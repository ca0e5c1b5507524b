// The routes with which a device is claimed and its tokens are kept.
#include <algorithm>
#include <functional>
#include <utility>
#include <variant>

#include "firmware/http/accounts.h"
#include "firmware/output/output_error.h"
#include "firmware/tuning/described_schema.h"

namespace sunny16::firmware {
namespace {

std::string name_problem(const std::string& name) {
  const bool printable = std::ranges::none_of(name, [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
  if (!name.empty() && name.size() <= Accounts::kMaxNameLength && printable) return {};
  return ".name: found " + excerpt(name) + ", allowed 1 to " + std::to_string(Accounts::kMaxNameLength) +
         " printable bytes";
}

}  // namespace

struct ClaimRequest {
  std::string code, name = "owner";
  std::string problem() const { return name_problem(name); }
};

struct TokenRequest {
  std::string name;
  Role role = Role::viewer;
  std::string problem() const {
    return role == Role::anyone ? ".role: found \"anyone\", allowed viewer, tuner, admin" : name_problem(name);
  }
};

}  // namespace sunny16::firmware

namespace sunny16::isp {

template <>
struct Describe<firmware::ClaimRequest> {
  using C = firmware::ClaimRequest;
  static constexpr auto fields =
      std::tuple{field<&C::code>("code", 0, 0, "", "The one-time code from the device's console or journal."),
                 field<&C::name>("name", 0, 0, "", "Whom the admin's token is for.")};
};
template <>
struct Describe<firmware::TokenRequest> {
  using T = firmware::TokenRequest;
  static constexpr auto fields = std::tuple{field<&T::name>("name", 0, 0, "", "Whom or what the token is for."),
                                            field<&T::role>("role", 0, 0, "", "What it allows; not anyone.")};
};

}  // namespace sunny16::isp

namespace sunny16::firmware {
namespace {

using Json = nlohmann::ordered_json;

HttpResponse json_response(int status, const Json& value) { return {.status = status, .body = write_json(value)}; }

template <class Request>
Request read_body(const HttpRequest& request) {
  Request asked;
  read_value(read_json(request.body, "body"), asked, "$", {});
  return asked;
}

/// What is wrong with the body, or with the disk, is an answer too.
std::function<void(const HttpRequest&, Reply)> handler(std::function<HttpResponse(const HttpRequest&)> answer) {
  return [answer = std::move(answer)](const HttpRequest& request, const Reply& reply) {
    try {
      reply(answer(request));
    } catch (const TuningError& error) {
      reply(error_response(400, "invalid", error.what()));
    } catch (const OutputError& error) {
      reply(error_response(503, "storage", error.what()));
    }
  };
}

Json told_once(const Accounts::NewToken& made) {
  Json body = to_json(made.info);
  body["token"] = made.token;
  return body;
}

Json told_once_schema() {
  Json schema = object_schema<TokenInfo>(false);
  schema["properties"]["token"] = {{"type", "string"}, {"description", "The token: it is told only now."}};
  return schema;
}

Json list_schema() {
  return {{"type", "object"},
          {"properties", {{"tokens", {{"type", "array"}, {"items", object_schema<TokenInfo>(false)}}}}}};
}

HttpResponse claim(Accounts& accounts, const ClaimRequest& asked) {
  const auto claimed = accounts.claim(asked.code, asked.name);
  if (const auto* made = std::get_if<Accounts::NewToken>(&claimed)) return json_response(201, told_once(*made));
  switch (std::get<Accounts::ClaimProblem>(claimed)) {
    case Accounts::ClaimProblem::already_claimed:
      return error_response(409, "already_claimed", "this device has an owner, who can make tokens");
    case Accounts::ClaimProblem::expired:
      return error_response(403, "expired_code", "the code was too old: the console and the journal show a new one");
    case Accounts::ClaimProblem::wrong_code:
      break;
  }
  return error_response(403, "wrong_code", "the code is wrong; after some attempts there is a new one");
}

HttpResponse add_token(Accounts& accounts, const TokenRequest& asked) {
  const auto made = accounts.add(asked.name, asked.role);
  if (!made) return error_response(409, "too_many_tokens", "revoke one first");
  return json_response(201, told_once(*made));
}

HttpResponse remove_token(Accounts& accounts, const std::string& id) {
  switch (accounts.remove(id)) {
    case Accounts::Removal::unknown:
      return error_response(404, "not_found", "there is no such token");
    case Accounts::Removal::last_admin:
      return error_response(409, "last_admin", "the last admin's token stays: nobody could make another");
    case Accounts::Removal::done:
      break;
  }
  return {.status = 204, .body = {}};
}

}  // namespace

std::vector<Route> account_routes(Accounts& accounts) {
  std::vector<Route> routes;
  routes.push_back({.method = "POST",
                    .path = "/api/v1/claim",
                    .role = Role::anyone,
                    .summary = "Become the owner of a new device: makes the first admin's token.",
                    .handle = handler([&accounts](const HttpRequest& request) {
                      return claim(accounts, read_body<ClaimRequest>(request));
                    }),
                    .request_schema = object_schema<ClaimRequest>(false),
                    .response_schema = told_once_schema()});
  routes.push_back({.method = "GET",
                    .path = "/api/v1/tokens",
                    .summary = "All tokens, without their secrets.",
                    .handle = handler([&accounts](const HttpRequest&) {
                      return json_response(200, {{"tokens", to_json(accounts.tokens())}});
                    }),
                    .response_schema = list_schema()});
  routes.push_back({.method = "POST",
                    .path = "/api/v1/tokens",
                    .summary = "Make a token.",
                    .handle = handler([&accounts](const HttpRequest& request) {
                      return add_token(accounts, read_body<TokenRequest>(request));
                    }),
                    .request_schema = object_schema<TokenRequest>(false),
                    .response_schema = told_once_schema()});
  routes.push_back({.method = "DELETE",
                    .path = "/api/v1/tokens/{id}",
                    .summary = "Revoke a token.",
                    .handle = handler([&accounts](const HttpRequest& request) {
                      return remove_token(accounts, request.parameters.at("id"));
                    })});
  return routes;
}

}  // namespace sunny16::firmware
