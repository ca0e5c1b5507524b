#include "firmware/http/places.h"

namespace sunny16::firmware {

Place Places::take(const std::string& address) {
  const std::scoped_lock lock(mutex_);
  const auto held = taken_by_.find(address);
  if (taken_ >= all_ || (held != taken_by_.end() && held->second >= per_address_)) return nullptr;
  ++taken_;
  ++taken_by_[address];
  return Place(this, [this, address](void*) { give_back(address); });
}

int Places::taken() const {
  const std::scoped_lock lock(mutex_);
  return taken_;
}

void Places::give_back(const std::string& address) {
  const std::scoped_lock lock(mutex_);
  --taken_;
  if (--taken_by_[address] == 0) taken_by_.erase(address);
}

}  // namespace sunny16::firmware
