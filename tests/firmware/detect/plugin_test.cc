#include "firmware/detect/plugin.h"

#include <doctest/doctest.h>
#include <stdlib.h>

#include "tests/temp_dir.h"

namespace sunny16::firmware {
namespace {

/// Modules are looked for in a folder while this lives.
struct PluginFolder {
  explicit PluginFolder(const std::filesystem::path& folder) { setenv("SUNNY16_PLUGINS", folder.c_str(), 1); }
  ~PluginFolder() { unsetenv("SUNNY16_PLUGINS"); }
};

TEST_CASE("a component that is not installed is an error that says so") {
  const TempDir empty;
  const PluginFolder folder(empty.path());
  CHECK_THROWS_WITH_AS(load_plugin("faces"), "sunny16-faces.so: the component is not installed", DetectorError);
}

TEST_CASE("a file that is no module is an error that names it") {
  const TempDir folder;
  folder.file("sunny16-faces.so", "no module");
  const PluginFolder there(folder.path());
  CHECK_THROWS_WITH_AS(load_plugin("faces"), doctest::Contains("sunny16-faces.so"), DetectorError);
}

}  // namespace
}  // namespace sunny16::firmware
