// What a failing disk does to captures: it is told, nothing that was acknowledged is lost, nothing half-written shows.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "firmware/output/atomic_file.h"
#include "firmware/output/output_error.h"
#include "tests/firmware/capture/disk_faults.h"
#include "tests/firmware/capture/session_rig.h"

namespace sunny16::firmware {
namespace {

using sunny16::test::disk_faults;
using test::SessionRig;

struct HealthyAfterwards {
  HealthyAfterwards() { disk_faults.reset(); }
  ~HealthyAfterwards() { disk_faults.reset(); }
};

void write_letters(const std::filesystem::path& path, std::size_t bytes) {
  AtomicFile file(path);
  file.write(std::vector<std::byte>(bytes, std::byte{'a'}));
  file.commit();
}

TEST_CASE("A disk that is full, broken or read-only is a state, and captures go on when it is over") {
  for (const int error : {ENOSPC, EIO, EROFS}) {
    CAPTURE(error);
    const HealthyAfterwards healthy;
    SessionRig rig;
    rig.session->set_viewers(1);
    rig.start();
    const CaptureInfo kept = rig.finish(rig.session->start_capture({}));
    REQUIRE(kept.state == CaptureState::done);

    const std::string id = rig.session->start_capture({});
    disk_faults.error = error, disk_faults.calls = 0, disk_faults.for_good = true, disk_faults.at_call = 1;
    const double broken_s = rig.clock->seconds();
    const CaptureInfo failed = rig.finish(id);
    CHECK(failed.state == CaptureState::failed);
    CHECK(failed.error.find(id) != std::string::npos);
    CHECK(rig.has_problem("storage.failed"));
    CHECK(rig.ear.heard("problem", "storage.failed") >= broken_s);
    CHECK_FALSE(rig.library.status().writable);
    CHECK_THROWS_AS(rig.session->start_capture({}), SessionError);

    const int previews = rig.ear.previews();
    rig.run_for(1);
    CHECK(rig.ear.previews() > previews + 15);  // viewers do not notice

    disk_faults.reset();
    REQUIRE(rig.run_until([&] { return !rig.has_problem("storage.failed"); }));
    CHECK(rig.finish(rig.session->start_capture({})).state == CaptureState::done);
    CHECK(rig.library.find(kept.id)->files.size() == 3);
  }
}

TEST_CASE("A full disk is told before anybody takes a picture") {
  constexpr double kMoreThanThereIs = 1e18;
  SessionRig rig({}, {}, sim::test::small_setup("imx219"), {}, {}, kMoreThanThereIs);
  rig.start();
  REQUIRE(rig.run_until([&] { return rig.has_problem("storage.failed"); }));
  CHECK(rig.session->status().problems[0].message.find(": the disk is full: ") != std::string::npos);
}

TEST_CASE("A disk that is slow delays no preview") {
  const HealthyAfterwards healthy;
  SessionRig rig;
  rig.session->set_viewers(1);
  rig.start();
  disk_faults.slow_ms = 200;
  const std::string id = rig.session->start_capture({});
  const double frames = rig.frames();
  rig.run_for(2);
  CHECK(rig.frames() > frames + 40);
  disk_faults.slow_ms = 0;
  CHECK(rig.finish(id).state == CaptureState::done);
  CHECK(rig.session->status().frames_lost == 0);
}

TEST_CASE("A write that is cut short leaves nothing to see") {
  const HealthyAfterwards healthy;
  const TempDir dir;
  CaptureLibrary library({.folder = dir.path(), .reserve_bytes = 0, .boot_id = "0123abcd"});
  const std::string id = library.begin();
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 100'000;
  setrlimit(RLIMIT_FSIZE, &small);
  CHECK_THROWS_AS(library.add(id, 1, ".dng", [](const auto& path) { write_letters(path, 300'000); }), OutputError);
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, ignored);
  CHECK(library.find(id)->files.empty());
  CHECK(std::distance(std::filesystem::directory_iterator(dir / id), {}) == 0);
  CHECK_FALSE(library.status().writable);
  library.probe();
  CHECK(library.status().writable);
}

/// In a process of its own: stores captures, and tells each that is acknowledged, until it is killed.
void store_until_killed(const std::filesystem::path& folder, int kill_at, int tell) {
  disk_faults.reset();
  disk_faults.at_call = kill_at;
  CaptureLibrary library({.folder = folder, .reserve_bytes = 0, .boot_id = "0123abcd"});
  for (int capture = 0; capture < 2; ++capture) {
    CaptureInfo info;
    info.id = library.begin();
    library.record(info);
    for (const char* extension : {".dng", ".jpg"}) {
      const CaptureFile file =
          library.add(info.id, 1, extension, [](const auto& path) { write_letters(path, 50'000); });
      const std::string line = file.name + "\n";
      if (write(tell, line.data(), line.size()) < 0) _exit(2);
    }
    info.state = CaptureState::done;
    library.record(info);
  }
  _exit(0);
}

TEST_CASE("Killed at any point of a write, what was acknowledged is whole and no id comes twice") {
  const HealthyAfterwards healthy;
  int points = 0;
  for (int kill_at = 1;; ++kill_at) {
    const TempDir dir;
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      close(ends[0]);
      store_until_killed(dir.path(), kill_at, ends[1]);
    }
    close(ends[1]);
    std::string told;
    char buffer[4096];
    for (ssize_t n; (n = read(ends[0], buffer, sizeof buffer)) > 0;) told.append(buffer, static_cast<std::size_t>(n));
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);

    CaptureLibrary library({.folder = dir.path(), .reserve_bytes = 0, .boot_id = "0123abcd"});
    std::size_t whole = 0;
    for (const CaptureInfo& capture : library.list()) {
      for (const CaptureFile& file : capture.files) {
        CHECK(file.bytes == 50'000);
        ++whole;
      }
      CHECK(std::ranges::count_if(std::filesystem::directory_iterator(dir / capture.id),
                                  [](const auto& entry) { return entry.path().extension() == ".part"; }) == 0);
    }
    const auto lines = static_cast<std::size_t>(std::ranges::count(told, '\n'));
    CHECK(whole >= lines);
    for (const CaptureInfo& capture : library.list()) CHECK(library.begin() != capture.id);
    if (WIFEXITED(status)) {
      CHECK(WEXITSTATUS(status) == 0);
      CHECK(lines == 4);
      break;
    }
    ++points;
  }
  CHECK(points > 20);
}

}  // namespace
}  // namespace sunny16::firmware
