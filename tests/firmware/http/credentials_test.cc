#include "firmware/http/credentials.h"

#include <doctest/doctest.h>

namespace {

using namespace sunny16::firmware;

std::optional<std::string> token_in(std::string name, std::string value) {
  RequestHead head;
  head.headers.emplace_back(std::move(name), std::move(value));
  return token_of(head);
}

TEST_CASE("a token comes as Bearer, as the password of Basic, or as a WebSocket's protocol") {
  CHECK(token_in("authorization", "Bearer abc") == "abc");
  CHECK(token_in("authorization", "bearer abc") == "abc");
  CHECK(token_in("authorization", "Basic dXNlcjphYmM=") == "abc");  // user:abc
  CHECK(token_in("authorization", "Basic OmE6Yg==") == "a:b");      // :a:b
  CHECK(token_in("sec-websocket-protocol", "sunny16, bearer.abc") == "abc");
  CHECK(token_in("sec-websocket-protocol", "bearer.abc, sunny16") == "abc");
}

TEST_CASE("what cannot be read is an empty token, not none") {
  for (const char* bad :
       {"Basic", "Basic dXNlcg==", "Basic ====", "Basic dXNlcjphYmM", "Basic !!!!", "Digest abc", "Bearer"})
    CHECK_MESSAGE(token_in("authorization", bad) == "", bad);
  CHECK_FALSE(token_in("sec-websocket-protocol", "sunny16"));
  CHECK_FALSE(token_of(RequestHead{}));
}

}  // namespace
