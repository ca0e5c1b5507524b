#include "hal/libcamera/raw_stream.h"

#include <system_error>

#include "hal/libcamera/dma_buffer.h"
#include "hal/libcamera/libcamera_error.h"

namespace sunny16::hal {
namespace {

std::unique_ptr<libcamera::FrameBuffer> own_buffer(unsigned bytes) {
  libcamera::FrameBuffer::Plane plane;
  plane.fd = libcamera::SharedFD(allocate_dma_buffer(bytes));
  plane.offset = 0;
  plane.length = bytes;
  return std::make_unique<libcamera::FrameBuffer>(std::vector{plane});
}

}  // namespace

RawStream::RawStream(const std::shared_ptr<libcamera::Camera>& camera, libcamera::Stream* stream, BufferSource source)
    : allocator_(camera) {
  if (source == BufferSource::camera && allocator_.allocate(stream) > 0) {
    for (const auto& buffer : allocator_.buffers(stream)) slots_.emplace_back().buffer = buffer.get();
  } else {
    const libcamera::StreamConfiguration& configuration = stream->configuration();
    for (unsigned i = 0; i < configuration.bufferCount; ++i) {
      FrameSlot& slot = slots_.emplace_back();
      slot.own_buffer = own_buffer(configuration.frameSize);
      slot.buffer = slot.own_buffer.get();
    }
  }
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    FrameSlot& slot = slots_[i];
    slot.memory = std::make_shared<FrameMemory>(*slot.buffer);
    slot.request = camera->createRequest(i);
    const int error = slot.request ? slot.request->addBuffer(stream, slot.buffer) : -ENODEV;
    if (error < 0) throw LibcameraError("no request for a frame buffer: " + std::generic_category().message(-error));
  }
}

}  // namespace sunny16::hal
