// The tunings of a list of stages (a std::tuple of stage types): one Adaptive tuning a stage, read, written, set and
// resolved by the stages' names. Everything here follows from the list.
#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "firmware/tuning/described_json.h"

namespace sunny16::firmware {

namespace detail {
template <class Stages>
struct TuningTuples;
template <class... Stage>
struct TuningTuples<std::tuple<Stage...>> {
  using Plain = std::tuple<typename Stage::Tuning...>;
  using Adapting = std::tuple<Adaptive<typename Stage::Tuning>...>;
};
}  // namespace detail

/// What the stages' derive() take: std::tuple of each stage's Tuning.
template <class Stages>
using StageTunings = typename detail::TuningTuples<Stages>::Plain;

/// What a file holds of them: each field a value or a curve.
template <class Stages>
using AdaptiveStageTunings = typename detail::TuningTuples<Stages>::Adapting;

/// Calls f(name, tuning) for each stage, in order.
template <class Stages, class Tuples, class F>
void for_each_stage(Tuples& tunings, F&& f) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (f(std::string_view(std::tuple_element_t<I, Stages>::name), std::get<I>(tunings)), ...);
  }
  (std::make_index_sequence<std::tuple_size_v<Stages>>());
}

template <class Stages>
bool has_stage(std::string_view name) {
  return []<class... S>(std::string_view n, std::type_identity<std::tuple<S...>>) { return ((n == S::name) || ...); }(
             name, std::type_identity<Stages>());
}

template <class Stages>
StageTunings<Stages> resolve(const AdaptiveStageTunings<Stages>& tunings, const isp::Conditions& conditions) {
  return std::apply([&](const auto&... tuning) { return StageTunings<Stages>{tuning.at(conditions)...}; }, tunings);
}

template <class Stages>
void read_stages(const nlohmann::json& json, AdaptiveStageTunings<Stages>& tunings, const std::string& path) {
  if (!json.is_object()) reject(path, json, "an object");
  for (const auto& member : json.items()) {
    bool known = false;
    for_each_stage<Stages>(tunings, [&](std::string_view name, auto& tuning) {
      if (name != member.key()) return;
      known = true;
      read_adaptive(member.value(), tuning, member_path(path, name));
    });
    if (known) continue;
    std::string names;
    for_each_stage<Stages>(tunings, [&](std::string_view name, auto&) { names += " " + std::string(name); });
    throw TuningError(member_path(path, member.key()) + ": found an unknown stage, allowed" + names);
  }
}

template <class Stages>
nlohmann::ordered_json stages_to_json(const AdaptiveStageTunings<Stages>& tunings) {
  auto object = nlohmann::ordered_json::object();
  for_each_stage<Stages>(
      tunings, [&](std::string_view name, const auto& tuning) { object[std::string(name)] = to_json(tuning); });
  return object;
}

}  // namespace sunny16::firmware
