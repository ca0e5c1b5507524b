#include "firmware/looks/look_pack.h"

#include <algorithm>
#include <set>

#include "firmware/looks/cube_file.h"
#include "firmware/looks/folder_files.h"
#include "firmware/looks/look_cube.h"
#include "firmware/output/jpeg_size.h"

namespace sunny16::firmware {
namespace {

constexpr const char *kVersionKey = "sunny16_look_pack", *kLooksKey = "looks", *kStagesKey = "stages";
constexpr PackLimits kLimits;
constexpr JsonLimits kJsonLimits{.bytes = kLimits.json_bytes, .values = 50'000, .depth = 10};
constexpr std::size_t kMostText = 500;

/// A plain name of a file: no path leads out of a folder if there is no path.
bool is_file_name(std::string_view name, std::string_view extension) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  };
  return name.size() > extension.size() && name.size() <= 100 && name.ends_with(extension) && name[0] != '.' &&
         std::ranges::all_of(name, allowed);
}
bool is_cube_name(std::string_view name) { return is_file_name(name, ".cube"); }
bool is_sheet_name(std::string_view name) { return is_file_name(name, ".jpg"); }

bool is_version(std::string_view text) {
  int numbers = 1, digits = 0;
  for (const char c : text) {
    if (c == '.' && digits > 0)
      ++numbers, digits = 0;
    else if (c < '0' || c > '9' || ++digits > 6)
      return false;
  }
  return numbers == 3 && digits > 0;
}

std::string name_problem(const char* field, const std::string& name) {
  if (is_look_name(name)) return "";
  return std::string(".") + field + ": found " + excerpt(name) + ", allowed 1 to 40 of a-z, 0-9 and - within";
}

std::string text_problem(const char* field, const std::string& text, bool needed = true) {
  const std::string path = std::string(".") + field;
  if (needed && text.empty()) return path + ": found nothing, allowed a text";
  if (text.size() <= kMostText) return "";
  return path + ": found " + std::to_string(text.size()) + " bytes, allowed " + std::to_string(kMostText);
}

std::string first_of(std::initializer_list<std::string> problems) {
  for (const std::string& problem : problems)
    if (!problem.empty()) return problem;
  return "";
}

/// Takes a member out of an object, so that the described rest can be read by its table.
nlohmann::json take(nlohmann::json& object, const char* key, const std::string& path, std::string_view allowed) {
  const auto found = object.find(key);
  if (found == object.end())
    throw TuningError(member_path(path, key) + ": found nothing, allowed " + std::string(allowed));
  nlohmann::json value = std::move(*found);
  object.erase(found);
  return value;
}

class CubeShelf {
 public:
  CubeShelf(const PackFiles& files, std::string_view pack) : files_(files), pack_(pack) {
    std::size_t bytes = 0;
    for (const auto& cube : files.cubes) bytes += cube.second.size();
    if (bytes > kLimits.cube_bytes)
      throw TuningError(pack_ + ": found " + std::to_string(bytes) + " bytes of cubes, allowed " +
                        std::to_string(kLimits.cube_bytes));
  }

  std::shared_ptr<const isp::ColourCube> cube(const std::string& name, const std::string& path) {
    const auto file = files_.cubes.find(name);
    if (file == files_.cubes.end())
      throw TuningError(path + ": found " + excerpt(name) + ", which is not there, allowed a file of the pack");
    auto& cube = cubes_[name];
    if (!cube)
      cube = std::make_shared<const isp::ColourCube>(to_colour_cube(parse_cube(file->second, pack_ + "/" + name)));
    return cube;
  }

  /// A file that nobody names is a slip, or something else that came along.
  void refuse_unused() const {
    for (const auto& file : files_.cubes)
      if (!cubes_.contains(file.first))
        throw TuningError(pack_ + ": found the file " + excerpt(file.first) + ", which no look names");
  }

 private:
  const PackFiles& files_;
  const std::string pack_;
  std::map<std::string, std::shared_ptr<const isp::ColourCube>> cubes_;
};

/// The contact sheet that the pack names, if it names one.
std::string read_sheet(const PackFiles& files, const PackInfo& info, std::string_view pack, const std::string& root) {
  for (const auto& file : files.sheets)
    if (file.first != info.sheet)
      throw TuningError(std::string(pack) + ": found the file " + excerpt(file.first) +
                        ", which the pack does not name");
  if (info.sheet.empty()) return {};
  const auto file = files.sheets.find(info.sheet);
  if (file == files.sheets.end())
    throw TuningError(member_path(root, "sheet") + ": found " + excerpt(info.sheet) +
                      ", which is not there, allowed a file of the pack");
  const std::string path = std::string(pack) + "/" + info.sheet, &bytes = file->second;
  if (bytes.size() > kLimits.sheet_bytes)
    throw TuningError(path + ": found " + std::to_string(bytes.size()) + " bytes, allowed " +
                      std::to_string(kLimits.sheet_bytes));
  const auto size = jpeg_size(bytes);
  if (!size) throw TuningError(path + ": found no JPEG picture, or not all of it");
  if (std::ranges::max(*size) > kLimits.sheet_side)
    throw TuningError(path + ": found " + std::to_string((*size)[0]) + " x " + std::to_string((*size)[1]) +
                      " pixels, allowed " + std::to_string(kLimits.sheet_side) + " a side");
  return bytes;
}

Look read_look(nlohmann::json json, const PackInfo& pack, CubeShelf& shelf, const std::string& path) {
  if (!json.is_object()) reject(path, json, "an object");
  Look look;
  if (json.contains(kStagesKey))
    look.stages = read_overlay<isp::LookStages>(take(json, kStagesKey, path, ""), member_path(path, kStagesKey));
  LookEntry entry;
  read_value(json, entry, path, {0, 0});
  look.title = entry.title, look.summary = entry.summary, look.sharpness = entry.sharpness;
  if (!entry.cube.empty()) {
    look.cube = shelf.cube(entry.cube, member_path(path, "cube"));
    look.table = quantised(*look.cube);
  }
  look.record = {pack.name, entry.name, pack.version, content_hash(look)};
  look.toned = is_toned(look);
  return look;
}

}  // namespace

std::string LookEntry::problem() const {
  return first_of({name_problem("name", name), text_problem("title", title), text_problem("summary", summary, false),
                   cube.empty() || is_cube_name(cube)
                       ? ""
                       : ".cube: found " + excerpt(cube) + ", allowed the name of a .cube file in the pack's folder"});
}

std::string PackInfo::problem() const {
  return first_of(
      {name_problem("name", name), text_problem("title", title), text_problem("maker", maker),
       text_problem("licence", licence),
       sheet.empty() || is_sheet_name(sheet)
           ? ""
           : ".sheet: found " + excerpt(sheet) + ", allowed the name of a .jpg file in the pack's folder",
       is_version(version) ? "" : ".version: found " + excerpt(version) + ", allowed three numbers: 1.0.0"});
}

bool is_look_name(std::string_view name) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !name.empty() && name.size() <= 40 && std::ranges::all_of(name, allowed) && name.front() != '-' &&
         name.back() != '-';
}

LookPack parse_pack(const PackFiles& files, std::string_view name) {
  const std::string file = std::string(name) + "/" + std::string(kPackFile), root = file + ": $";
  nlohmann::json json = read_json(files.json, file, JsonDialect::strict, kJsonLimits);
  if (!json.is_object()) reject(root, json, "an object");
  int version = 0;
  read_value(take(json, kVersionKey, root, std::to_string(kPackVersion)), version, member_path(root, kVersionKey),
             {kPackVersion, kPackVersion});
  nlohmann::json looks = take(json, kLooksKey, root, "an array of looks");
  const std::string looks_path = member_path(root, kLooksKey);
  if (!looks.is_array() || looks.empty() || looks.size() > kLimits.looks)
    reject(looks_path, looks, "an array of 1 to " + std::to_string(kLimits.looks) + " looks");

  LookPack pack;
  read_value(json, pack.info, root, {0, 0});
  pack.sheet = read_sheet(files, pack.info, name, root);
  CubeShelf shelf(files, name);
  std::set<std::string> names;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    const std::string path = element_path(looks_path, i);
    auto look = std::make_shared<const Look>(read_look(std::move(looks[i]), pack.info, shelf, path));
    if (!names.insert(look->record.name).second)
      throw TuningError(member_path(path, "name") + ": found " + excerpt(look->record.name) +
                        " again, allowed each name once");
    pack.looks.push_back(std::move(look));
  }
  shelf.refuse_unused();
  return pack;
}

PackFiles read_pack_files(const std::filesystem::path& folder) {
  const FolderFiles files(folder);
  PackFiles pack;
  std::size_t left = kLimits.cube_bytes;
  pack.json = files.read(std::string(kPackFile), kLimits.json_bytes);
  for (const std::string& name : files.names()) {
    if (is_cube_name(name)) left -= (pack.cubes[name] = files.read(name, std::min(left, kMostCubeBytes))).size();
    if (is_sheet_name(name)) pack.sheets[name] = files.read(name, kLimits.sheet_bytes);
  }
  return pack;
}

LookPack load_pack(const std::filesystem::path& folder) {
  return parse_pack(read_pack_files(folder), folder.filename().string());
}

PackFiles pack_files(const LookPack& pack) {
  PackFiles files;
  nlohmann::ordered_json json{{kVersionKey, kPackVersion}};
  json.update(to_json(pack.info));
  if (pack.info.sheet.empty()) json.erase("sheet");
  if (!pack.sheet.empty()) files.sheets[pack.info.sheet] = pack.sheet;
  auto looks = nlohmann::ordered_json::array();
  for (const auto& look : pack.looks) {
    LookEntry entry{look->record.name, look->title, look->summary, {}, look->sharpness};
    if (look->cube) {
      entry.cube = look->record.name + ".cube";
      files.cubes[entry.cube] = cube_text(*look->cube, look->title);
    }
    nlohmann::ordered_json item = to_json(entry);
    if (entry.cube.empty()) item.erase("cube");
    item[kStagesKey] = overlay_to_json<isp::LookStages>(look->stages);
    looks.push_back(std::move(item));
  }
  json[kLooksKey] = std::move(looks);
  files.json = write_json(json);
  return files;
}

}  // namespace sunny16::firmware
