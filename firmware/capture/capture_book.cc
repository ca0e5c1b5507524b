#include "firmware/capture/capture_book.h"

#include <algorithm>

#include "firmware/capture/session_error.h"
#include "firmware/output/output_error.h"
#include "firmware/tuning/described_json.h"

namespace sunny16::firmware {

bool is_over(CaptureState state) {
  return state == CaptureState::done || state == CaptureState::cancelled || state == CaptureState::failed;
}

void CaptureBook::add(const CaptureInfo& info) {
  {
    const std::lock_guard lock(mutex_);
    captures_.push_back(info);
    if (captures_.size() > kMost) captures_.pop_front();
  }
  tell(info);
}

void CaptureBook::update(const std::string& id, const std::function<void(CaptureInfo&)>& change) {
  CaptureInfo now;
  bool moved = false;
  {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(captures_, id, &CaptureInfo::id);
    if (found == captures_.end() || is_over(found->state)) return;
    const CaptureState before = found->state;
    change(*found);
    now = *found;
    moved = now.state != before;
  }
  if (moved) {
    try {
      library_.record(now);
    } catch (const OutputError&) {  // the library's state tells; the pictures themselves are there
    }
  }
  tell(now);
}

CaptureInfo CaptureBook::find(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(captures_, id, &CaptureInfo::id);
  if (found == captures_.end()) throw SessionError(SessionError::Kind::not_found, "capture " + id + ": there is none");
  return *found;
}

std::vector<CaptureInfo> CaptureBook::list() const {
  const std::lock_guard lock(mutex_);
  return {captures_.begin(), captures_.end()};
}

void CaptureBook::tell(const CaptureInfo& info) {
  const auto state = to_json(info.state).get<std::string>();
  std::string message = "capture " + info.id + ": " + state + ", " + std::to_string(info.done) + " of " +
                        std::to_string(info.total) + " stored";
  if (!info.error.empty()) message += ": " + info.error;
  listener_.on_event(
      {"capture", info.state == CaptureState::failed ? Severity::error : Severity::info, message, to_json(info)});
}

}  // namespace sunny16::firmware
