// The places that there are for connections, of all clients and of each address.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace sunny16::firmware {

/// Is given back when its holder ends.
using Place = std::shared_ptr<void>;

/// Outlives the places that it gives.
class Places {
 public:
  Places(int all, int per_address) : all_(all), per_address_(per_address) {}

  /// Null: there is none left.
  Place take(const std::string& address);
  int taken() const;

 private:
  void give_back(const std::string& address);

  const int all_, per_address_;
  mutable std::mutex mutex_;
  int taken_ = 0;
  std::map<std::string, int> taken_by_;
};

}  // namespace sunny16::firmware
