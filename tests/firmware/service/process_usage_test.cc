#include "firmware/service/process_usage.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <chrono>

#include "tests/temp_dir.h"

namespace sunny16::firmware {
namespace {

TEST_CASE("the figures of /proc, with a program's name that looks like fields") {
  const TempDir proc;
  std::filesystem::create_directories(proc / "self/fd");
  for (const char* fd : {"self/fd/0", "self/fd/1", "self/fd/7"}) proc.file(fd, "");
  proc.file("stat", "cpu 1 2 3\nbtime 1700000000\n");
  proc.file("self/limits", "Limit  Soft  Hard  Units\nMax open files            1024   4096   files\n");
  // Behind the name, from field 3: state, then numbers; utime and stime are 14 and 15, threads 20, start 22, rss 24.
  proc.file("self/stat", "42 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 250 150 13 14 15 16 5 18 12300 20 1000 22\n");
  const ProcessUsage usage = process_usage(proc.path());
  const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  CHECK(usage.cpu_seconds == 400 / ticks);
  CHECK(usage.threads == 5);
  CHECK(usage.start_time == 1700000000 + 12300 / ticks);
  CHECK(usage.resident_bytes == 1000.0 * static_cast<double>(sysconf(_SC_PAGESIZE)));
  CHECK(usage.open_fds == 3);
  CHECK(usage.max_fds == 1024);
}

TEST_CASE("this process is plausible") {
  const ProcessUsage usage = process_usage();
  CHECK(usage.resident_bytes > 1e6);
  CHECK(usage.threads >= 1);
  CHECK(usage.open_fds >= 3);
  const auto now = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  CHECK(usage.start_time > now - 86400);
  CHECK(usage.start_time < now + 60);
}

TEST_CASE("a machine that does not tell has zeros") {
  const TempDir nothing;
  CHECK(process_usage(nothing.path()).resident_bytes == 0);
}

}  // namespace
}  // namespace sunny16::firmware
