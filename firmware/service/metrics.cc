#include "firmware/service/metrics.h"

#include <initializer_list>
#include <string_view>
#include <utility>

#include "firmware/tuning/described_json.h"

namespace sunny16::firmware {
namespace {

using Label = std::pair<std::string_view, std::string_view>;

/// Families of samples: HELP and TYPE once, then their samples.
class Exposition {
 public:
  void family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    text_.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ").append(name).append(" ");
    text_.append(type).append("\n");
  }
  void sample(double value, std::initializer_list<Label> labels = {}) {
    text_ += name_;
    char separator = '{';
    for (const auto& [label, label_value] : labels) {
      text_.append(1, separator).append(label).append("=\"").append(escaped(label_value)).append("\"");
      separator = ',';
    }
    text_.append(labels.size() ? "} " : " ").append(number_text(value)).append("\n");
  }
  void gauge(std::string_view name, double value, std::string_view help) {
    family(name, "gauge", help);
    sample(value);
  }
  void counter(std::string_view name, double value, std::string_view help) {
    family(name, "counter", help);
    sample(value);
  }
  std::string text() && { return std::move(text_); }

 private:
  static std::string escaped(std::string_view value) {
    std::string out;
    for (const char c : value) {
      if (c == '\\' || c == '"') out += '\\';
      out += c == '\n' ? "\\n" : std::string(1, c);
    }
    return out;
  }

  std::string text_;
  std::string_view name_;
};

void add_camera(Exposition& out, const SessionStatus& session) {
  out.family("sunny16_camera_state", "gauge", "1 for the state that the camera is in.");
  const auto& states = isp::EnumNames<CameraState>::names;
  for (std::size_t i = 0; i < states.size(); ++i)
    out.sample(static_cast<std::size_t>(session.state) == i ? 1 : 0, {{"state", states[i]}});
  out.counter("sunny16_frames_total", session.frames, "Frames taken.");
  out.counter("sunny16_frames_lost_total", session.frames_lost, "Frames missing from the sensor's sequence.");
  out.counter("sunny16_camera_restarts_total", session.restarts, "Starts after a fault.");
  out.gauge("sunny16_frame_rate_hertz", session.fps, "Frames a second, by the sensor's timestamps.");
  out.gauge("sunny16_frame_age_seconds", session.frame_age_s, "Since the last frame came.");
  out.gauge("sunny16_line_seconds", session.line_ms / 1e3, "Time of the line for a frame, smoothed.");
  out.gauge("sunny16_encode_seconds", session.encode_ms / 1e3, "Time of encoding a preview picture, smoothed.");
  out.gauge("sunny16_exposure_seconds", session.exposure_time / 1e6, "Exposure time of the last frame.");
  out.gauge("sunny16_analogue_gain_ratio", session.analogue_gain, "Analogue gain of the last frame.");
  if (session.sensor_temperature > -300)
    out.gauge("sunny16_sensor_temperature_celsius", session.sensor_temperature, "Of the sensor.");
  out.gauge("sunny16_problems", static_cast<double>(session.problems.size()), "Things that are wrong now.");
}

void add_control(Exposition& out, const ControlMetadata& control) {
  out.gauge("sunny16_digital_gain_ratio", control.digital_gain, "Gain in the line.");
  out.gauge("sunny16_illuminance_lux", control.lux, "Estimated illuminance of the scene.");
  out.gauge("sunny16_colour_temperature_kelvin", control.colour_temperature, "Of the light; 0: not known.");
  out.gauge("sunny16_focus_fom", control.focus_fom, "Contrast in the focus windows.");
}

void add_storage(Exposition& out, const StorageStatus& storage) {
  out.gauge("sunny16_storage_used_bytes", storage.used_bytes, "Taken by captures.");
  out.gauge("sunny16_storage_quota_bytes", storage.quota_bytes, "What captures may take.");
  out.gauge("sunny16_storage_free_bytes", storage.free_bytes, "Free on the disk.");
  out.gauge("sunny16_storage_writable", storage.writable ? 1 : 0, "1: captures can be stored.");
}

void add_process(Exposition& out, const ProcessUsage& process) {
  out.counter("process_cpu_seconds_total", process.cpu_seconds, "User and system CPU time.");
  out.gauge("process_resident_memory_bytes", process.resident_bytes, "Resident memory.");
  out.gauge("process_start_time_seconds", process.start_time, "Unix time of the start.");
  out.gauge("process_open_fds", process.open_fds, "Open file descriptors.");
  out.gauge("process_max_fds", process.max_fds, "File descriptors that may be open.");
  out.gauge("process_threads", process.threads, "Threads.");
}

}  // namespace

std::string metrics_text(const DaemonStatus& status, const ProcessUsage& process) {
  Exposition out;
  out.family("sunny16_info", "gauge", "1; the labels name the program's version, the camera and its sensor.");
  out.sample(1, {{"version", status.version}, {"camera", status.session.camera}, {"model", status.session.model}});
  out.gauge("sunny16_uptime_seconds", status.session.uptime_s, "Since the session began.");
  add_camera(out, status.session);
  add_control(out, status.control);
  add_storage(out, status.storage);
  out.gauge("sunny16_stream_clients", status.stream_clients, "Clients of the stream.");
  out.gauge("sunny16_event_clients", status.event_clients, "Clients of the events.");
  add_process(out, process);
  return std::move(out).text();
}

}  // namespace sunny16::firmware
