// Who hears of a camera session: the log, the streams, the clients of the API.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace sunny16::firmware {

/// A preview picture, encoded once for all viewers.
struct PreviewFrame {
  std::vector<std::byte> jpeg;
  int width = 0, height = 0;
  std::uint64_t number = 0;        ///< counts frames since the session began; gaps are frames not shown
  std::uint64_t timestamp_ns = 0;  ///< when its exposure began, on the session's clock
  double unix_time = 0;            ///< the same by the time of day, s
};

enum class Severity : std::uint8_t { info, warning, error };

/// Something that happened, for the log and for those who listen.
struct SessionEvent {
  std::string type;  ///< "state", "problem", "resolved", "capture", "controls", "tuning", "statistics", "detections"
  Severity severity = Severity::info;
  std::string message;          ///< one line; empty for statistics and detections
  nlohmann::ordered_json data;  ///< an object
};

/// Called from the session's threads, must not wait, and must not call the session.
class SessionListener {
 public:
  virtual ~SessionListener() = default;
  virtual void on_preview(std::shared_ptr<const PreviewFrame> frame) = 0;
  virtual void on_event(const SessionEvent& event) = 0;
};

}  // namespace sunny16::firmware
