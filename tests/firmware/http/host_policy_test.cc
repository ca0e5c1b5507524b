#include "firmware/http/host_policy.h"

#include <doctest/doctest.h>

#include <stdexcept>

namespace {

using sunny16::firmware::HostPolicy;
using sunny16::firmware::parse_authority;

TEST_CASE("an authority is a name or an address, and a port") {
  CHECK(parse_authority("Camera.Local:8080")->name == "camera.local");
  CHECK(parse_authority("camera.local:8080")->port == 8080);
  CHECK_FALSE(parse_authority("camera.local")->port);
  CHECK(parse_authority("[FE80::1]:80")->name == "fe80::1");
  for (const char* bad : {"", ":80", "a:", "a:b", "a:+1", "a:65536", "a:80:80", "a/b", "a b", "a@b", "[::1", "::1",
                          "[::1]80", "[]", "[::1]:", "a,b"})
    CHECK_MESSAGE(!parse_authority(bad), bad);
}

TEST_CASE("a host is known by exactly its name and port") {
  const HostPolicy policy({"camera.local", "other:99"}, 8080, false);
  CHECK(policy.allows_host("camera.local:8080", "10.0.0.7"));
  CHECK(policy.allows_host("CAMERA.local:8080", "10.0.0.7"));
  CHECK(policy.allows_host("other:99", "10.0.0.7"));
  CHECK(policy.allows_host("10.0.0.7:8080", "10.0.0.7"));
  CHECK(policy.allows_host("[fe80::1]:8080", "fe80::1"));
  for (const char* bad : {"camera.local", "camera.local:80", "other", "other:8080", "evil.example:8080",
                          "camera.local.evil.example:8080", "xcamera.local:8080", "10.0.0.8:8080", "10.0.0.7", ""})
    CHECK_MESSAGE(!policy.allows_host(bad, "10.0.0.7"), bad);
  CHECK_THROWS_AS(HostPolicy({"a b"}, 80, false), std::invalid_argument);
}

TEST_CASE("the scheme's own port need not be named") {
  CHECK(HostPolicy({"camera"}, 80, false).allows_host("camera", ""));
  CHECK(HostPolicy({"camera"}, 443, true).allows_host("camera", ""));
  CHECK_FALSE(HostPolicy({"camera"}, 443, false).allows_host("camera", ""));
}

TEST_CASE("a page is ours if scheme, name and port are") {
  const HostPolicy tls({}, 8080, true), plain({}, 8080, false);
  CHECK(tls.same_origin("https://camera:8080", "camera:8080"));
  CHECK_FALSE(tls.same_origin("http://camera:8080", "camera:8080"));
  CHECK(plain.same_origin("http://camera:8080", "camera:8080"));
  CHECK(plain.same_origin("https://camera", "camera"));  // behind a proxy
  for (const char* bad : {"null", "", "http://", "http://camera", "http://camera:81", "http://evil.example:8080",
                          "http://camera:8080.evil.example", "ftp://camera:8080", "http://camera:8080/"})
    CHECK_MESSAGE(!plain.same_origin(bad, "camera:8080"), bad);
}

}  // namespace
