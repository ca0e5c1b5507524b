// A detector that finds what a test wants it to find.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "firmware/detect/detector.h"

namespace sunny16::firmware::test {

class FakeDetector final : public Detector {
 public:
  using Find = std::function<std::vector<Detection>(const DetectorInput&)>;
  FakeDetector(std::string name, Find find) : name_(std::move(name)), find_(std::move(find)) {}

  std::string_view name() const override { return name_; }
  std::vector<Detection> detect(const DetectorInput& input) override {
    {
      const std::lock_guard lock(mutex_);
      ++looks_;
    }
    return find_(input);
  }
  int looks() const {
    const std::lock_guard lock(mutex_);
    return looks_;
  }

 private:
  const std::string name_;
  const Find find_;
  mutable std::mutex mutex_;
  int looks_ = 0;
};

inline std::shared_ptr<FakeDetector> finds(std::string name, std::vector<Detection> found) {
  return std::make_shared<FakeDetector>(std::move(name), [found = std::move(found)](const auto&) { return found; });
}

}  // namespace sunny16::firmware::test
