#include "boards/wiring/usual_tuning.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "sim/camera/module_tuning.h"
#include "sim/sensor/module_file.h"

namespace sunny16::boards {
namespace {

namespace fs = std::filesystem;

/// A Raspberry Pi 5 has another front end, whose statistics, and so tunings, differ a little.
bool is_raspberry_pi_5(const fs::path& root) {
  std::ifstream file(root / "proc/device-tree/compatible", std::ios::binary);
  const std::string names{std::istreambuf_iterator<char>(file), {}};
  return names.find("bcm2712") != std::string::npos;
}

}  // namespace

firmware::CameraTuning usual_tuning(const std::string& model, bool simulated, const fs::path& root) {
  const fs::path file =
      root / "usr/share/libcamera/ipa/rpi" / (is_raspberry_pi_5(root) ? "pisp" : "vc4") / (model + ".json");
  if (std::error_code error; !simulated && fs::is_regular_file(file, error)) return firmware::load_tuning(file);
  const auto known = sim::module_names();
  return std::ranges::find(known, model) != known.end() ? sim::module_tuning(sim::load_module(model))
                                                        : firmware::CameraTuning{};
}

}  // namespace sunny16::boards
