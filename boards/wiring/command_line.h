// The command line of sunny16d. Every row of the tables of settings is a flag, and a key of the configuration file
// (TOML) by the same name.
#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <stdexcept>

#include "boards/wiring/open_camera.h"
#include "firmware/service/settings.h"

namespace sunny16::boards {

struct Invocation {
  enum class Task : std::uint8_t { serve, doctor, print_openapi, list_cameras };
  Task task = Task::serve;
  bool json = false;  ///< the doctor's report
  CameraChoice camera;
  firmware::Settings settings;
};

/// A flag or a key that cannot be used: one clear line.
class ConfigError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What the command line and the configuration file ask for; flags win. Nothing where only help, the version or the
/// configuration was wanted, which is then on `out`. Throws ConfigError.
std::optional<Invocation> parse_command_line(int argc, const char* const* argv, std::ostream& out);

}  // namespace sunny16::boards
