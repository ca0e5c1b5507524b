// Where frames come from, one after the other.
#pragma once

#include <cstdint>
#include <variant>

#include "hal/api/raw_frame.h"

namespace sunny16::hal {

/// Why there is no frame. These are states that a running camera goes through, not errors of its caller.
enum class NoFrame : std::uint8_t {
  time_out,      ///< none until the deadline; the next call may bring one
  stopped,       ///< not started, or stopped
  disconnected,  ///< the camera has gone; start() succeeds when it is back
};

using NextFrame = std::variant<RawFrame, NoFrame>;

/// What became of a start.
enum class Started : std::uint8_t {
  running,       ///< frames will come
  disconnected,  ///< the camera is not there
  busy,          ///< another program has it
  no_memory,     ///< there is none for its frame buffers
};

/// One thread takes the frames; stop() may come from another.
class FrameSource {
 public:
  virtual ~FrameSource() = default;
  /// Begins a new run of frames, whose sequence starts at 0. A running camera runs on.
  virtual Started start() = 0;
  /// Ends the run. Frames that nobody took, and commands on their way, are lost. Waits as long as the driver does.
  virtual void stop() = 0;
  /// The next frame in order of time; waits for it until the clock reaches `deadline_ns`.
  ///
  /// A frame's memory is one of the camera's few buffers. Each call first gives back the buffers of frames that nobody
  /// holds any more, each with a request that carries the commands submitted so far; without a buffer the camera loses
  /// frames, and the sequence shows a gap.
  virtual NextFrame next(std::uint64_t deadline_ns) = 0;
};

}  // namespace sunny16::hal
