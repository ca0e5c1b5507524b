#include "firmware/detect/plugin.h"

#include <dlfcn.h>

#include <cstdlib>

namespace sunny16::firmware {
namespace {

namespace fs = std::filesystem;

fs::path file_of(const std::string& file) {
  if (const char* folder = std::getenv("SUNNY16_PLUGINS")) return fs::path(folder) / file;
  std::error_code error;
  for (fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path(); !error;
       folder = folder.parent_path()) {
    if (fs::path candidate = folder / "lib/sunny16" / file; fs::exists(candidate, error)) return candidate;
    if (folder == folder.parent_path()) break;
  }
  return {};
}

}  // namespace

const Plugin& load_plugin(std::string_view name) {
  const std::string file = "sunny16-" + std::string(name) + ".so";
  const fs::path path = file_of(file);
  std::error_code error;
  if (path.empty() || !fs::exists(path, error)) throw DetectorError(file + ": the component is not installed");
  void* const module = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (!module) throw DetectorError(dlerror());
  const auto* const plugin = static_cast<const Plugin*>(dlsym(module, "sunny16_plugin"));
  if (!plugin) throw DetectorError(path.string() + ": found no symbol sunny16_plugin, allowed a component of Sunny16");
  if (std::string_view(plugin->version) != SUNNY16_VERSION)
    throw DetectorError(path.string() + ": found version " + plugin->version + ", allowed " + SUNNY16_VERSION);
  return *plugin;
}

}  // namespace sunny16::firmware
