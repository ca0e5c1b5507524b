#include "firmware/http/accounts.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>

#include "sim/camera/simulated_clock.h"
#include "tests/temp_dir.h"

namespace {

using namespace sunny16;
using namespace sunny16::firmware;

struct Device {
  TempDir folder;
  sim::SimulatedClock clock;
  std::vector<std::string> codes;

  std::filesystem::path file() const { return folder / "tokens.json"; }
  Accounts start() {
    return Accounts(file(), clock, [this](std::string_view code) { codes.emplace_back(code); });
  }
  std::string content() const {
    const auto bytes = read_bytes(file());
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
};

std::string claim(Accounts& accounts, std::string_view code) {
  const auto claimed = accounts.claim(code, "owner");
  const auto* made = std::get_if<Accounts::NewToken>(&claimed);
  return made ? made->token : "";
}

/// A wrong code that looks like a right one.
std::string other(std::string code) {
  code[0] = code[0] == 'A' ? 'B' : 'A';
  return code;
}

TEST_CASE("a device is claimed once, with the code on its console") {
  Device device;
  Accounts accounts = device.start();
  CHECK_FALSE(accounts.claimed());
  REQUIRE(device.codes.size() == 1);
  CHECK(device.codes[0].size() == 9);
  CHECK(claim(accounts, "") == "");
  CHECK(claim(accounts, other(device.codes[0])) == "");
  const std::string token = claim(accounts, device.codes[0]);
  CHECK(token.size() == 64);
  CHECK(accounts.claimed());
  CHECK(accounts.identify(token)->role == Role::admin);
  CHECK(accounts.identify(token)->name == "owner");
  CHECK(claim(accounts, device.codes[0]) == "");
  CHECK(device.codes.size() == 1);
}

TEST_CASE("a code may be typed as people type") {
  Device device;
  Accounts accounts = device.start();
  std::string typed = device.codes[0];
  typed.erase(4, 1);
  for (char& c : typed) c = c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(std::tolower(c));
  CHECK(claim(accounts, ' ' + typed) != "");
}

TEST_CASE("a code dies of age and of wrong attempts") {
  Device device;
  Accounts accounts = device.start();
  for (int i = 0; i < Accounts::kClaimAttempts; ++i) CHECK(claim(accounts, other(device.codes[0])) == "");
  REQUIRE(device.codes.size() == 2);
  CHECK(device.codes[1] != device.codes[0]);
  CHECK(claim(accounts, device.codes[0]) == "");
  device.clock.sleep_until(Accounts::kCodeLife_ns);
  CHECK(std::get<Accounts::ClaimProblem>(accounts.claim(device.codes[1], "a")) == Accounts::ClaimProblem::expired);
  REQUIRE(device.codes.size() == 3);
  CHECK(claim(accounts, device.codes[2]) != "");
}

TEST_CASE("tokens outlive the daemon, and only their hashes are stored, for the owner's eyes") {
  Device device;
  std::string owner, viewer;
  {
    Accounts accounts = device.start();
    owner = claim(accounts, device.codes[0]);
    viewer = accounts.add("kiosk", Role::viewer)->token;
  }
  Accounts accounts = device.start();
  CHECK(device.codes.size() == 1);
  CHECK(accounts.identify(owner)->role == Role::admin);
  CHECK(accounts.identify(viewer)->role == Role::viewer);
  CHECK_FALSE(accounts.identify(""));
  CHECK_FALSE(accounts.identify(owner.substr(1)));
  CHECK(device.content().find(owner) == std::string::npos);
  struct stat status {};
  REQUIRE(stat(device.file().c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("a revoked token is none, and the last admin stays") {
  Device device;
  Accounts accounts = device.start();
  const std::string owner = claim(accounts, device.codes[0]);
  const auto tuner = accounts.add("lab", Role::tuner);
  CHECK(accounts.remove(tuner->info.id) == Accounts::Removal::done);
  CHECK(accounts.remove(tuner->info.id) == Accounts::Removal::unknown);
  CHECK_FALSE(accounts.identify(tuner->token));
  CHECK(accounts.remove(accounts.tokens()[0].id) == Accounts::Removal::last_admin);
  CHECK(accounts.identify(owner));
}

TEST_CASE("the number of tokens is bounded") {
  Device device;
  Accounts accounts = device.start();
  claim(accounts, device.codes[0]);
  for (std::size_t i = 1; i < Accounts::kMaxTokens; ++i) REQUIRE(accounts.add("a", Role::viewer));
  CHECK_FALSE(accounts.add("a", Role::viewer));
}

TEST_CASE("a damaged file opens nothing up: every cut of it is an error") {
  Device device;
  {
    Accounts accounts = device.start();
    claim(accounts, device.codes[0]);
  }
  const std::string whole = device.content();
  const std::size_t meaning = whole.find_last_not_of(" \n") + 1;
  for (std::size_t size = 0; size < meaning; ++size) {
    device.folder.file("tokens.json", whole.substr(0, size));
    CHECK_THROWS_AS(device.start(), AccountsError);
  }
  for (const char* bad :
       {"{}", R"({"tokens": []})", R"({"tokens": [{"token": {"id": "1", "role": "admin"}, "sha256": ""}]})"}) {
    device.folder.file("tokens.json", bad);
    CHECK_THROWS_WITH_AS(device.start(), doctest::Contains("tokens.json: the tokens are damaged"), AccountsError);
  }
}

TEST_CASE("where a token cannot be stored nothing changes, and the code stays good") {
  Device device;
  const auto missing = device.folder / "missing" / "tokens.json";
  Accounts accounts(missing, device.clock, [&](std::string_view code) { device.codes.emplace_back(code); });
  CHECK_THROWS(claim(accounts, device.codes[0]));
  CHECK_FALSE(accounts.claimed());
  std::filesystem::create_directory(missing.parent_path());
  CHECK(claim(accounts, device.codes[0]) != "");
}

}  // namespace
