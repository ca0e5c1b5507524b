// Cameras by name. The back ends meet here and nowhere else: whoever uses a camera knows hal/api alone.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "hal/api/camera.h"
#include "hal/api/clock.h"
#include "isp/core/describe.h"

namespace sunny16::boards {

/// Which camera, and what is particular to a simulated or a recorded one.
struct CameraChoice {
  std::string camera = "libcamera";
  std::string mode = {};
  double lux = 200;
  std::string illuminant = "D65", sequence = "none";
  std::string faults = {};
  int buffers = 4;
  double frame_rate = 30;
};

/// what() is one line: what, found, allowed.
class CameraError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The camera, stopped, in its mode. One of libcamera's may come later (hal::Camera::open). Its frames are stamped on
/// the clock; for libcamera this must be the machine's (hal::SteadyClock). `threads` draw simulated frames. With a
/// `picture_width` the board gives a picture of its own beside each frame (hal::RawFrame::board_picture). Throws
/// CameraError.
std::unique_ptr<hal::Camera> open_camera(const CameraChoice& choice, std::shared_ptr<hal::Clock> clock, int threads = 1,
                                         int picture_width = 0);

struct CameraName {
  std::string name;         ///< for CameraChoice::camera
  std::string description;  ///< one line
};

/// Those of libcamera that are attached, then the simulated modules, then how recorded frames are named. Throws
/// CameraError where libcamera cannot be asked.
std::vector<CameraName> list_cameras();

}  // namespace sunny16::boards

namespace sunny16::isp {

template <>
struct Describe<boards::CameraChoice> {
  using C = boards::CameraChoice;
  static constexpr auto fields = std::tuple{
      field<&C::camera>("camera", 0, 0, "",
                        "libcamera[:ID], ID being its name or number; simulated[:SENSOR[,SCENE]]; or replay:FOLDER."),
      field<&C::mode>("mode", 0, 0, "",
                      "width:height[:bits[:P|U]] of one of the camera's modes; empty: its usual one, which is the "
                      "smallest of a simulated camera."),
      field<&C::lux>("lux", 0, 1e6, "lx", "Light on a simulated scene."),
      field<&C::illuminant>("illuminant", 0, 0, "", "What lights a simulated scene: D65, A, 3200K, A:0.3+D65:0.7."),
      field<&C::sequence>("sequence", 0, 0, "", "How a simulated scene changes with time."),
      field<&C::faults>("faults", 0, 0, "", "File of faults of the simulated camera; empty: none."),
      field<&C::buffers>("buffers", 2, 6, "", "Frame buffers of the simulated camera."),
      field<&C::frame_rate>("frame_rate", 0.01, 1000, "1/s",
                            "Of recorded frames that do not say their FrameDuration.")};
};

}  // namespace sunny16::isp
