// Finds things in pictures: faces, objects, what a network on the sensor has found. Back ends: the plugins
// (plugins/), and on_sensor.h.
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/control/scene/detection.h"
#include "firmware/output/orient.h"
#include "hal/api/network_output.h"
#include "isp/core/plane.h"

namespace sunny16::firmware {

/// What a detector looks at.
struct DetectorInput {
  isp::PlaneView<const std::uint8_t> rgb{};               ///< 8-bit sRGB, interleaved, upright; the width is in bytes
  Orientation turned{};                                   ///< what made it upright
  std::shared_ptr<const hal::NetworkOutput> on_sensor{};  ///< of the same frame; null: none
};

/// what() is one line: what, found, allowed.
class DetectorError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// name() of what looks for faces, and for nothing else.
inline constexpr std::string_view kFaceDetector = "faces";

/// Used by one thread at a time.
class Detector {
 public:
  virtual ~Detector() = default;
  /// "faces", or the model's name.
  virtual std::string_view name() const = 0;
  /// The surest first; boxes as fractions of the input's picture. Throws DetectorError.
  virtual std::vector<Detection> detect(const DetectorInput& input) = 0;
};

/// Detectors that look at the same pictures. Shared, so that they may be exchanged while one is at work.
using Detectors = std::vector<std::shared_ptr<Detector>>;

inline std::vector<std::string> names_of(const Detectors& detectors) {
  std::vector<std::string> names;
  for (const auto& detector : detectors) names.emplace_back(detector->name());
  return names;
}

}  // namespace sunny16::firmware
