// The cameras that libcamera knows on this machine.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <libcamera/camera.h>
#include <libcamera/camera_manager.h>

#include "hal/api/camera.h"

namespace sunny16::hal {

/// libcamera's manager, of which a process may have one: started with its first user, which looks for cameras, and
/// stopped with its last. Throws LibcameraError.
std::shared_ptr<libcamera::CameraManager> camera_manager();

/// All that are attached, in libcamera's order; rotation is not known before they are opened. Throws LibcameraError.
std::vector<CameraInfo> list_libcamera_cameras();

/// By id, or by its place in the list; without a name the first. Throws CameraAbsent, which lists those that there
/// are.
std::shared_ptr<libcamera::Camera> find_camera(libcamera::CameraManager& manager, const std::string& name);

/// The sensor's model as libcamera tells it.
std::string model_of(const libcamera::Camera& camera);

}  // namespace sunny16::hal
