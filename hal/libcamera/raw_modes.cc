#include "hal/libcamera/raw_modes.h"

#include <algorithm>
#include <string>

#include "hal/libcamera/configuration.h"
#include "hal/libcamera/control_values.h"
#include "hal/libcamera/libcamera_error.h"

namespace sunny16::hal {

bool same_mode(const SensorMode& a, const SensorMode& b) {
  return a.width == b.width && a.height == b.height && a.bits == b.bits && a.packing == b.packing;
}

RawConfiguration configure_mode(libcamera::Camera& camera, const RawMode& mode, const StreamWishes& wishes) {
  std::vector<libcamera::StreamRole> roles{libcamera::StreamRole::Raw};
  if (wishes.picture_width > 0) roles.push_back(libcamera::StreamRole::Viewfinder);
  auto configuration = camera.generateConfiguration(roles);
  if (!configuration || configuration->size() != roles.size()) return {};
  libcamera::StreamConfiguration& stream = configuration->at(0);
  const libcamera::Size size(static_cast<unsigned>(mode.mode.width), static_cast<unsigned>(mode.mode.height));
  if (wishes.picture_width > 0) {
    libcamera::StreamConfiguration& picture = configuration->at(1);
    ask_picture(picture, size, wishes.picture_width);
    picture.bufferCount = std::max(picture.bufferCount, wishes.buffers);
  }
  stream.pixelFormat = libcamera::PixelFormat::fromString(format_name(mode.asked));
  stream.size = size;
  stream.bufferCount = std::max(stream.bufferCount, wishes.buffers);
  ask_sensor_bits(*configuration, mode.asked.bits, size);
  if (configuration->validate() == libcamera::CameraConfiguration::Invalid || configuration->size() != roles.size())
    return {};
  const auto format = sample_format(stream.pixelFormat.toString());
  const auto height = static_cast<std::size_t>(mode.mode.height);
  constexpr int kContainerBits = 16;
  if (!format || stream.size != size || (format->bits != mode.asked.bits && format->bits != kContainerBits) ||
      stream.stride < isp::row_bytes(format->packing, mode.mode.width) || stream.frameSize < stream.stride * height)
    return {};
  RawConfiguration raw{.configuration = nullptr, .format = *format, .picture = {}};
  if (wishes.picture_width > 0 && !(raw.picture = picture_form(configuration->at(1)))) return {};
  raw.configuration = std::move(configuration);
  return raw;
}

std::vector<RawMode> find_raw_modes(libcamera::Camera& camera, bool acquired, int picture_width) {
  const auto configuration = camera.generateConfiguration({libcamera::StreamRole::Raw});
  if (!configuration || configuration->empty())
    throw LibcameraError("camera " + camera.id() +
                         ": found no raw stream; frames that a board has developed already are "
                         "of no use here");
  const libcamera::StreamFormats& offered = configuration->at(0).formats();
  std::vector<RawMode> modes;
  std::string found;
  for (const bool packs : {false, true})
    for (const libcamera::PixelFormat& pixel_format : offered.pixelformats()) {
      found.append(" ").append(pixel_format.toString());
      const auto format = sample_format(pixel_format.toString());
      const auto asked = !format ? std::nullopt : packs ? packed(*format) : std::optional(unpacked(*format));
      if (!asked) continue;
      for (const libcamera::Size& size : offered.sizes(pixel_format)) {
        RawMode mode{.mode = {.width = static_cast<int>(size.width),
                              .height = static_cast<int>(size.height),
                              .bits = asked->bits,
                              .packing = asked->packing,
                              .frame_duration_us = {}},
                     .asked = *asked};
        const RawConfiguration delivered = configure_mode(camera, mode, {.picture_width = picture_width});
        if (!delivered.configuration) continue;
        mode.mode.packing = delivered.format.packing;
        if (std::ranges::any_of(modes, [&](const RawMode& known) { return same_mode(known.mode, mode.mode); }))
          continue;
        if (acquired && camera.configure(delivered.configuration.get()) == 0)
          mode.mode.frame_duration_us = sensor_limits(camera.controls()).frame_duration_us;
        modes.push_back(mode);
      }
    }
  if (modes.empty() && picture_width > 0)
    throw LibcameraError("camera " + camera.id() +
                         ": found no pictures of the board's beside raw frames, allowed raw frames alone");
  if (modes.empty())
    throw LibcameraError("camera " + camera.id() + ": found no raw frames but" + found +
                         ", allowed Bayer or monochrome samples, unpacked or CSI2P");
  return modes;
}

const RawMode& usual_mode(const std::vector<RawMode>& modes) {
  constexpr int kWide = 1920;
  return *std::ranges::min_element(modes, [](const RawMode& a, const RawMode& b) {
    const bool a_wide = a.mode.width >= kWide, b_wide = b.mode.width >= kWide;
    if (a_wide != b_wide) return a_wide;
    return a_wide ? a.mode.width < b.mode.width : a.mode.width > b.mode.width;
  });
}

}  // namespace sunny16::hal
