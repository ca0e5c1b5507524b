// What a look says of a list of stages: for each stage nothing, or its whole tuning. Read through the same tables as
// tuning files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "firmware/tuning/stage_tunings.h"
#include "isp/pipeline/phone_pipeline.h"

namespace sunny16::firmware {

namespace detail {
template <class Stages>
struct Overlay;
template <class... Stage>
struct Overlay<std::tuple<Stage...>> {
  using Type = std::tuple<std::optional<Adaptive<typename Stage::Tuning>>...>;
};
}  // namespace detail

template <class Stages>
using StageOverlay = typename detail::Overlay<Stages>::Type;

/// What a stage's tuning is before the look's own fields: its defaults, and on, because the look names it.
template <class Tuning>
Adaptive<Tuning> named_stage() {
  Adaptive<Tuning> tuning;
  if constexpr (requires { tuning.base.enabled = true; }) tuning.base.enabled = true;
  return tuning;
}

/// {"stage": {field: value}}. Throws TuningError.
template <class Stages>
StageOverlay<Stages> read_overlay(const nlohmann::json& json, const std::string& path) {
  if (!json.is_object()) reject(path, json, "an object");
  StageOverlay<Stages> overlay;
  for (const auto& member : json.items()) {
    std::string names;
    bool known = false;
    for_each_stage<Stages>(overlay, [&](std::string_view name, auto& tuning) {
      names += " " + std::string(name);
      if (name != member.key()) return;
      known = true;
      tuning = named_stage<std::remove_cvref_t<decltype(tuning->base)>>();
      read_adaptive(member.value(), *tuning, member_path(path, name));
    });
    if (!known)
      throw TuningError(member_path(path, member.key()) + ": found a stage that is no look's, allowed" + names);
  }
  return overlay;
}

/// The fields that differ from what read_overlay starts with.
template <class Stages>
nlohmann::ordered_json overlay_to_json(const StageOverlay<Stages>& overlay) {
  auto object = nlohmann::ordered_json::object();
  for_each_stage<Stages>(overlay, [&](std::string_view name, const auto& tuning) {
    if (!tuning) return;
    const auto usual = to_json(named_stage<std::remove_cvref_t<decltype(tuning->base)>>()), own = to_json(*tuning);
    auto& stage = object[std::string(name)] = nlohmann::ordered_json::object();
    for (const auto& member : own.items())
      if (member.value() != usual.at(member.key())) stage[member.key()] = member.value();
  });
  return object;
}

/// Puts the stages that the overlay names in the place of those in `tunings`.
template <class Stages>
void apply_overlay(const StageOverlay<Stages>& overlay, isp::Tunings& tunings, const isp::Conditions& conditions) {
  for_each_stage<Stages>(overlay, [&](std::string_view, const auto& tuning) {
    if (tuning) std::get<std::remove_cvref_t<decltype(tuning->base)>>(tunings) = tuning->at(conditions);
  });
}

}  // namespace sunny16::firmware
