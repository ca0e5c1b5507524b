// The daemon: a camera's session, its captures and the HTTP server, put together, started in order and stopped in
// order.
#pragma once

#include <filesystem>
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

/// What came with the machine.
struct Shipped {
  /// A sensor's tuning by its model, used where the settings name none.
  std::function<CameraTuning(const std::string&)> tuning_of_model;
  BoardProfile board;
  std::filesystem::path looks;  ///< folder of packs
};

class Daemon {
 public:
  /// Takes the port; nothing runs yet. Throws TuningError, SessionError, ServerError, AccountsError, CertificateError,
  /// DetectorError or OutputError: each one clear line.
  Daemon(std::unique_ptr<hal::Camera> camera, std::shared_ptr<hal::Clock> clock, Shipped shipped,
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
