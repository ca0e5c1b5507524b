#include "sim/camera/fault_script.h"

#include "firmware/tuning/described_json.h"

namespace sunny16::sim {

std::string FaultEvent::problem() const {
  using enum FaultKind;
  const std::string_view name = isp::EnumNames<FaultKind>::names[static_cast<std::size_t>(fault)];
  const bool in_frame = at_frame >= 0, in_time = at_s >= 0;
  if (in_frame == in_time)
    return std::string(": found ") + (in_frame ? "both" : "neither") + " of at_frame and at_s, allowed one";
  const auto misplaced = [&](std::string_view field, bool given, bool has_it, bool needs_it) {
    if (given && !has_it)
      return "." + std::string(field) + ": found in a " + std::string(name) + ", allowed in other faults";
    if (!given && needs_it)
      return ": found a " + std::string(name) + " without " + std::string(field) + ", allowed with it";
    return std::string();
  };
  const bool lasts = fault == stop || fault == disconnect || fault == hang || fault == absent;
  const bool damages = fault == zero_rows || fault == damage_rows;
  for (const std::string& text :
       {misplaced("for_s", for_s > 0, lasts, fault == hang),
        misplaced("late_ms", late_ms > 0, fault == late, fault == late), misplaced("rows", rows > 0, damages, damages),
        misplaced("first_row", first_row > 0, damages, false), misplaced("count", count > 1, !lasts, false)})
    if (!text.empty()) return text;
  if (fault == absent && at_s != 0) return ".at_s: found another moment for an absent, allowed 0";
  return {};
}

std::string FaultScript::problem() const {
  if (faults.size() <= kMostEvents) return {};
  return ".faults: found " + std::to_string(faults.size()) + " events, allowed " + std::to_string(kMostEvents);
}

FaultScript parse_fault_script(std::string_view json, std::string_view name) {
  FaultScript script;
  firmware::read_value(firmware::read_json(json, name), script, std::string(name) + ": $", {0, 0});
  return script;
}

}  // namespace sunny16::sim
