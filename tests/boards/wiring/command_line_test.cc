#include "boards/wiring/command_line.h"

#include <doctest/doctest.h>

#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "tests/temp_dir.h"

namespace sunny16::boards {
namespace {

std::optional<Invocation> parse(std::vector<const char*> arguments, std::string* out = nullptr) {
  arguments.insert(arguments.begin(), "sunny16d");
  std::ostringstream text;
  const auto invocation = parse_command_line(static_cast<int>(arguments.size()), arguments.data(), text);
  if (out) *out = text.str();
  return invocation;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string error_of(std::vector<const char*> arguments) {
  try {
    parse(std::move(arguments));
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

TEST_CASE("without flags the settings are the tables' defaults") {
  const auto invocation = parse({});
  REQUIRE(invocation);
  CHECK(invocation->task == Invocation::Task::serve);
  CHECK(invocation->camera.camera == "libcamera");
  CHECK(invocation->settings.port == 8080);
  CHECK_FALSE(invocation->settings.no_auth);
}

TEST_CASE("flags are the tables' rows with dashes") {
  const auto invocation = parse({"--camera", "simulated:imx477", "--port=9000", "--no-auth", "--preview-line", "lite",
                                 "--quota", "0.5", "--frame-rate", "12.5"});
  REQUIRE(invocation);
  CHECK(invocation->camera.camera == "simulated:imx477");
  CHECK(invocation->camera.frame_rate == 12.5);
  CHECK(invocation->settings.port == 9000);
  CHECK(invocation->settings.no_auth);
  CHECK(invocation->settings.preview_line == firmware::PreviewLine::lite);
  CHECK(invocation->settings.quota == 0.5);
}

TEST_CASE("a configuration file has the same names, and flags win") {
  const TempDir folder;
  const std::string file =
      folder.file("rig.toml", "# our rig\ncamera = \"simulated\"\nport = 8081\nno-auth = true\n").string();
  const auto invocation = parse({"--config", file.c_str(), "--port", "8082"});
  REQUIRE(invocation);
  CHECK(invocation->camera.camera == "simulated");
  CHECK(invocation->settings.no_auth);
  CHECK(invocation->settings.port == 8082);
}

TEST_CASE("what is wrong is named with what is allowed") {
  CHECK(error_of({"--port", "99999"}).starts_with("--port: found 99999"));
  CHECK(error_of({"--port", "99999"}).ends_with("allowed a whole number 0 .. 65535"));
  CHECK(error_of({"--port", "http"}).starts_with("--port: found \"http\""));
  CHECK(error_of({"--transport", "ssl"}) == "--transport: found \"ssl\", allowed one of auto, tls, plain");
  CHECK(error_of({"--prot", "1"}).find("--prot") != std::string::npos);
  const TempDir folder;
  const std::string file = folder.file("rig.toml", "prot = 8081\n").string();
  CHECK(error_of({"--config", file.c_str()}).find("prot") != std::string::npos);
  const std::string nowhere = (folder / "nowhere.toml").string();
  CHECK(error_of({"--config", nowhere.c_str()}).find("nowhere.toml") != std::string::npos);
  CHECK(has(error_of({"--config", "/dev/zero"}), "/dev/zero: found a device, allowed a file"));
  const std::string large = folder.file("large.toml", std::string(1'048'577, '#')).string();
  CHECK(has(error_of({"--config", large.c_str()}), "large.toml: found 1048577 bytes, allowed 1048576"));
  for (const auto& arguments : {std::vector<const char*>{"--port", "x"}, {"--prot"}, {"surgeon"}})
    CHECK(error_of(arguments).find('\n') == std::string::npos);
}

TEST_CASE("the printed configuration reads back as it was") {
  std::string text;
  CHECK_FALSE(parse({"--camera", "simulated:imx219,night-street", "--quota", "0.25", "--print-config"}, &text));
  const TempDir folder;
  const std::string file = folder.file("printed.toml", text).string();
  const auto invocation = parse({"--config", file.c_str()});
  REQUIRE(invocation);
  CHECK(invocation->camera.camera == "simulated:imx219,night-street");
  CHECK(invocation->settings.quota == 0.25);
  CHECK(invocation->settings.port == 8080);
}

TEST_CASE("help and version print, and nothing is to be done") {
  std::string text;
  CHECK_FALSE(parse({"--help"}, &text));
  CHECK(text.find("--ring-frames") != std::string::npos);
  CHECK(text.find("Examples:") != std::string::npos);
  CHECK_FALSE(parse({"--version"}, &text));
  CHECK(text.find('.') != std::string::npos);
}

TEST_CASE("the doctor takes the daemon's flags") {
  const auto invocation = parse({"doctor", "--json", "--port", "8181"});
  REQUIRE(invocation);
  CHECK(invocation->task == Invocation::Task::doctor);
  CHECK(invocation->json);
  CHECK(invocation->settings.port == 8181);
}

}  // namespace
}  // namespace sunny16::boards
