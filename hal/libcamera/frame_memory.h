// Frame buffers as memory that we read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include <libcamera/framebuffer.h>

namespace sunny16::hal {

/// A plane of a buffer, mapped for as long as this lives.
class MappedPlane {
 public:
  /// Throws LibcameraError.
  explicit MappedPlane(const libcamera::FrameBuffer::Plane& plane);
  ~MappedPlane();
  MappedPlane(const MappedPlane&) = delete;
  MappedPlane& operator=(const MappedPlane&) = delete;

  std::span<const std::byte> bytes() const { return bytes_; }
  /// Makes what the device wrote visible to the processor, and ends that.
  void synchronise(std::uint64_t begin_or_end) const;

 private:
  libcamera::SharedFD fd_;
  void* mapping_ = nullptr;
  std::size_t mapped_ = 0;
  std::span<const std::byte> bytes_;
};

/// A buffer's planes: raw frames and RGB have one, other pictures three. The camera may give the buffer up before this
/// ends.
class FrameMemory {
 public:
  /// Throws LibcameraError, also where there are more or fewer planes.
  FrameMemory(const libcamera::FrameBuffer& buffer, std::size_t planes);

  std::span<const std::byte> bytes() const { return planes_[0].bytes(); }
  std::vector<std::span<const std::byte>> planes() const;

 private:
  friend class FrameReading;
  std::deque<MappedPlane> planes_;
};

/// While it lives, and once it has begun, the processor's caches hold what the device wrote.
class FrameReading {
 public:
  explicit FrameReading(std::shared_ptr<const FrameMemory> memory) : memory_(std::move(memory)) {}
  ~FrameReading();
  FrameReading(const FrameReading&) = delete;
  FrameReading& operator=(const FrameReading&) = delete;

  void begin();
  const FrameMemory& memory() const { return *memory_; }

 private:
  const std::shared_ptr<const FrameMemory> memory_;
  bool begun_ = false;
};

}  // namespace sunny16::hal
