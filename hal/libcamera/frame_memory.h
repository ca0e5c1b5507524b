// Frame buffers as memory that we read.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include <libcamera/framebuffer.h>

namespace sunny16::hal {

/// A buffer's samples, mapped for as long as this lives: the camera may give the buffer up before. Raw frames have one
/// plane.
class FrameMemory {
 public:
  /// Throws LibcameraError.
  explicit FrameMemory(const libcamera::FrameBuffer& buffer);
  ~FrameMemory();
  FrameMemory(const FrameMemory&) = delete;
  FrameMemory& operator=(const FrameMemory&) = delete;

  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  friend class FrameReading;
  /// Makes what the device wrote visible to the processor, and ends that.
  void synchronise(std::uint64_t begin_or_end) const;

  libcamera::SharedFD fd_;
  void* mapping_ = nullptr;
  std::size_t mapped_ = 0;
  std::span<const std::byte> bytes_;
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
