#include "hal/libcamera/frame_memory.h"

#include <cerrno>
#include <string>
#include <system_error>

#include <linux/dma-buf.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "hal/libcamera/libcamera_error.h"

namespace sunny16::hal {

MappedPlane::MappedPlane(const libcamera::FrameBuffer::Plane& plane)
    : fd_(plane.fd), mapped_(std::size_t{plane.offset} + plane.length) {
  mapping_ = mmap(nullptr, mapped_, PROT_READ, MAP_SHARED, fd_.get(), 0);
  if (mapping_ == MAP_FAILED)
    throw LibcameraError("frame buffer of " + std::to_string(mapped_) +
                         " bytes: cannot be mapped: " + std::generic_category().message(errno));
  bytes_ = std::span(static_cast<const std::byte*>(mapping_), mapped_).subspan(plane.offset);
}

MappedPlane::~MappedPlane() { munmap(mapping_, mapped_); }

void MappedPlane::synchronise(std::uint64_t begin_or_end) const {
  dma_buf_sync sync{.flags = DMA_BUF_SYNC_READ | begin_or_end};
  // Memory that is not a dma-buf refuses, and needs none of it.
  while (ioctl(fd_.get(), DMA_BUF_IOCTL_SYNC, &sync) < 0 && (errno == EINTR || errno == EAGAIN)) {
  }
}

FrameMemory::FrameMemory(const libcamera::FrameBuffer& buffer, std::size_t planes) {
  if (buffer.planes().size() != planes)
    throw LibcameraError("frame buffers: found " + std::to_string(buffer.planes().size()) + " planes, allowed " +
                         std::to_string(planes));
  for (const auto& plane : buffer.planes()) planes_.emplace_back(plane);
}

std::vector<std::span<const std::byte>> FrameMemory::planes() const {
  std::vector<std::span<const std::byte>> all;
  for (const MappedPlane& plane : planes_) all.push_back(plane.bytes());
  return all;
}

FrameReading::~FrameReading() {
  if (!begun_) return;
  for (const MappedPlane& plane : memory_->planes_) plane.synchronise(DMA_BUF_SYNC_END);
}

void FrameReading::begin() {
  for (const MappedPlane& plane : memory_->planes_) plane.synchronise(DMA_BUF_SYNC_START);
  begun_ = true;
}

}  // namespace sunny16::hal
