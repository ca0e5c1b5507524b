#include "sim/sensor/module_file.h"

#include <algorithm>
#include <cstdlib>
#include <type_traits>

#include "firmware/tuning/described_json.h"
#include "firmware/tuning/text_file.h"

namespace sunny16::sim {
namespace {

namespace fs = std::filesystem;
using firmware::member_path;
using firmware::TuningError;
using nlohmann::json;

constexpr const char *kVersionKey = "sunny16_sensor", *kSensorKey = "sensor", *kLensKey = "lens",
                     *kSourcesKey = "sources";
constexpr int kVersion = 1;
constexpr firmware::JsonLimits kLimits{.bytes = 1 << 20, .values = 20'000, .depth = 8};

const json& member(const json& object, std::string_view key, const std::string& path, std::string_view allowed) {
  const auto found = object.find(key);
  if (found == object.end())
    throw TuningError(member_path(path, key) + ": found nothing, allowed " + std::string(allowed));
  return *found;
}

/// Throws unless the object has every field of T, and so have the objects within.
template <class T>
void require_fields(const json& object, const T& value, const std::string& path) {
  isp::for_each_field(value, [&](const auto& row, const auto& field) {
    const json& found = member(object, row.name, path, row.prose);
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, std::vector<SensorMode>>)
      for (std::size_t i = 0; i < field.size(); ++i)
        require_fields(found[i], field[i], firmware::element_path(member_path(path, row.name), i));
  });
}

template <class T>
void read_section(const json& file, const char* key, T& section, const std::string& root) {
  const json& object = member(file, key, root, firmware::field_names_text<T>());
  const std::string path = member_path(root, key);
  firmware::read_members(object, section, path,
                         [](const auto& row, auto& field, const json& value, const std::string& at) {
                           firmware::read_value(value, field, at, {row.minimum, row.maximum});
                         });
  require_fields(object, section, path);
  firmware::check_consistent(section, path);
}

/// The keys that `sources` must have for a section: all fields but texts.
template <class T>
void add_source_keys(const char* section, const T& value, std::vector<std::string>& keys) {
  isp::for_each_field(value, [&](const auto& row, const auto& field) {
    if constexpr (!std::is_same_v<std::remove_cvref_t<decltype(field)>, std::string>)
      keys.push_back(std::string(section) + '.' + std::string(row.name));
  });
}

std::map<std::string, std::string> read_sources(const json& object, const std::vector<std::string>& keys,
                                                const std::string& path) {
  if (!object.is_object()) firmware::reject(path, object, "an object");
  for (const std::string& key : keys) member(object, key, path, "where the figure is from");
  std::map<std::string, std::string> sources;
  for (const auto& item : object.items()) {
    const std::string at = member_path(path, item.key());
    if (std::ranges::find(keys, item.key()) == keys.end())
      throw TuningError(at + ": found a source of no figure, allowed " + keys.front() + " .. " + keys.back());
    std::string text;
    firmware::read_value(item.value(), text, at, {});
    const bool assumed = text.starts_with(kAssumption);
    if (text.find_first_not_of(' ', assumed ? kAssumption.size() : 0) == std::string::npos)
      firmware::reject(at, item.value(), assumed ? "what the assumption rests on" : "where the figure is from");
    sources[item.key()] = std::move(text);
  }
  return sources;
}

std::string read_text(const fs::path& file, const std::string& name) {
  auto text = firmware::read_text_file(file, kLimits.bytes);
  if (!text) throw TuningError(name + ": cannot be read");
  return *std::move(text);
}

}  // namespace

CameraModule parse_module(std::string_view text, std::string_view name) {
  const json file = firmware::read_json(text, name, firmware::JsonDialect::strict, kLimits);
  const std::string root = std::string(name) + ": $";
  if (!file.is_object()) firmware::reject(root, file, "an object");
  int version = 0;
  firmware::read_value(member(file, kVersionKey, root, std::to_string(kVersion)), version,
                       member_path(root, kVersionKey), {kVersion, kVersion});
  for (const auto& item : file.items())
    if (const auto& key = item.key(); key != kVersionKey && key != kSensorKey && key != kLensKey && key != kSourcesKey)
      throw TuningError(member_path(root, key) + ": found an unknown key, allowed " + kVersionKey +
                        ", sensor, lens, sources");

  CameraModule module;
  read_section(file, kSensorKey, module.sensor, root);
  read_section(file, kLensKey, module.lens, root);
  std::vector<std::string> keys;
  add_source_keys(kSensorKey, module.sensor, keys);
  add_source_keys(kLensKey, module.lens, keys);
  module.sources =
      read_sources(member(file, kSourcesKey, root, "where each figure is from"), keys, member_path(root, kSourcesKey));
  return module;
}

CameraModule load_module(std::string_view name_or_path) {
  if (name_or_path.find('/') != std::string_view::npos || name_or_path.ends_with(".json")) {
    const fs::path file(name_or_path);
    const std::string name = file.filename().string();
    return parse_module(read_text(file, name), name);
  }
  const std::vector<std::string> names = module_names();
  if (std::ranges::find(names, name_or_path) == names.end()) {
    std::string allowed;
    for (const std::string& name : names) allowed += " " + name;
    throw TuningError("sensor: found " + firmware::excerpt(std::string(name_or_path)) + ", allowed" + allowed +
                      ", or the path of a module's file");
  }
  const std::string file = std::string(name_or_path) + ".json";
  return parse_module(read_text(boards_folder() / "sensors" / file, file), file);
}

std::vector<std::string> module_names() {
  std::vector<std::string> names;
  std::error_code absent;
  for (const auto& entry : fs::directory_iterator(boards_folder() / "sensors", absent))
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  return names;
}

fs::path boards_folder() {
  if (const char* set = std::getenv("SUNNY16_BOARDS")) return set;
  std::error_code unknown;
  const fs::path executable = fs::read_symlink("/proc/self/exe", unknown);
  const fs::path installed = executable.parent_path() / "../share/sunny16/boards";
  return !unknown && fs::is_directory(installed) ? installed : fs::path(SUNNY16_SOURCE_BOARDS);
}

}  // namespace sunny16::sim
