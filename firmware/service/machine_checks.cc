// The doctor's looks at the machine: memory, buffers, devices, clock, heat, network.
#include <spdlog/fmt/fmt.h>
#include <sys/timex.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>

#include "firmware/service/doctor.h"

namespace sunny16::firmware {
namespace {

namespace fs = std::filesystem;

std::string first_line(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

/// A row of /proc/meminfo, MiB.
std::optional<double> meminfo_mib(const Machine& machine, const std::string& key) {
  std::ifstream in(machine.root / "proc/meminfo");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(key + ":")) return std::strtod(line.c_str() + key.size() + 1, nullptr) / 1024;
  return std::nullopt;
}

/// Files of a folder whose names start with one of the prefixes, in order.
std::vector<fs::path> files_of(const fs::path& folder, std::initializer_list<std::string_view> prefixes) {
  std::vector<fs::path> files;
  std::error_code none;
  for (fs::directory_iterator entry(folder, none), end; !none && entry != end; entry.increment(none))
    for (const std::string_view prefix : prefixes)
      if (entry->path().filename().string().starts_with(prefix)) files.push_back(entry->path());
  std::sort(files.begin(), files.end());
  return files;
}

bool usable(const fs::path& device) { return access(device.c_str(), R_OK | W_OK) == 0; }

std::optional<bool> kernel_clock_synchronised() {
  timex state{};
  if (adjtimex(&state) < 0) return std::nullopt;
  return (state.status & STA_UNSYNC) == 0;
}

std::string cannot_listen(const std::string& address, int port) {
  namespace ip = boost::asio::ip;
  boost::system::error_code error;
  const ip::address parsed = ip::make_address(address, error);
  if (error) return "\"" + address + "\" is no address";
  boost::asio::io_context context;
  ip::tcp::acceptor acceptor(context);
  const ip::tcp::endpoint endpoint(parsed, static_cast<std::uint16_t>(port));
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(boost::asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  return error ? error.message() : "";
}

}  // namespace

Machine this_machine() { return {"/", kernel_clock_synchronised, cannot_listen}; }

Finding check_memory(const Machine& machine) {
  const auto available = meminfo_mib(machine, "MemAvailable"), total = meminfo_mib(machine, "MemTotal");
  if (!available || !total) return {"memory", Verdict::warn, "the machine does not tell", ""};
  Finding finding{"memory", Verdict::ok, fmt::format("{:.0f} of {:.0f} MiB available", *available, *total), ""};
  if (*available < 100) {
    finding.verdict = Verdict::fail;
    finding.advice = "end other programs, or choose a smaller mode";
  } else if (*available < 300) {
    finding.verdict = Verdict::warn;
    finding.advice = "lower --ring-frames, or choose a smaller mode";
  }
  return finding;
}

Finding check_buffers(const Machine& machine) {
  const auto heaps = files_of(machine.root / "dev/dma_heap", {""});
  const auto udmabuf = files_of(machine.root / "dev", {"udmabuf"});
  const auto cma = meminfo_mib(machine, "CmaTotal");
  std::vector<std::string> good, closed;
  for (const auto* devices : {&heaps, &udmabuf})
    for (const fs::path& device : *devices) (usable(device) ? good : closed).push_back(device.filename().string());
  const std::string advice = "add the user to the group that owns it: sudo usermod -aG video $USER";
  if (good.empty() && closed.empty())
    return {"buffers", Verdict::fail, "neither /dev/dma_heap nor /dev/udmabuf",
            "the kernel needs CONFIG_DMABUF_HEAPS or CONFIG_UDMABUF"};
  if (good.empty())
    return {"buffers", Verdict::fail, fmt::format("not allowed to use {}", fmt::join(closed, ", ")), advice};
  Finding finding{"buffers", Verdict::ok, fmt::format("{}", fmt::join(good, ", ")), ""};
  if (cma && *cma > 0) finding.found += fmt::format("; {:.0f} MiB of contiguous memory", *cma);
  if (cma && *cma > 0 && *cma < 128) {
    finding.verdict = Verdict::warn;
    finding.advice = "full-resolution frames may not fit: cma=256M on the kernel's command line";
  }
  return finding;
}

Finding check_permissions(const Machine& machine) {
  std::vector<std::string> closed;
  const auto devices = files_of(machine.root / "dev", {"media", "video"});
  for (const fs::path& device : devices)
    if (!usable(device)) closed.push_back(device.filename().string());
  if (devices.empty())
    return {"permissions", Verdict::warn, "there is neither /dev/media* nor /dev/video*",
            "no driver of a camera is loaded"};
  if (!closed.empty())
    return {"permissions", Verdict::fail, fmt::format("not allowed to use {}", fmt::join(closed, ", ")),
            "add the user to the group that owns it: sudo usermod -aG video $USER"};
  return {"permissions", Verdict::ok, fmt::format("{} devices of cameras may be used", devices.size()), ""};
}

Finding check_clock(const Machine& machine) {
  const auto synchronised = machine.clock_synchronised();
  if (!synchronised) return {"clock", Verdict::warn, "the kernel does not tell whether it is right", ""};
  if (*synchronised) return {"clock", Verdict::ok, "synchronised", ""};
  return {"clock", Verdict::warn, "not synchronised: captures may carry a wrong time", "sudo timedatectl set-ntp true"};
}

Finding check_temperature(const Machine& machine) {
  double hottest = -300;
  for (const fs::path& zone : files_of(machine.root / "sys/class/thermal", {"thermal_zone"}))
    if (const std::string text = first_line(zone / "temp"); !text.empty())
      hottest = std::max(hottest, std::strtod(text.c_str(), nullptr) / 1000);
  if (hottest == -300) return {"temperature", Verdict::ok, "the machine does not tell", ""};
  Finding finding{"temperature", Verdict::ok, fmt::format("{:.0f} °C", hottest), ""};
  if (hottest >= 80) {
    finding.verdict = hottest >= 90 ? Verdict::fail : Verdict::warn;
    finding.advice = "the processor slows down from about here on: cool it";
  }
  return finding;
}

Finding check_throttling(const Machine& machine) {
  const std::string text = first_line(machine.root / "sys/devices/platform/soc/soc:firmware/get_throttled");
  if (text.empty()) return {"power", Verdict::ok, "the machine does not tell of throttling", ""};
  const std::string_view digits = std::string_view(text).substr(text.starts_with("0x") ? 2 : 0);
  std::uint32_t bits = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), bits, 16);
  // The firmware's bits: 0 under-voltage, 1 frequency capped, 2 throttled, 3 soft temperature limit; 16..19 since boot.
  const std::string advice = (bits & 0x10001) ? "use a stronger power supply or a shorter cable" : "cool the processor";
  if (bits & 0xf) return {"power", Verdict::fail, "the processor is slowed down now", advice};
  if (bits & 0xf0000) return {"power", Verdict::warn, "the processor was slowed down since boot", advice};
  return {"power", Verdict::ok, "never slowed down since boot", ""};
}

Finding check_port(const Machine& machine, const std::string& address, int port) {
  const std::string problem = machine.cannot_listen(address, port);
  const std::string where = fmt::format("{} port {}", address, port);
  if (problem.empty()) return {"network", Verdict::ok, where + " is free", ""};
  return {"network", Verdict::fail, where + ": " + problem, "another program (or sunny16d itself) has it: --port"};
}

}  // namespace sunny16::firmware
