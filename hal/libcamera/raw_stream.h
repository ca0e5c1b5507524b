// The buffers of one run of frames and the requests that carry them.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <libcamera/camera.h>
#include <libcamera/framebuffer_allocator.h>

#include "hal/api/sensor.h"
#include "hal/libcamera/frame_memory.h"

namespace sunny16::hal {

/// Where frame memory comes from.
enum class BufferSource : std::uint8_t {
  camera,  ///< libcamera's allocator; dma_buf where that has none
  dma_buf  ///< a heap of the kernel's, or udmabuf
};

struct StreamBuffer {
  std::unique_ptr<libcamera::FrameBuffer> own;  ///< null where the camera's allocator has it
  libcamera::FrameBuffer* buffer = nullptr;
  std::shared_ptr<const FrameMemory> memory;  ///< null: no such stream

  /// Whether nobody reads it.
  bool free() const { return !memory || memory.use_count() == 1; }
  /// Whether the camera has completed it as it should.
  bool filled() const { return memory && buffer->metadata().status == libcamera::FrameMetadata::FrameSuccess; }
};

/// Buffers on their way: queued, completed, or read by those who hold their frame.
struct FrameSlot {
  StreamBuffer raw, picture;
  std::unique_ptr<libcamera::Request> request;
  Ticket ticket = 0;    ///< last command that went out up to its request
  bool queued = false;  ///< the camera has it, or its frame was not taken yet

  /// Whether nobody holds its frame any more.
  bool free() const { return !queued && raw.free() && picture.free(); }
};

class RawStream {
 public:
  /// For a camera that is acquired and configured: its first stream is of raw frames, a second one of pictures. Throws
  /// LibcameraError.
  RawStream(const std::shared_ptr<libcamera::Camera>& camera, const libcamera::CameraConfiguration& configuration,
            BufferSource source);

  std::vector<FrameSlot>& slots() { return slots_; }
  FrameSlot& slot_of(const libcamera::Request& request) { return slots_[request.cookie()]; }

 private:
  std::vector<StreamBuffer> allocate(const libcamera::StreamConfiguration& configuration, std::size_t planes,
                                     BufferSource source);

  libcamera::FrameBufferAllocator allocator_;
  std::vector<FrameSlot> slots_;
};

}  // namespace sunny16::hal
