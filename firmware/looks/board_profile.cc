#include "firmware/looks/board_profile.h"

#include <algorithm>
#include <fstream>
#include <set>

#include "firmware/looks/folder_files.h"

namespace sunny16::firmware {
namespace {

constexpr const char* kVersionKey = "sunny16_board";
constexpr int kVersion = 1;
constexpr JsonLimits kLimits{.bytes = 1 << 18, .values = 10'000, .depth = 6};
constexpr const char* kDesktop = "desktop";

namespace fs = std::filesystem;

std::vector<std::string> board_names(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code absent;
  for (const auto& entry : fs::directory_iterator(folder, absent))
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  return names;
}

BoardProfile load(const fs::path& file) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : ".";
  return parse_board(FolderFiles(folder).read(file.filename().string(), kLimits.bytes), file.filename().string());
}

bool is_word_of(std::string_view word, std::string_view text) {
  const auto within = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !within(text[at - 1])) && (end == text.size() || !within(text[end]))) return true;
  }
  return false;
}

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

std::string CameraProfile::lacks(Feature feature) const {
  const auto name = [](Feature f) { return std::string(isp::EnumNames<Feature>::names[static_cast<std::size_t>(f)]); };
  std::string allowed;
  for (const Feature f : features) allowed += (allowed.empty() ? "" : ", ") + name(f);
  return camera + ": found no feature " + name(feature) + ", allowed " + (allowed.empty() ? "none" : allowed);
}

BoardProfile load_board(const fs::path& folder, std::string_view name_or_path) {
  if (name_or_path.find('/') != std::string_view::npos || name_or_path.ends_with(".json"))
    return load(fs::path(name_or_path));
  std::string allowed;
  for (const std::string& name : board_names(folder)) {
    if (name == name_or_path) return load(folder / (name + ".json"));
    allowed += " " + name;
  }
  throw TuningError("board: found " + excerpt(std::string(name_or_path)) + ", allowed" + allowed +
                    ", or the path of a profile");
}

std::vector<BoardProfile> load_boards(const fs::path& folder) {
  std::vector<BoardProfile> boards;
  for (const std::string& name : board_names(folder)) boards.push_back(load(folder / (name + ".json")));
  return boards;
}

BoardProfile board_of_machine(const fs::path& folder, const fs::path& root) {
  std::ifstream file(root / "proc/device-tree/compatible", std::ios::binary);
  std::set<std::string> names;  // separated by zeros
  for (std::string name; std::getline(file, name, '\0');) names.insert(name);
  for (BoardProfile& board : load_boards(folder))
    if (std::ranges::any_of(board.machines, [&](const std::string& machine) { return names.contains(machine); }))
      return std::move(board);
  return load_board(folder, kDesktop);
}

CameraProfile profile_of(const BoardProfile& board, const std::string& model) {
  CameraProfile profile{.board = board.name,
                        .camera = (model.empty() ? "this camera" : model) + " on " + board.name,
                        .packs = board.packs,
                        .features = board.features,
                        .default_look = board.default_look};
  const auto older =
      std::ranges::find_if(board.models, [&](const ModelProfile& m) { return is_word_of(m.sensor, model); });
  if (older == board.models.end()) return profile;
  profile.packs.insert(profile.packs.end(), older->keeps.begin(), older->keeps.end());
  if (!older->default_look.empty()) profile.default_look = older->default_look;
  return profile;
}

bool has_pack(const CameraProfile& profile, const LookLibrary::Entry& entry) {
  const bool listed = std::ranges::find(profile.packs, entry.pack.info.name) != profile.packs.end();
  return listed || (entry.installed && !entry.shipped && profile.has(Feature::user_packs));
}

LookList looks_of(const CameraProfile& profile, const LookLibrary& library) {
  LookList looks;
  for (const LookLibrary::Entry& entry : library.packs())
    if (has_pack(profile, entry)) looks.insert(looks.end(), entry.pack.looks.begin(), entry.pack.looks.end());
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
