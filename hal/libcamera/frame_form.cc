#include "hal/libcamera/frame_form.h"

#include "hal/libcamera/control_values.h"
#include "hal/libcamera/network_values.h"

namespace sunny16::hal {

std::uint64_t exposure_began_ns(std::uint64_t read_ns, const AppliedSettings& applied) {
  const double exposure_ns = 1000 * applied.exposure_us.value_or(0);
  return exposure_ns > 0 && exposure_ns < static_cast<double>(read_ns)
             ? read_ns - static_cast<std::uint64_t>(exposure_ns)
             : read_ns;
}

RawFrame raw_frame(const FrameForm& form, std::span<const std::byte> samples, const libcamera::ControlList& metadata) {
  const SampleFormat& format = form.format;
  RawFrame frame;
  frame.raw = {.bytes = samples,
               .width = form.width,
               .height = form.height,
               .stride = form.stride,
               .packing = format.packing,
               .phase = format.phase};
  frame.monochrome = format.monochrome;
  frame.bits = format.bits;
  if (const auto black = black_levels(metadata, format.bits))
    frame.black = *black;
  else if (form.black_level)
    frame.black.fill(*form.black_level / (1 << (16 - format.bits)));
  else
    frame.black_known = false;
  frame.white = white_level(format, form.sensor_bits);
  frame.applied = applied_settings(metadata);
  frame.timestamp_ns = exposure_began_ns(sensor_timestamp_ns(metadata), frame.applied);
  frame.network_output = network_output(metadata);
  frame.model = form.model;
  frame.orientation = form.orientation;
  return frame;
}

}  // namespace sunny16::hal
