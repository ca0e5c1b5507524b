#include "hal/libcamera/raw_stream.h"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "hal/libcamera/dma_buffer.h"
#include "hal/libcamera/libcamera_error.h"
#include "hal/libcamera/picture_stream.h"

namespace sunny16::hal {
namespace {

/// One dma-buf for all planes, one behind the other: chroma has half the rows of half the stride.
std::unique_ptr<libcamera::FrameBuffer> own_buffer(const libcamera::StreamConfiguration& configuration,
                                                   std::size_t planes) {
  const libcamera::SharedFD memory(allocate_dma_buffer(configuration.frameSize));
  std::vector<libcamera::FrameBuffer::Plane> list(planes);
  unsigned offset = 0;
  for (std::size_t i = 0; i < planes; ++i) {
    const unsigned luma = configuration.stride * configuration.size.height;
    list[i].fd = memory;
    list[i].offset = offset;
    list[i].length = planes == 1 ? configuration.frameSize : i == 0 ? luma : luma / 4;
    offset += list[i].length;
  }
  return std::make_unique<libcamera::FrameBuffer>(list);
}

}  // namespace

RawStream::RawStream(const std::shared_ptr<libcamera::Camera>& camera,
                     const libcamera::CameraConfiguration& configuration, BufferSource source)
    : allocator_(camera) {
  const auto pictures = configuration.size() > 1 ? picture_form(configuration.at(1)) : std::nullopt;
  auto raw = allocate(configuration.at(0), 1, source);
  auto picture = pictures ? allocate(configuration.at(1), pictures->planes(), source) : std::vector<StreamBuffer>();
  const std::size_t count = pictures ? std::min(raw.size(), picture.size()) : raw.size();
  for (std::size_t i = 0; i < count; ++i) {
    FrameSlot& slot = slots_.emplace_back();
    slot.raw = std::move(raw[i]);
    slot.request = camera->createRequest(i);
    int error = slot.request ? slot.request->addBuffer(configuration.at(0).stream(), slot.raw.buffer) : -ENODEV;
    if (pictures) {
      slot.picture = std::move(picture[i]);
      if (error == 0) error = slot.request->addBuffer(configuration.at(1).stream(), slot.picture.buffer);
    }
    if (error < 0) throw LibcameraError("no request for a frame buffer: " + std::generic_category().message(-error));
  }
}

std::vector<StreamBuffer> RawStream::allocate(const libcamera::StreamConfiguration& configuration, std::size_t planes,
                                              BufferSource source) {
  libcamera::Stream* const stream = configuration.stream();
  std::vector<StreamBuffer> buffers;
  if (source == BufferSource::camera && allocator_.allocate(stream) > 0) {
    for (const auto& buffer : allocator_.buffers(stream)) buffers.emplace_back().buffer = buffer.get();
  } else {
    for (unsigned i = 0; i < configuration.bufferCount; ++i) {
      StreamBuffer& made = buffers.emplace_back();
      made.own = own_buffer(configuration, planes);
      made.buffer = made.own.get();
    }
  }
  for (StreamBuffer& each : buffers) each.memory = std::make_shared<FrameMemory>(*each.buffer, planes);
  return buffers;
}

}  // namespace sunny16::hal
