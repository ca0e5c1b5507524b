// How far long work has come.
#pragma once

#include <unistd.h>

#include <cstdio>
#include <string>

namespace sunny16::cli {

/// A bar on a terminal's standard error, for work of several steps.
class Progress {
 public:
  explicit Progress(std::size_t total) : total_(total), shown_(total > 1 && isatty(STDERR_FILENO)) {}

  /// So many steps are done, and this is the next one.
  void at(std::size_t done, const std::string& name) const {
    if (!shown_) return;
    constexpr std::size_t kWidth = 30;
    const std::size_t filled = kWidth * done / total_;
    std::fprintf(stderr, "\r\033[K[%s%s] %zu/%zu %s", std::string(filled, '#').c_str(),
                 std::string(kWidth - filled, '.').c_str(), done, total_, name.c_str());
    if (done == total_) std::fputc('\n', stderr);
  }

 private:
  std::size_t total_;
  bool shown_;
};

}  // namespace sunny16::cli
