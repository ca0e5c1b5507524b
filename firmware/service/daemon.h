// The daemon: a camera's session, its captures and the HTTP server, put together, started in order and stopped in
// order.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "firmware/service/api.h"
#include "firmware/service/settings.h"
#include "firmware/tuning/camera_tuning.h"
#include "hal/api/camera.h"
#include "hal/api/clock.h"

namespace sunny16::firmware {

class Daemon {
 public:
  /// A sensor's tuning, by its model.
  using TuningOfModel = std::function<CameraTuning(const std::string&)>;

  /// Takes the port; nothing runs yet. `usual_tuning` is the camera's where the settings name none. Throws TuningError,
  /// ServerError, AccountsError, CertificateError or OutputError: each one clear line.
  Daemon(std::unique_ptr<hal::Camera> camera, std::shared_ptr<hal::Clock> clock, const TuningOfModel& usual_tuning,
         const Settings& settings, std::function<std::vector<CameraEntry>()> cameras);
  /// Stops: first clients are let go, then the camera.
  ~Daemon();

  void start();
  /// A round of supervision: stalled drivers, systemd's watchdog. To be called about ten times a second.
  void supervise();
  std::uint16_t port() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sunny16::firmware
