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
  const std::lock_guard one_after_the_other(changing_);
  const auto before = look_up(id);
  if (!before || is_over(before->state)) return;
  CaptureInfo now = *before;
  change(now);
  // First on the disk: what is over may be deleted at once.
  if (now.state != before->state) {
    try {
      library_.record(now);
    } catch (const OutputError&) {  // the library's state tells; the pictures themselves are there
    }
  }
  {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(captures_, id, &CaptureInfo::id);
    if (found != captures_.end()) *found = now;
  }
  tell(now);
}

std::optional<CaptureInfo> CaptureBook::look_up(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(captures_, id, &CaptureInfo::id);
  return found == captures_.end() ? std::nullopt : std::optional(*found);
}

CaptureInfo CaptureBook::find(const std::string& id) const {
  if (const auto info = look_up(id)) return *info;
  throw SessionError(SessionError::Kind::not_found, "capture " + id + ": there is none");
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
