#include "firmware/service/capture_list.h"

#include <algorithm>
#include <map>

namespace sunny16::firmware {

std::vector<CaptureInfo> merge_captures(const std::vector<CaptureInfo>& of_session,
                                        const std::vector<CaptureInfo>& of_library) {
  std::map<std::string, CaptureInfo> by_id;
  for (const CaptureInfo& stored : of_library) by_id.emplace(stored.id, stored);
  for (const CaptureInfo& known : of_session) {
    const auto stored = by_id.find(known.id);
    if (stored == by_id.end()) {
      if (in_progress(known)) by_id.emplace(known.id, known);
      continue;
    }
    std::vector<CaptureFile> files = std::move(stored->second.files);
    stored->second = known;
    stored->second.files = std::move(files);
  }
  std::vector<CaptureInfo> merged;
  for (auto& [id, capture] : by_id) merged.push_back(std::move(capture));
  std::ranges::stable_sort(merged, [](const CaptureInfo& a, const CaptureInfo& b) {
    return a.created != b.created ? a.created > b.created : a.id > b.id;
  });
  return merged;
}

bool in_progress(const CaptureInfo& capture) {
  return capture.state == CaptureState::queued || capture.state == CaptureState::running;
}

}  // namespace sunny16::firmware
