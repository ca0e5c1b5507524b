#include "firmware/looks/board_profile.h"

#include <algorithm>

namespace sunny16::firmware {
namespace {

constexpr const char* kVersionKey = "sunny16_board";
constexpr int kVersion = 1;
constexpr JsonLimits kLimits{.bytes = 1 << 18, .values = 10'000, .depth = 6};

}  // namespace

std::string BoardProfile::problem() const {
  if (!is_look_name(name)) return ".name: found " + excerpt(name) + ", allowed 1 to 40 of a-z, 0-9 and - within";
  for (std::size_t i = 0; i < models.size(); ++i) {
    const std::string path = element_path(".models", i) + ".sensor: found ";
    if (models[i].sensor.empty()) return path + "nothing, allowed a sensor's model";
    for (std::size_t before = 0; before < i; ++before)
      if (models[before].sensor == models[i].sensor) return path + excerpt(models[i].sensor) + " again, allowed once";
  }
  return "";
}

BoardProfile parse_board(std::string_view text, std::string_view name) {
  const std::string root = std::string(name) + ": $";
  nlohmann::json json = read_json(text, name, JsonDialect::strict, kLimits);
  if (!json.is_object()) reject(root, json, "an object");
  const std::string version_path = member_path(root, kVersionKey);
  if (!json.contains(kVersionKey))
    throw TuningError(version_path + ": found nothing, allowed " + std::to_string(kVersion));
  int version = 0;
  read_value(json[kVersionKey], version, version_path, {kVersion, kVersion});
  json.erase(kVersionKey);
  BoardProfile board;
  read_value(json, board, root, {0, 0});
  return board;
}

bool CameraProfile::has(Feature feature) const { return std::ranges::find(features, feature) != features.end(); }

CameraProfile profile_of(const BoardProfile& board, const std::string& sensor) {
  CameraProfile profile{.board = board.name,
                        .camera = (sensor.empty() ? "this camera" : sensor) + " on " + board.name,
                        .packs = board.packs,
                        .features = board.features,
                        .default_look = board.default_look};
  const auto model = std::ranges::find(board.models, sensor, &ModelProfile::sensor);
  if (model == board.models.end()) return profile;
  profile.packs.insert(profile.packs.end(), model->keeps.begin(), model->keeps.end());
  if (!model->default_look.empty()) profile.default_look = model->default_look;
  return profile;
}

LookList looks_of(const CameraProfile& profile, const LookLibrary& library) {
  LookList looks;
  for (const LookLibrary::Entry& entry : library.packs()) {
    const bool listed = std::ranges::find(profile.packs, entry.pack.info.name) != profile.packs.end();
    const bool users = entry.installed && !entry.shipped && profile.has(Feature::user_packs);
    if (listed || users) looks.insert(looks.end(), entry.pack.looks.begin(), entry.pack.looks.end());
  }
  return looks;
}

std::shared_ptr<const Look> look_of(const CameraProfile& profile, const LookLibrary& library, std::string_view name) {
  const LookList looks = looks_of(profile, library);
  if (name.empty() || name == "default") {
    if (profile.default_look.empty()) return nullptr;
    name = profile.default_look;
  }
  try {
    return find_look(looks, name);
  } catch (const TuningError& error) {
    throw TuningError(profile.camera + ": " + error.what());
  }
}

}  // namespace sunny16::firmware
