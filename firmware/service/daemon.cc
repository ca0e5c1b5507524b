#include "firmware/service/daemon.h"

#include <spdlog/spdlog.h>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <sstream>
#include <thread>

#include "firmware/http/accounts.h"
#include "firmware/http/certificate.h"
#include "firmware/http/server.h"
#include "firmware/service/notify.h"
#include "firmware/service/publisher.h"

namespace sunny16::firmware {
namespace {

bool is_loopback(const std::string& address) {
  boost::system::error_code error;
  const auto parsed = boost::asio::ip::make_address(address, error);
  return !error && parsed.is_loopback();
}

bool uses_tls(const Settings& settings) {
  return settings.transport == Transport::tls ||
         (settings.transport == Transport::automatic && !is_loopback(settings.listen_address()));
}

std::vector<std::string> host_names(const Settings& settings) {
  std::vector<std::string> hosts = own_hosts();
  std::istringstream more(settings.allowed_hosts);
  for (std::string host; std::getline(more, host, ',');)
    if (!host.empty()) hosts.push_back(host);
  return hosts;
}

/// A camera that is not there yet has no model: the session asks again when it comes.
CameraTuning first_tuning(const Settings& settings, const Shipped& shipped, const std::string& model) {
  if (!settings.tuning.empty()) return load_tuning(settings.tuning);
  return model.empty() ? CameraTuning{} : shipped.tuning_of_model(model);
}

SessionOptions session_options(const Settings& settings, const Shipped& shipped, const DetectorChoice& detectors) {
  SessionOptions options;
  if (settings.tuning.empty()) options.tuning_of_model = shipped.tuning_of_model;
  options.preview_width = settings.preview_width;
  options.preview_quality = settings.preview_quality;
  options.full_preview = settings.preview_line != PreviewLine::lite;
  options.board_preview = settings.preview_line == PreviewLine::board;
  options.preview_look = profile_of(shipped.board, "").has(Feature::preview_look);
  options.threads = settings.threads;
  options.ring_frames = static_cast<std::size_t>(settings.ring_frames);
  // Pings stop soon enough that the watchdog bites in its second period at the latest.
  if (const auto watchdog = watchdog_period_ns()) options.hopeless_ns = *watchdog / 4 * 3;
  options.detectors = open_detectors(detectors);
  return options;
}

/// Makes the state folder, which only its owner may enter.
std::filesystem::path make_state_folder(const Settings& settings) {
  namespace fs = std::filesystem;
  const fs::path folder = settings.state_folder();
  std::error_code error;
  const bool made = fs::create_directories(folder, error);
  if (made) fs::permissions(folder, fs::perms::owner_all, error);
  if (error) throw ServerError(folder.string() + ": " + error.message());
  return folder;
}

constexpr std::string_view kDefaultLook = "default";

std::string status_line(const SessionStatus& status) {
  return fmt::format("{}: {}, {}x{}, {:.1f} frames/s, {} problems", status.camera,
                     isp::EnumNames<CameraState>::names[static_cast<std::size_t>(status.state)], status.width,
                     status.height, status.fps, status.problems.size());
}

void show_code(std::string_view code) {
  spdlog::warn("this camera has no owner yet; claim it on its page with the code {}", code);
}

}  // namespace

struct Daemon::Impl {
  Impl(std::unique_ptr<hal::Camera> camera, std::shared_ptr<hal::Clock> steady, Shipped shipped,
       const Settings& settings, std::function<std::vector<CameraEntry>()> cameras)
      : clock(std::move(steady)),
        state_folder(make_state_folder(settings)),
        library({.folder = settings.storage_folder(),
                 .quota_bytes = settings.quota * 1e9,
                 .reserve_bytes = settings.reserve * 1e9,
                 .boot_id = {}}),
        model(camera->info().model),
        detectors_at_first(detector_choice(settings)),
        frames([this](int viewers) { session.set_viewers(viewers); }),
        session(std::move(camera), clock, first_tuning(settings, shipped, model), library, publisher,
                session_options(settings, shipped, detectors_at_first)),
        detectors(session, state_folder / "models", detectors_at_first),
        first_look(settings.look),
        looks(session, shipped.board, LookLibrary({shipped.looks}, settings.looks_folder()),
              state_folder / "look.json") {
    if (!model.empty() || first_look != kDefaultLook) choose_first_look();
    std::vector<Route> account_part;
    if (!settings.no_auth) {
      accounts = std::make_unique<Accounts>(state_folder / "tokens.json", *clock, show_code);
      account_part = account_routes(*accounts);
    }
    const Api api{.session = &session,
                  .library = &library,
                  .looks = &looks,
                  .detectors = &detectors,
                  .status = [this] { return status(); },
                  .cameras = std::move(cameras),
                  .later = [this](std::function<void()> task) { boost::asio::post(worker, std::move(task)); }};
    server =
        std::make_unique<Server>(server_options(settings), api_routes(api, std::move(account_part)), frames, events);
    scheme = uses_tls(settings) ? "https" : "http";
    address = settings.listen_address();
  }

  ServerOptions server_options(const Settings& settings) {
    ServerOptions options;
    options.address = settings.listen_address();
    options.port = static_cast<std::uint16_t>(settings.port);
    options.plain_beyond_loopback = settings.transport == Transport::plain;
    options.hosts = host_names(settings);
    options.accounts = accounts.get();
    options.limits.requests_per_second = settings.request_rate;
    if (uses_tls(settings)) {
      options.certificate = state_folder / "certificate.pem";
      spdlog::info("certificate's SHA-256 fingerprint: {}", ensure_certificate(options.certificate, options.hosts));
    }
    return options;
  }

  DaemonStatus status() {
    return {.version = SUNNY16_VERSION,
            .session = session.status(),
            .control = session.metadata(),
            .detections = session.detections(),
            .storage = library.status(),
            .stream_clients = frames.viewers(),
            .event_clients = events.listeners()};
  }

  /// The one that was chosen last, else that of the settings. What is kept and cannot be had, and a profile whose own
  /// look is not there, are no reasons to have no camera.
  void choose_first_look() {
    try {
      if (looks.restore()) return;
    } catch (const std::exception& error) {
      spdlog::warn("the look that was chosen last is not on: {}", error.what());
    }
    try {
      looks.select({.look = first_look});
    } catch (const SessionError& error) {
      if (first_look != kDefaultLook) throw;
      spdlog::warn("{}", error.what());
    }
  }

  /// A camera that was not there at first has a model only now, and so a look of its own.
  void meet_camera() {
    if (!model.empty()) return;
    model = session.status().model;
    if (!model.empty()) boost::asio::post(worker, [this] { choose_first_look(); });
  }

  void supervise() {
    session.supervise();
    meet_camera();
    const std::uint64_t now = clock->now_ns();
    if (now < next_notice_ns) return;
    next_notice_ns = now + notice_ns;
    if (session.healthy()) notify_alive();
    notify_status(status_line(session.status()));
  }

  // Members are destroyed from the last to the first: clients go before what answers them.
  const std::shared_ptr<hal::Clock> clock;
  const std::filesystem::path state_folder;
  CaptureLibrary library;
  std::string model;  ///< empty: the camera was not there yet
  const DetectorChoice detectors_at_first;
  FrameHub frames;
  EventHub events;
  Publisher publisher{frames, events};
  CameraSession session;
  DetectorShelf detectors;
  const std::string first_look;
  LookShelf looks;
  std::unique_ptr<Accounts> accounts;
  boost::asio::thread_pool worker{1};  ///< for handlers: they change the camera one after the other
  std::unique_ptr<Server> server;
  std::thread camera_thread;
  std::string scheme, address;
  const std::uint64_t notice_ns = watchdog_period_ns().value_or(3'000'000'000) / 3;
  std::uint64_t next_notice_ns = 0;
};

Daemon::Daemon(std::unique_ptr<hal::Camera> camera, std::shared_ptr<hal::Clock> clock, Shipped shipped,
               const Settings& settings, std::function<std::vector<CameraEntry>()> cameras)
    : impl_(std::make_unique<Impl>(std::move(camera), std::move(clock), std::move(shipped), settings,
                                   std::move(cameras))) {}

Daemon::~Daemon() {
  impl_->server.reset();
  impl_->worker.join();
  impl_->session.stop();
  if (impl_->camera_thread.joinable()) impl_->camera_thread.join();
}

void Daemon::start() {
  impl_->camera_thread = std::thread([this] { impl_->session.run(); });
  impl_->server->start();
  spdlog::info("listening on {}://{}:{}/", impl_->scheme, impl_->address, port());
}

void Daemon::supervise() { impl_->supervise(); }

std::uint16_t Daemon::port() const { return impl_->server->port(); }

}  // namespace sunny16::firmware
