#include "firmware/service/settings.h"

#include <cstdlib>

namespace sunny16::firmware {
namespace {

std::filesystem::path environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

std::string Settings::listen_address() const {
  if (!address.empty()) return address;
  return no_auth ? "127.0.0.1" : "0.0.0.0";
}

std::filesystem::path Settings::state_folder() const {
  if (!state.empty()) return state;
  if (const auto given = environment("STATE_DIRECTORY"); !given.empty()) return given;
  if (const auto given = environment("XDG_STATE_HOME"); !given.empty()) return given / "sunny16";
  return environment("HOME") / ".local/state/sunny16";
}

std::filesystem::path Settings::storage_folder() const {
  return storage.empty() ? state_folder() / "captures" : std::filesystem::path(storage);
}

}  // namespace sunny16::firmware
