// A camera that may not be there yet when the program starts.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "hal/api/camera.h"

namespace sunny16::hal {

/// The camera is not there, but may come: one line.
class CameraAbsent : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Made as soon as it is there: at once, else by one of the calls of open().
class AwaitedCamera final : public Camera {
 public:
  /// Throws CameraAbsent while the camera is not there, and other std::runtime_errors where it cannot be used.
  using Make = std::function<std::unique_ptr<Camera>()>;

  /// `name` is its id until it is there. Throws what `make` throws, but not CameraAbsent.
  AwaitedCamera(std::string name, Make make) : name_(std::move(name)), make_(std::move(make)) {
    try {
      adopt(make_());
    } catch (const CameraAbsent&) {
      return;  // open() looks again
    }
  }

  std::string open() override {
    if (there_.load()) return {};
    try {
      adopt(make_());
      return {};
    } catch (const std::runtime_error& error) {
      return error.what();
    }
  }

  Started start() override { return there() ? there()->start() : Started::disconnected; }
  void stop() override {
    if (there()) there()->stop();
  }
  NextFrame next(std::uint64_t deadline_ns) override {
    return there() ? there()->next(deadline_ns) : NextFrame(NoFrame::stopped);
  }
  CameraInfo info() const override { return there() ? there()->info() : CameraInfo{.id = name_, .model = {}}; }
  std::vector<SensorMode> modes() const override { return there() ? there()->modes() : std::vector<SensorMode>{}; }
  SensorMode mode() const override { return there() ? there()->mode() : SensorMode{}; }
  bool select(const SensorMode& mode) override { return there() && there()->select(mode); }
  SensorLimits limits() const override { return there() ? there()->limits() : SensorLimits{}; }
  Ticket submit(const SensorSettings& settings) override { return there() ? there()->submit(settings) : 0; }

 private:
  Camera* there() const { return there_.load(); }
  void adopt(std::unique_ptr<Camera> camera) {
    camera_ = std::move(camera);
    there_ = camera_.get();
  }

  const std::string name_;
  const Make make_;
  std::unique_ptr<Camera> camera_;
  std::atomic<Camera*> there_{nullptr};  ///< camera_, once it is whole: other threads look here
};

}  // namespace sunny16::hal
