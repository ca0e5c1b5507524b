// What a neural network on the sensor says in a request's metadata: Raspberry Pi's vendor controls CnnOutputTensor and
// CnnOutputTensorInfo, looked up by name, since only some versions of libcamera have them.
#pragma once

#include <memory>

#include <libcamera/controls.h>

#include "hal/api/network_output.h"

namespace sunny16::hal {

/// Null: the metadata has no tensors. Where their description is not to be understood there are values without shapes.
std::shared_ptr<const NetworkOutput> network_output(const libcamera::ControlList& metadata);

}  // namespace sunny16::hal
