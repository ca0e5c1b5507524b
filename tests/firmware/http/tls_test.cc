// TLS, with curl as the client.
#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <cstdlib>

#include "firmware/http/certificate.h"
#include "tests/firmware/http/small_server.h"

namespace {

using namespace sunny16;
using namespace sunny16::firmware;

std::string output_of(const std::string& command) {
  std::string text;
  std::FILE* const pipe = popen(command.c_str(), "r");
  REQUIRE(pipe);
  std::array<char, 4096> bytes;
  while (const std::size_t size = std::fread(bytes.data(), 1, bytes.size(), pipe)) text.append(bytes.data(), size);
  pclose(pipe);
  return text;
}

struct TlsServer {
  TempDir folder;
  std::filesystem::path certificate = folder / "tls.pem";
  std::string fingerprint = ensure_certificate(certificate, {"localhost", "127.0.0.1"});
  SmallServer s;
  std::string url;

  explicit TlsServer(ServerLimits limits = {}) : s(limits, SmallServer::Auth::none, with(certificate)) {
    url = "https://localhost:" + std::to_string(s.server->port());
  }
  static ServerOptions with(const std::filesystem::path& certificate) {
    ServerOptions options;
    options.certificate = certificate;
    return options;
  }
  /// What curl prints; it trusts this certificate alone.
  std::string curl(const std::string& arguments) const {
    return output_of("curl -sS --max-time 20 --cacert " + certificate.string() + ' ' + arguments + " 2>&1");
  }
};

bool has_curl() { return std::system("curl --version >/dev/null 2>&1") == 0; }

TEST_CASE("curl is served over TLS, and knows the device by its certificate" * doctest::skip(!has_curl())) {
  TlsServer t;
  CHECK(t.curl(t.url + "/health") == "{}");
  CHECK(t.curl("-X POST -H 'Content-Type: application/json' -d '{\"a\": 1}' " + t.url + "/echo") == "{\"a\": 1}");
  CHECK(t.curl("-X POST -H 'Content-Type: application/json' -H 'Origin: " + t.url + "' -d 1 " + t.url + "/echo") ==
        "1");
  CHECK(t.curl("-o /dev/null -w '%{http_code}' -X POST -H 'Content-Type: application/json' -H 'Origin: http" +
               t.url.substr(5) + "' -d 1 " + t.url + "/echo") == "403");
  t.s.folder.file("file", std::string(3'000'000, 'x'));
  CHECK(t.curl("-o /dev/null -w '%{size_download}' " + t.url + "/file") == "3000000");
  CHECK(t.curl("--tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0 -o /dev/null -w '%{http_code}' " + t.url + "/health")
            .ends_with("000"));
}

TEST_CASE("pictures stream over TLS" * doctest::skip(!has_curl())) {
  TlsServer t;
  std::atomic<bool> enough{false};
  std::thread camera([&] {
    for (int i = 0; i < 10000 && !enough; ++i) {
      t.s.publish(20'000);
      std::this_thread::sleep_for(2ms);
    }
  });
  CHECK(t.curl("-r 0- -o /dev/null -w '%{http_code}' " + t.url + "/snapshot") == "200");
  CHECK(t.curl(t.url + "/stream | head -c 200000 | grep -ac X-Timestamp") != "0\n");
  enough = true;
  camera.join();
}

TEST_CASE("a client that begins no handshake, or speaks no TLS, is dropped") {
  TlsServer t({.head_time = 200ms});
  RawClient silent = t.s.connect(), plain = t.s.connect();
  plain.send(t.s.request("GET /health"));
  CHECK(silent.receive_all() == "");
  CHECK(plain.receive_all().find("HTTP") == std::string::npos);
  CHECK(eventually([&] { return t.s.server->counters().connections == 0; }));
}

TEST_CASE("a client for whom there is no place hears so, over TLS too" * doctest::skip(!has_curl())) {
  TlsServer t({.connections = 1, .connections_per_address = 1});
  {
    const RawClient holder = t.s.connect();
    REQUIRE(eventually([&] { return t.s.server->counters().connections == 1; }));
    CHECK(t.curl("-o /dev/null -w '%{http_code}' " + t.url + "/health") == "503");
    CHECK(t.curl("-i " + t.url + "/health").find("Retry-After: 5") != std::string::npos);
    CHECK(t.s.server->counters().connections == 1);
    CHECK(t.s.server->counters().connections_refused_total == 2);
  }
  REQUIRE(eventually([&] { return t.s.server->counters().connections == 0; }));
  CHECK(t.curl(t.url + "/health") == "{}");
}

TEST_CASE("a certificate that cannot be read is an error") {
  FrameHub frames;
  EventHub events;
  ServerOptions options = TlsServer::with("/nowhere/tls.pem");
  options.port = 0;
  CHECK_THROWS_WITH_AS(Server(options, {}, frames, events), doctest::Contains("certificate"), ServerError);
}

}  // namespace
