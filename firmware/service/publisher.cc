#include "firmware/service/publisher.h"

#include <spdlog/spdlog.h>

#include <array>
#include <string_view>

#include "hal/api/time_of_day.h"

namespace sunny16::firmware {
namespace {

constexpr std::array<std::string_view, 3> kSeverities{"info", "warning", "error"};
constexpr std::array<spdlog::level::level_enum, 3> kLogLevels{spdlog::level::info, spdlog::level::warn,
                                                              spdlog::level::err};

}  // namespace

std::string event_json(const SessionEvent& event, double unix_time) {
  const nlohmann::ordered_json json{{"type", event.type},
                                    {"severity", kSeverities[static_cast<std::size_t>(event.severity)]},
                                    {"time", unix_time},
                                    {"message", event.message},
                                    {"data", event.data}};
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void Publisher::on_preview(std::shared_ptr<const PreviewFrame> frame) {
  const double time = frame->unix_time;
  const std::vector<std::byte>* jpeg = &frame->jpeg;
  frames_.publish({std::move(frame), jpeg}, time);
}

void Publisher::on_event(const SessionEvent& event) {
  if (!event.message.empty()) spdlog::log(kLogLevels[static_cast<std::size_t>(event.severity)], "{}", event.message);
  const bool passing = event.type == "statistics" || event.type == "detections";
  events_.publish(event_json(event, hal::unix_time()), passing ? Importance::statistics : Importance::event);
}

}  // namespace sunny16::firmware
