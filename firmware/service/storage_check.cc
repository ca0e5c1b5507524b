// The doctor's look at the folder of captures: it writes there, and times it.
#include <fcntl.h>
#include <spdlog/fmt/fmt.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <system_error>

#include "firmware/service/doctor.h"

namespace sunny16::firmware {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kChunk = std::size_t{1} << 20;
constexpr int kChunks = 16;
constexpr double kSlowMbPerSecond = 10;  // a 12 MP DNG then takes more than two seconds

/// The folder, or the nearest one above it that is there: the daemon makes the rest.
fs::path nearest(const fs::path& wanted) {
  std::error_code error;
  fs::path folder = fs::absolute(wanted, error);
  while (!fs::exists(folder, error) && folder.has_relative_path()) folder = folder.parent_path();
  return folder;
}

/// Writes and syncs 16 MiB, and takes them away again. Returns MB/s; `problem` tells why it cannot.
double writing_speed(const fs::path& folder, std::string& problem) {
  const fs::path file = folder / ".sunny16-doctor";
  const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) {
    problem = std::generic_category().message(errno);
    return 0;
  }
  const std::vector<char> chunk(kChunk, 'x');
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < kChunks && problem.empty(); ++i)
    if (write(fd, chunk.data(), chunk.size()) != static_cast<ssize_t>(chunk.size()))
      problem = std::generic_category().message(errno);
  if (problem.empty() && fsync(fd) != 0) problem = std::generic_category().message(errno);
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  close(fd);
  std::error_code ignored;
  fs::remove(file, ignored);
  return kChunks * static_cast<double>(kChunk) / 1e6 / time.count();
}

}  // namespace

Finding check_storage(const fs::path& wanted, double reserve_bytes) {
  const fs::path folder = nearest(wanted);
  const auto failed = [&](std::string_view problem, std::string advice) {
    return Finding{"storage", Verdict::fail, fmt::format("{}: {}", folder.string(), problem), std::move(advice)};
  };
  std::error_code error;
  const auto space = fs::space(folder, error);
  if (error) return failed(error.message(), "choose another folder: --storage");
  const auto free_bytes = static_cast<double>(space.available);
  const std::string free_text = fmt::format("{:.1f} GB free", free_bytes / 1e9);
  if (free_bytes < reserve_bytes + 100e6)
    return failed(free_text, "delete captures, choose another folder (--storage) or a smaller --reserve");
  std::string problem;
  const double speed = writing_speed(folder, problem);
  if (!problem.empty()) return failed(problem, "is the disk whole, and does the user own the folder?");
  Finding finding{"storage", Verdict::ok, fmt::format("{}: {}, writes {:.0f} MB/s", folder.string(), free_text, speed),
                  ""};
  if (speed < kSlowMbPerSecond) {
    finding.verdict = Verdict::warn;
    finding.advice = "bursts will wait for the disk: use a faster card, or an SSD";
  }
  return finding;
}

}  // namespace sunny16::firmware
