// Detectors that need large libraries are modules, loaded when somebody asks for them: the camera works without.
//
// A module is a file sunny16-NAME.so in $SUNNY16_PLUGINS, or in the nearest folder lib/sunny16 above the program's own.
// It has one C symbol, `sunny16_plugin`, and belongs to the program that it was built with.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

#include "firmware/detect/detector.h"
#include "firmware/detect/network.h"

namespace sunny16::firmware {

/// What a module offers; null: not that. Both throw DetectorError.
struct Plugin {
  const char* version;  ///< of the program that it belongs to
  /// With the cascades of a folder.
  std::unique_ptr<Detector> (*faces)(const std::filesystem::path& cascades);
  /// Of an ONNX model's bytes, which need not outlive the call.
  std::unique_ptr<Network> (*network)(std::span<const std::byte> model);
};

/// Loads a module, for good: "faces" or "objects". Throws DetectorError where it is not installed, cannot be loaded or
/// belongs to another version.
const Plugin& load_plugin(std::string_view name);

}  // namespace sunny16::firmware

extern "C" __attribute__((visibility("default"))) const sunny16::firmware::Plugin sunny16_plugin;
