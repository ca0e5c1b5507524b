#include "firmware/service/metrics.h"

#include <doctest/doctest.h>

#include "tests/firmware/service/prometheus_reader.h"

namespace sunny16::firmware {
namespace {

DaemonStatus busy_status() {
  DaemonStatus status;
  status.version = "1.2.3";
  status.session.state = CameraState::running;
  status.session.camera = R"(odd "name"\)";
  status.session.model = "imx708";
  status.session.frames = 1234567;
  status.session.frames_lost = 3;
  status.session.line_ms = 12.5;
  status.session.exposure_time = 20000;
  status.session.sensor_temperature = -300;
  status.storage.used_bytes = 4e9;
  status.control.lux = 250.5;
  status.stream_clients = 2;
  return status;
}

TEST_CASE("metrics are what Prometheus can read, in base units") {
  const auto families = read_metrics(metrics_text(busy_status(), {.resident_bytes = 1e8, .cpu_seconds = 5.25}));
  const auto value = [&](const std::string& name) { return families.at(name).samples.at(""); };
  CHECK(value("sunny16_frames_total") == 1234567);
  CHECK(value("sunny16_frames_lost_total") == 3);
  CHECK(value("sunny16_line_seconds") == 0.0125);
  CHECK(value("sunny16_exposure_seconds") == 0.02);
  CHECK(value("sunny16_storage_used_bytes") == 4e9);
  CHECK(value("sunny16_illuminance_lux") == 250.5);
  CHECK(value("sunny16_stream_clients") == 2);
  CHECK(value("process_resident_memory_bytes") == 1e8);
  CHECK(value("process_cpu_seconds_total") == 5.25);
  CHECK(families.at("sunny16_info").samples.contains(R"({version="1.2.3",camera="odd \"name\"\\",model="imx708"})"));
}

TEST_CASE("exactly one camera state is 1") {
  const auto families = read_metrics(metrics_text(busy_status(), {}));
  const auto& states = families.at("sunny16_camera_state").samples;
  CHECK(states.size() == isp::EnumNames<CameraState>::names.size());
  double sum = 0;
  for (const auto& state : states) sum += state.second;
  CHECK(sum == 1);
  CHECK(states.at("{state=\"running\"}") == 1);
}

TEST_CASE("a sensor without a thermometer has no temperature") {
  DaemonStatus status = busy_status();
  CHECK_FALSE(read_metrics(metrics_text(status, {})).contains("sunny16_sensor_temperature_celsius"));
  status.session.sensor_temperature = -12.5;
  CHECK(read_metrics(metrics_text(status, {})).at("sunny16_sensor_temperature_celsius").samples.at("") == -12.5);
}

TEST_CASE("the reader refuses what Prometheus would") {
  CHECK_THROWS(read_metrics("a 1\n"));
  CHECK_THROWS(read_metrics("# HELP a x\n# TYPE a gauge\na 1"));
  CHECK_THROWS(read_metrics("# HELP a x\n# TYPE a gauge\na 1\na 2\n"));
  CHECK_THROWS(read_metrics("# HELP a x\n# TYPE a counter\na 1\n"));
  CHECK_THROWS(read_metrics("# HELP a x\n# TYPE a gauge\na{b=c} 1\n"));
}

}  // namespace
}  // namespace sunny16::firmware
