// A camera: frames, and what shapes them. Back ends: hal/libcamera, hal/replay, and the simulated one of sim.
#pragma once

#include <string>

#include "hal/api/frame_source.h"
#include "hal/api/sensor.h"

namespace sunny16::hal {

struct CameraInfo {
  std::string id;     ///< what names it among the cameras of its back end
  std::string model;  ///< the sensor's: "imx708"
  int rotation = 0;   ///< how the module is mounted: degrees clockwise that make its pictures stand upright
};

class Camera : public FrameSource, public Sensor {
 public:
  /// Looks for a camera that has never been there so far. Empty: it is there, else one line that says why not. Until
  /// then info() has but an id, modes() is empty, mode() and limits() say nothing, and commands are lost. (A camera
  /// that was there and has gone is found by start().)
  virtual std::string open() { return {}; }
  virtual CameraInfo info() const = 0;
  /// The mode in use.
  virtual SensorMode mode() const = 0;
  /// Frames of the next run come in this mode, one of modes(), and limits() are its own. For a camera that is stopped;
  /// false: it is not, or the camera refuses the mode, and the mode stays.
  virtual bool select(const SensorMode& mode) = 0;
};

}  // namespace sunny16::hal
