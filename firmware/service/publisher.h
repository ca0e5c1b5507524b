// Hears the camera's session, and passes on what it tells: pictures to the stream, events to the clients that listen
// and to the log.
#pragma once

#include <memory>
#include <string>

#include "firmware/capture/session_listener.h"
#include "firmware/http/event_hub.h"
#include "firmware/http/frame_hub.h"

namespace sunny16::firmware {

/// {"type": ..., "severity": ..., "time": ..., "message": ..., "data": {...}}, as /api/v1/events sends it.
std::string event_json(const SessionEvent& event, double unix_time);

/// The hubs outlive it.
class Publisher final : public SessionListener {
 public:
  Publisher(FrameHub& frames, EventHub& events) : frames_(frames), events_(events) {}

  void on_preview(std::shared_ptr<const PreviewFrame> frame) override;
  void on_event(const SessionEvent& event) override;

 private:
  FrameHub& frames_;
  EventHub& events_;
};

}  // namespace sunny16::firmware
