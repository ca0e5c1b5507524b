#include "firmware/service/doctor.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/temp_dir.h"

namespace sunny16::firmware {
namespace {

/// A machine of files, on which all is well until a test changes it.
struct FakeMachine {
  FakeMachine() {
    for (const char* path :
         {"proc", "dev/dma_heap", "sys/class/thermal/thermal_zone0", "sys/devices/platform/soc/soc:firmware"})
      std::filesystem::create_directories(root / path);
    meminfo(4000, 3000, 256);
    root.file("dev/dma_heap/linux,cma", "");
    root.file("dev/video0", "");
    root.file("dev/media0", "");
    temperature(45000);
  }
  void meminfo(int total_mib, int available_mib, int cma_mib) {
    root.file("proc/meminfo", "MemTotal: " + std::to_string(total_mib * 1024) +
                                  " kB\nMemAvailable: " + std::to_string(available_mib * 1024) +
                                  " kB\nCmaTotal: " + std::to_string(cma_mib * 1024) + " kB\n");
  }
  void temperature(int millidegrees) {
    root.file("sys/class/thermal/thermal_zone0/temp", std::to_string(millidegrees) + "\n");
  }
  void throttled(const char* bits) { root.file("sys/devices/platform/soc/soc:firmware/get_throttled", bits); }

  TempDir root;
  Machine machine{root.path(), [] { return true; }, [](const std::string&, int) { return ""; }};
};

TEST_CASE("a healthy machine passes without advice") {
  const FakeMachine fake;
  const TempDir storage;
  Settings settings;
  settings.storage = storage.path().string();
  settings.reserve = 0;
  const auto findings = examine(fake.machine, settings);
  CHECK(findings.size() == 8);
  for (const Finding& finding : findings)
    if (finding.subject != "storage") {  // how fast the test's disk is says nothing
      CHECK_MESSAGE(finding.verdict == Verdict::ok, finding.subject << ": " << finding.found);
      CHECK_MESSAGE(finding.advice.empty(), finding.advice);
    }
  CHECK_FALSE(anything_failed(findings));
  CHECK(storage.empty());
}

TEST_CASE("detectors: a model that is not there fails, faces that cannot be found are a warning at most") {
  Settings settings;
  settings.faces = FaceFinder::off;
  CHECK(check_detectors(settings).verdict == Verdict::ok);
  settings.detector = "/nowhere/model.onnx";
  CHECK(check_detectors(settings).verdict == Verdict::fail);
  CHECK(check_detectors(settings).found.starts_with("/nowhere/model.onnx: "));
  settings = {};
  CHECK(check_detectors(settings).verdict != Verdict::fail);
}

TEST_CASE("memory: little is a warning, almost none a failure") {
  FakeMachine fake;
  fake.meminfo(512, 200, 64);
  CHECK(check_memory(fake.machine).verdict == Verdict::warn);
  CHECK(check_buffers(fake.machine).verdict == Verdict::warn);  // 64 MiB of contiguous memory
  fake.meminfo(512, 50, 64);
  CHECK(check_memory(fake.machine).verdict == Verdict::fail);
}

TEST_CASE("buffers: udmabuf will do, nothing will not") {
  const FakeMachine fake;
  std::filesystem::remove(fake.root / "dev/dma_heap/linux,cma");
  CHECK(check_buffers(fake.machine).verdict == Verdict::fail);
  CHECK(check_buffers(fake.machine).advice.find("CONFIG_UDMABUF") != std::string::npos);
  fake.root.file("dev/udmabuf", "");
  CHECK(check_buffers(fake.machine).verdict == Verdict::ok);
}

TEST_CASE("no device of a camera is a warning") {
  const FakeMachine fake;
  std::filesystem::remove(fake.root / "dev/video0");
  std::filesystem::remove(fake.root / "dev/media0");
  CHECK(check_permissions(fake.machine).verdict == Verdict::warn);
}

TEST_CASE("clock, heat and power") {
  FakeMachine fake;
  fake.machine.clock_synchronised = [] { return false; };
  CHECK(check_clock(fake.machine).verdict == Verdict::warn);
  fake.temperature(82000);
  CHECK(check_temperature(fake.machine).verdict == Verdict::warn);
  CHECK(check_temperature(fake.machine).found == "82 °C");
  fake.throttled("0x0\n");
  CHECK(check_throttling(fake.machine).verdict == Verdict::ok);
  fake.throttled("50000\n");  // hexadecimal, with or without 0x: under-voltage and throttling since boot
  CHECK(check_throttling(fake.machine).verdict == Verdict::warn);
  CHECK(check_throttling(fake.machine).advice.find("power supply") != std::string::npos);
  fake.throttled("0x4\n");
  CHECK(check_throttling(fake.machine).verdict == Verdict::fail);
  CHECK(check_throttling(fake.machine).advice.find("cool") != std::string::npos);
}

TEST_CASE("a port that is taken, and storage that is none, fail with advice") {
  FakeMachine fake;
  fake.machine.cannot_listen = [](const std::string&, int) { return "Address already in use"; };
  const Finding port = check_port(fake.machine, "0.0.0.0", 8080);
  CHECK(port.verdict == Verdict::fail);
  CHECK(port.found == "0.0.0.0 port 8080: Address already in use");
  const TempDir folder;
  const Finding storage = check_storage(folder.file("file", "") / "below", 0);
  CHECK(storage.verdict == Verdict::fail);
  CHECK_FALSE(storage.advice.empty());
  CHECK(check_storage(folder.path(), 1e18).verdict == Verdict::fail);
}

TEST_CASE("cameras") {
  CHECK(check_cameras("libcamera", {"libcamera:0"}, "").verdict == Verdict::ok);
  CHECK(check_cameras("libcamera", {}, "").verdict == Verdict::fail);
  CHECK(check_cameras("libcamera", {}, "cannot start").found == "cannot start");
}

TEST_CASE("the report has a line for each finding and each advice") {
  CHECK(report_text({{"memory", Verdict::ok, "enough", ""}, {"network", Verdict::fail, "taken", "--port"}}) ==
        "OK   memory       enough\n"
        "FAIL network      taken\n"
        "                  -> --port\n");
}

TEST_CASE("this machine can be examined") {
  const TempDir storage;
  Settings settings;
  settings.storage = storage.path().string();
  CHECK(examine(this_machine(), settings).size() == 8);
  CHECK(this_machine().cannot_listen("127.0.0.1", 0).empty());
  CHECK_FALSE(this_machine().cannot_listen("203.0.113.1", 8080).empty());
}

}  // namespace
}  // namespace sunny16::firmware
