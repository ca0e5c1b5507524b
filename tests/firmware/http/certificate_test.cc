#include "firmware/http/certificate.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>

#include "tests/temp_dir.h"

namespace {

using namespace sunny16;
using namespace sunny16::firmware;

TEST_CASE("a device makes its certificate once, for its owner's eyes") {
  const TempDir folder;
  const std::string first = ensure_certificate(folder / "tls.pem", {"camera.local:8080", "10.0.0.7", "[fe80::1]"});
  CHECK(first.size() == 32 * 3 - 1);
  CHECK(ensure_certificate(folder / "tls.pem", {"other"}) == first);
  CHECK(ensure_certificate(folder / "b.pem", {"camera.local"}) != first);
  struct stat status {};
  REQUIRE(stat((folder / "tls.pem").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("a damaged certificate is an error, not a new one") {
  const TempDir folder;
  ensure_certificate(folder / "tls.pem", {"camera.local"});
  const auto bytes = read_bytes(folder / "tls.pem");
  const std::string whole(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  for (std::size_t size = 0; size + 1 < whole.size(); size += 13) {
    folder.file("tls.pem", whole.substr(0, size));
    CHECK_THROWS_AS(ensure_certificate(folder / "tls.pem", {"camera.local"}), CertificateError);
  }
}

TEST_CASE("this machine has names") {
  const auto hosts = own_hosts();
  CHECK(std::ranges::find(hosts, "localhost") != hosts.end());
  CHECK(std::ranges::find(hosts, "[::1]") != hosts.end());
}

}  // namespace
