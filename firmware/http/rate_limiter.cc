#include "firmware/http/rate_limiter.h"

#include <algorithm>

namespace sunny16::firmware {

void RateLimiter::fill(Bucket& bucket, double per_second, Time now) const {
  const double seconds = std::max(std::chrono::duration<double>(now - bucket.filled).count(), 0.0);
  bucket.tokens = std::min(bucket.tokens + seconds * per_second, kBurstSeconds * per_second);
  bucket.filled = std::max(bucket.filled, now);
}

/// Buckets that are full again say nothing, and make room; else the fullest does.
RateLimiter::Bucket& RateLimiter::bucket_of(const std::string& address, Time now) {
  if (by_address_.size() >= kMostRemembered && !by_address_.contains(address)) {
    for (auto& [name, bucket] : by_address_) fill(bucket, per_second_, now);
    std::erase_if(by_address_, [&](const auto& item) { return item.second.tokens >= burst(); });
    if (by_address_.size() >= kMostRemembered)
      by_address_.erase(std::ranges::max_element(by_address_, {}, [](const auto& item) { return item.second.tokens; }));
  }
  return by_address_.try_emplace(address, Bucket{.tokens = burst(), .filled = now}).first->second;
}

std::chrono::milliseconds RateLimiter::take(const std::string& address, Time now) {
  const std::scoped_lock lock(mutex_);
  Bucket& own = bucket_of(address, now);
  fill(own, per_second_, now);
  fill(all_, kAddresses * per_second_, now);
  const double lacks_s = std::max((1 - own.tokens) / per_second_, (1 - all_.tokens) / (kAddresses * per_second_));
  if (lacks_s > 0) return std::chrono::ceil<std::chrono::milliseconds>(std::chrono::duration<double>(lacks_s));
  own.tokens -= 1, all_.tokens -= 1;
  return {};
}

}  // namespace sunny16::firmware
