#include "firmware/http/login_limiter.h"

#include <algorithm>

namespace sunny16::firmware {
namespace {

constexpr std::size_t kMaxAddresses = 1024;
constexpr std::chrono::minutes kPeriod{1};

}  // namespace

void LoginLimiter::failed(const std::string& address, Time now) {
  const std::scoped_lock lock(mutex_);
  if (records_.size() >= kMaxAddresses)
    std::erase_if(records_, [&](const auto& item) { return item.second.until <= now; });
  if (records_.size() >= kMaxAddresses && !records_.contains(address))
    records_.erase(std::ranges::min_element(records_, {}, [](const auto& item) { return item.second.until; }));
  Record& record = records_[address];
  if (record.until <= now) record = {.failures = 0, .until = now + kPeriod};
  ++record.failures;
}

std::chrono::seconds LoginLimiter::wait(const std::string& address, Time now) const {
  const std::scoped_lock lock(mutex_);
  const auto found = records_.find(address);
  if (found == records_.end() || found->second.failures < limit_ || found->second.until <= now) return {};
  return std::chrono::ceil<std::chrono::seconds>(found->second.until - now);
}

}  // namespace sunny16::firmware
