// sunny16d: a camera as a service. The one place where the daemon and the back ends of cameras meet.
#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <exception>
#include <iostream>

#include "boards/wiring/command_line.h"
#include "boards/wiring/open_camera.h"
#include "boards/wiring/usual_tuning.h"
#include "firmware/http/server.h"
#include "firmware/service/daemon.h"
#include "firmware/service/doctor.h"
#include "firmware/service/log.h"
#include "firmware/service/notify.h"
#include "firmware/service/signals.h"
#include "firmware/tuning/described_json.h"
#include "hal/api/steady_clock.h"
#include "sim/sensor/module_file.h"

namespace sunny16::boards {
namespace {

constexpr int kUsage = 2, kFailure = 1;
constexpr int kSupervision_ms = 100;

/// None where the cameras cannot be listed: the one in use works all the same.
std::vector<firmware::CameraEntry> camera_entries() {
  std::vector<firmware::CameraEntry> entries;
  try {
    for (const CameraName& camera : list_cameras()) entries.push_back({camera.name, camera.description});
  } catch (const CameraError& error) {
    spdlog::warn("cameras: {}", error.what());
  }
  return entries;
}

firmware::BoardProfile board_profile(const std::string& name) {
  const auto folder = sim::boards_folder() / "profiles";
  return name.empty() ? firmware::board_of_machine(folder) : firmware::load_board(folder, name);
}

int serve(const Invocation& invocation) {
  const firmware::StopSignals signals;
  firmware::set_up_log(invocation.settings.log_level);
  const auto clock = std::make_shared<hal::SteadyClock>();
  const firmware::Settings& settings = invocation.settings;
  const int picture_width = settings.preview_line == firmware::PreviewLine::board ? settings.preview_width : 0;
  auto camera = open_camera(invocation.camera, clock, settings.threads, picture_width);
  const bool simulated = invocation.camera.camera.starts_with("simulated");
  firmware::Shipped shipped{
      .tuning_of_model = [simulated](const std::string& model) { return usual_tuning(model, simulated); },
      .board = board_profile(invocation.settings.board),
      .looks = sim::boards_folder() / "looks"};
  firmware::Daemon daemon(std::move(camera), clock, std::move(shipped), invocation.settings, camera_entries);
  daemon.start();
  firmware::notify_ready();
  while (!signals.wait(kSupervision_ms)) daemon.supervise();
  signals.force_next();
  firmware::notify_stopping();
  return 0;
}

int list() {
  for (const CameraName& camera : list_cameras()) fmt::print("{:<28} {}\n", camera.name, camera.description);
  return 0;
}

/// The cameras of the back end that the setting names.
firmware::Finding examine_cameras(const std::string& wanted) {
  const std::string back_end = wanted.substr(0, wanted.find(':'));
  std::vector<std::string> found;
  try {
    for (const CameraName& camera : list_cameras())
      if (camera.name.starts_with(back_end)) found.push_back(camera.name);
  } catch (const CameraError& error) {
    return firmware::check_cameras(wanted, {}, error.what());
  }
  return firmware::check_cameras(wanted, found, {});
}

int doctor(const Invocation& invocation) {
  std::vector<firmware::Finding> findings{examine_cameras(invocation.camera.camera),
                                          firmware::check_detectors(invocation.settings)};
  for (auto& finding : firmware::examine(firmware::this_machine(), invocation.settings))
    findings.push_back(std::move(finding));
  if (invocation.json)
    std::cout << firmware::write_json(firmware::to_json(findings)) << '\n';
  else
    std::cout << firmware::report_text(findings);
  return firmware::anything_failed(findings) ? kFailure : 0;
}

int run(int argc, char** argv) {
  const auto invocation = parse_command_line(argc, argv, std::cout);
  if (!invocation) return 0;
  switch (invocation->task) {
    case Invocation::Task::doctor:
      return doctor(*invocation);
    case Invocation::Task::list_cameras:
      return list();
    case Invocation::Task::print_openapi:
      std::cout << firmware::openapi_text();
      return 0;
    case Invocation::Task::serve:
      break;
  }
  return serve(*invocation);
}

int report(const std::exception& error, int code) {
  std::fprintf(stderr, "sunny16d: %s\n", error.what());
  return code;
}

int guarded(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const ConfigError& error) {
    return report(error, kUsage);
  } catch (const CameraError& error) {
    return report(error, kUsage);
  } catch (const firmware::TuningError& error) {
    return report(error, kUsage);
  } catch (const firmware::SessionError& error) {
    return report(error, kUsage);
  } catch (const firmware::DetectorError& error) {
    return report(error, kUsage);
  } catch (const firmware::ServerError& error) {
    return report(error, kUsage);
  } catch (const std::exception& error) {
    return report(error, kFailure);
  }
}

}  // namespace
}  // namespace sunny16::boards

int main(int argc, char** argv) { return sunny16::boards::guarded(argc, argv); }
