// How the captures of this run stand: told to listeners, and kept beside the pictures.
#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "firmware/capture/capture_library.h"
#include "firmware/capture/session_listener.h"
#include "firmware/capture/session_types.h"

namespace sunny16::firmware {

/// Called from any thread.
class CaptureBook {
 public:
  /// The last ones are kept in memory; the library has all.
  static constexpr std::size_t kMost = 100;

  CaptureBook(CaptureLibrary& library, SessionListener& listener) : library_(library), listener_(listener) {}

  void add(const CaptureInfo& info);
  /// Changes a capture, and tells if anything changed. A capture that is over stays as it is.
  void update(const std::string& id, const std::function<void(CaptureInfo&)>& change);
  /// Throws SessionError (not_found).
  CaptureInfo find(const std::string& id) const;
  std::vector<CaptureInfo> list() const;

 private:
  std::optional<CaptureInfo> look_up(const std::string& id) const;
  void tell(const CaptureInfo& info);

  CaptureLibrary& library_;
  SessionListener& listener_;
  std::mutex changing_;               ///< held while a capture changes and its record is written
  mutable std::mutex mutex_;          ///< guards what follows
  std::deque<CaptureInfo> captures_;  ///< the oldest first
};

bool is_over(CaptureState state);

}  // namespace sunny16::firmware
