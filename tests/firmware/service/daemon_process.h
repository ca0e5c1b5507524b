// The built sunny16d as a process, on a free port of loopback.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <thread>
#include <vector>

#include "tests/firmware/http/raw_client.h"
#include "tests/temp_dir.h"

namespace sunny16 {

class DaemonProcess {
 public:
  /// State, captures and log lie in `folder`.
  DaemonProcess(const TempDir& folder, std::vector<std::string> flags) : log_(folder / "log") {
    flags.insert(flags.begin(), {SUNNY16D_BINARY, "--config", folder.file("empty.toml", "").string(), "--state",
                                 (folder / "state").string(), "--port", "0", "--address", "127.0.0.1"});
    std::vector<char*> arguments;
    for (std::string& flag : flags) arguments.push_back(flag.data());
    arguments.push_back(nullptr);
    std::filesystem::remove(log_);
    pid_ = fork();
    if (pid_ == 0) {
      const int out = open(log_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
      dup2(out, STDOUT_FILENO);
      dup2(out, STDERR_FILENO);
      unsetenv("JOURNAL_STREAM");
      execv(arguments[0], arguments.data());
      _exit(127);
    }
  }
  ~DaemonProcess() {
    if (pid_ > 0) end(SIGKILL);
  }
  DaemonProcess(const DaemonProcess&) = delete;
  DaemonProcess& operator=(const DaemonProcess&) = delete;

  std::string log() const {
    std::ifstream in(log_);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  /// The first group of the pattern in the log, once it is there; empty: it did not come within a minute.
  std::string logged(const std::string& pattern) const {
    std::smatch match;
    for (int i = 0; i < 600; ++i) {
      const std::string text = log();
      if (std::regex_search(text, match, std::regex(pattern))) return match[1];
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return "";
  }
  /// Once it listens; 0: it does not.
  std::uint16_t port() const {
    const std::string text = logged(R"(listening on https?://[^ ]*:(\d+)/)");
    return text.empty() ? std::uint16_t{0} : static_cast<std::uint16_t>(std::stoi(text));
  }

  /// Plain HTTP; with a token if there is one.
  RawResponse ask(const std::string& line, const std::string& body = "", const std::string& token = "") const {
    const std::uint16_t port_number = port();
    std::string text = line + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_number) + "\r\n";
    if (!token.empty()) text += "Authorization: Bearer " + token + "\r\n";
    if (!body.empty())
      text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    return RawClient(port_number).ask(text + "\r\n" + body);
  }

  /// Its exit code; 128 and more: the signal that ended it.
  int end(int signal) {
    kill(pid_, signal);
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  std::filesystem::path log_;
  pid_t pid_ = -1;
};

}  // namespace sunny16
