// The tuning of a camera module, and its file:
//
//   {"sunny16_tuning": 1, "sensor": {...}, "noise": {...}, ..., "stages": {"white_balance": {...}, ...}}
//
// Sections describe the module and steer control; stages tune the line. All keys are optional: what is absent has its
// default. The code here works for any list of stages; camera_tuning.h names the one of the product.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "firmware/tuning/af_tuning.h"
#include "firmware/tuning/agc_tuning.h"
#include "firmware/tuning/awb_tuning.h"
#include "firmware/tuning/colour_model.h"
#include "firmware/tuning/described_schema.h"
#include "firmware/tuning/described_text.h"
#include "firmware/tuning/sensor_model.h"
#include "firmware/tuning/stage_tunings.h"

namespace sunny16::firmware {

inline constexpr std::string_view kVersionKey = "sunny16_tuning", kStagesKey = "stages";
inline constexpr int kTuningVersion = 1;

struct TuningSections {
  Adaptive<SensorModel> sensor;
  Adaptive<NoiseModel> noise;
  Adaptive<LuxModel> lux;
  Adaptive<ColourModel> colour;
  Adaptive<ShadingModel> shading;
  Adaptive<AwbTuning> awb;
  Adaptive<AgcTuning> agc;
  Adaptive<AfTuning> af;
};

template <class Stages>
struct Tuning : TuningSections {
  AdaptiveStageTunings<Stages> stages;
  std::vector<std::string> notes;  ///< what a foreign file holds and this tuning does not use

  StageTunings<Stages> resolve(const isp::Conditions& conditions) const {
    return firmware::resolve<Stages>(stages, conditions);
  }
};

}  // namespace sunny16::firmware

template <>
struct sunny16::isp::Describe<sunny16::firmware::TuningSections> {
  using T = firmware::TuningSections;
  static constexpr auto fields = std::tuple{
      field<&T::sensor>("sensor", 0, 0, "", "The sensor's levels."),
      field<&T::noise>("noise", 0, 0, "",
                       "Noise of a raw sample: variance(x) = shot gain x + read gain^2 + converter."),
      field<&T::lux>("lux", 0, 0, "", "A reference exposure, from which the illuminance of others is estimated."),
      field<&T::colour>("colour", 0, 0, "", "Colour matrices."),
      field<&T::shading>("shading", 0, 0, "", "Lens shading: gains over the frame."),
      field<&T::awb>("awb", 0, 0, "", "Automatic white balance."),
      field<&T::agc>("agc", 0, 0, "", "Automatic exposure."),
      field<&T::af>("af", 0, 0, "", "Automatic focus.")};
};

namespace sunny16::firmware {

template <class Stages>
Tuning<Stages> read_tuning(nlohmann::json json, const std::string& path) {
  if (!json.is_object()) reject(path, json, "an object");
  const std::string version_path = member_path(path, kVersionKey);
  if (!json.contains(kVersionKey))
    throw TuningError(version_path + ": found nothing, allowed " + std::to_string(kTuningVersion));
  int version = 0;
  read_value(json[kVersionKey], version, version_path, {kTuningVersion, kTuningVersion});
  json.erase(kVersionKey);

  Tuning<Stages> tuning;
  if (const auto stages = json.find(kStagesKey); stages != json.end()) {
    read_stages<Stages>(*stages, tuning.stages, member_path(path, kStagesKey));
    json.erase(stages);
  }
  TuningSections& sections = tuning;
  read_members(json, sections, path,
               [](const auto&, auto& section, const nlohmann::json& member, const std::string& at) {
                 read_adaptive(member, section, at);
               });
  return tuning;
}

template <class Stages>
nlohmann::ordered_json tuning_to_json(const Tuning<Stages>& tuning) {
  nlohmann::ordered_json json{{kVersionKey, kTuningVersion}};
  const TuningSections& sections = tuning;
  isp::for_each_field(sections,
                      [&](const auto& row, const auto& section) { json[std::string(row.name)] = to_json(section); });
  json[std::string(kStagesKey)] = stages_to_json<Stages>(tuning.stages);
  return json;
}

/// Sets `path`, as in "sharpen.strength" or "awb.sensitivity_r": a stage's field, or a section's.
template <class Stages>
void set_parameter(Tuning<Stages>& tuning, std::string_view path, std::string_view value) {
  const std::size_t dot = path.find('.');
  const std::string name(path.substr(0, dot));
  const std::string_view field = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  bool known = false;
  std::string names;
  const auto set = [&](std::string_view candidate, auto& adaptive) {
    names += " " + std::string(candidate);
    if (candidate != name) return;
    known = true;
    set_field(adaptive, field, value, name);
  };
  for_each_stage<Stages>(tuning.stages, set);
  TuningSections& sections = tuning;
  isp::for_each_field(sections, [&](const auto& row, auto& section) { set(row.name, section); });
  if (!known) throw TuningError(excerpt(name) + ": found an unknown stage or section, allowed" + names);
}

template <class T>
nlohmann::ordered_json adaptive_schema(const Adaptive<T>&) {
  return object_schema<T>(true);
}

template <class Stages>
nlohmann::ordered_json tuning_schema() {
  using Json = nlohmann::ordered_json;
  const Tuning<Stages> initial;
  Json properties = Json::object();
  properties[std::string(kVersionKey)] = {{"const", kTuningVersion}, {"description", "Version of this format."}};
  const TuningSections& sections = initial;
  isp::for_each_field(sections, [&](const auto& row, const auto& section) {
    Json& schema = properties[std::string(row.name)] = adaptive_schema(section);
    schema["description"] = row.prose;
  });
  Json stages = Json::object();
  for_each_stage<Stages>(initial.stages, [&](std::string_view name, const auto& stage) {
    stages[std::string(name)] = adaptive_schema(stage);
  });
  properties[std::string(kStagesKey)] = {
      {"type", "object"}, {"additionalProperties", false}, {"properties", std::move(stages)}};
  return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
          {"title", "Sunny16 tuning of a camera module"},
          {"type", "object"},
          {"required", Json::array({kVersionKey})},
          {"additionalProperties", false},
          {"properties", std::move(properties)}};
}

template <class T>
std::string adaptive_markdown(std::string_view name, std::string_view prose, const Adaptive<T>&) {
  return markdown_section<T>(name, prose);
}

/// The parameters of all stages and sections as Markdown tables.
template <class Stages>
std::string tuning_markdown() {
  const Tuning<Stages> initial;
  std::string out;
  for_each_stage<Stages>(initial.stages, [&](std::string_view name, const auto& stage) {
    out += adaptive_markdown("stages." + std::string(name), {}, stage);
  });
  const TuningSections& sections = initial;
  isp::for_each_field(
      sections, [&](const auto& row, const auto& section) { out += adaptive_markdown(row.name, row.prose, section); });
  return out;
}

}  // namespace sunny16::firmware
