#include "firmware/service/process_usage.h"

#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace sunny16::firmware {
namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The number behind the first `key` that begins a line.
double number_after(const std::string& text, const std::string& key) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(key)) return std::strtod(line.c_str() + key.size(), nullptr);
  return 0;
}

/// Fields of /proc/[pid]/stat behind the program's name, which may hold blanks and brackets; proc(5) numbers them from
/// 3 on.
std::vector<double> stat_fields(const std::string& text) {
  std::vector<double> fields;
  std::istringstream in(text.substr(std::min(text.size(), text.rfind(')') + 1)));
  for (std::string word; in >> word;) fields.push_back(std::strtod(word.c_str(), nullptr));
  return fields;
}

}  // namespace

ProcessUsage process_usage(const std::filesystem::path& proc) {
  ProcessUsage usage;
  const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  const std::filesystem::path self = proc / "self";
  if (const auto fields = stat_fields(text_of(self / "stat")); fields.size() > 21) {
    usage.cpu_seconds = (fields[11] + fields[12]) / ticks;  // utime, stime
    usage.threads = fields[17];
    usage.start_time = number_after(text_of(proc / "stat"), "btime ") + fields[19] / ticks;
    usage.resident_bytes = fields[21] * static_cast<double>(sysconf(_SC_PAGESIZE));
  }
  usage.max_fds = number_after(text_of(self / "limits"), "Max open files");
  std::error_code none;
  for (std::filesystem::directory_iterator fd(self / "fd", none), end; !none && fd != end; fd.increment(none))
    ++usage.open_fds;
  return usage;
}

}  // namespace sunny16::firmware
