#include "firmware/looks/look.h"

#include <algorithm>
#include <cstdio>

#include "firmware/looks/look_strength.h"
#include "isp/core/exact_math.h"
#include "isp/core/hash.h"

namespace sunny16::firmware {

std::string content_hash(const Look& look) {
  const nlohmann::ordered_json content{{"stages", overlay_to_json<isp::LookStages>(look.stages)},
                                       {"sharpness", look.sharpness}};
  const std::string text = content.dump();
  const std::uint64_t hash = look.table.hash(isp::hash_bytes(std::as_bytes(std::span(text))));
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash));
  return digits;
}

LookRecord Look::apply(isp::Tunings& tunings, isp::Conditions& conditions, LookUse use) const {
  LookRecord applied = record;
  applied.strength = use.strength;
  if (use.strength <= 0) return applied;
  const isp::Tunings before = tunings;
  apply_overlay<isp::LookStages>(stages, tunings, conditions);
  double& sharpening = isp::tuning_of<isp::Sharpen>(tunings).strength;
  sharpening = isp::exact::clamp(sharpening * sharpness, 0, 4);
  conditions.cube = table;
  if (use.strength < 1) weaken_look(tunings, before, use.strength);
  conditions.skin_protection = applied.skin_protection = toned ? 0 : use.skin_protection;
  return applied;
}

std::shared_ptr<const Look> find_look(const LookList& looks, std::string_view name) {
  LookList found;
  for (const auto& look : looks) {
    if (look->record.full_name() == name) return look;
    if (look->record.name == name) found.push_back(look);
  }
  if (found.size() == 1) return found.front();
  const std::string asked = "look: found " + excerpt(std::string(name));
  if (found.empty()) throw TuningError(asked + ", allowed " + names_of(looks));
  throw TuningError(asked + ", which several packs have, allowed " + names_of(found));
}

std::string names_of(const LookList& looks) {
  std::string names;
  for (const auto& look : looks) names += (names.empty() ? "" : " ") + look->record.full_name();
  return names.empty() ? "none at all" : names;
}

}  // namespace sunny16::firmware
