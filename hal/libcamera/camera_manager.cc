#include "hal/libcamera/camera_manager.h"

#include <algorithm>
#include <mutex>
#include <system_error>

#include <libcamera/logging.h>
#include <libcamera/property_ids.h>

#include "hal/api/awaited_camera.h"
#include "hal/libcamera/libcamera_error.h"

namespace sunny16::hal {

namespace {

/// A new manager must not begin before the last has ended: its users are counted under the lock that both hold.
struct Running {
  std::mutex mutex;
  std::unique_ptr<libcamera::CameraManager> manager;
  int users = 0;

  void begin() {
    const std::lock_guard lock(mutex);
    if (users == 0) {
      manager = std::make_unique<libcamera::CameraManager>();
      if (const int error = manager->start(); error < 0)
        throw LibcameraError("libcamera does not start: " + std::generic_category().message(-error));
      // What it says at each start it need not say again: we may look for a camera many times.
      libcamera::logSetLevel("Camera", "WARN");
      libcamera::logSetLevel("IPAManager", "ERROR");
    }
    ++users;
  }
  void end() {
    const std::lock_guard lock(mutex);
    if (--users > 0) return;
    manager->stop();
    manager.reset();
  }
};

}  // namespace

std::shared_ptr<libcamera::CameraManager> camera_manager() {
  static Running running;
  running.begin();
  return {running.manager.get(), [](libcamera::CameraManager*) { running.end(); }};
}

std::string model_of(const libcamera::Camera& camera) {
  const auto model = camera.properties().get(libcamera::properties::Model);
  return model ? std::string(*model) : "";
}

std::vector<CameraInfo> list_libcamera_cameras() {
  const auto manager = camera_manager();
  std::vector<CameraInfo> list;
  for (const auto& camera : manager->cameras())
    list.push_back({.id = camera->id(), .model = model_of(*camera), .rotation = 0});
  return list;
}

std::shared_ptr<libcamera::Camera> find_camera(libcamera::CameraManager& manager, const std::string& name) {
  const auto cameras = manager.cameras();
  std::string allowed;
  for (std::size_t i = 0; i < cameras.size(); ++i) {
    if (name.empty() || name == cameras[i]->id() || name == std::to_string(i)) return cameras[i];
    allowed += (i ? ", " : "") + std::to_string(i) + " or " + cameras[i]->id();
  }
  throw CameraAbsent(cameras.empty() ? "found no camera: libcamera knows none on this machine"
                                     : "found \"" + name + "\", allowed " + allowed);
}

}  // namespace sunny16::hal
