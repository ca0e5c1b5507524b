#include "firmware/looks/look_library.h"

#include <algorithm>

#include "firmware/looks/pack_folder.h"
#include "firmware/output/output_error.h"

namespace sunny16::firmware {

namespace fs = std::filesystem;

LookLibrary::LookLibrary(std::vector<fs::path> shipped, fs::path installed)
    : shipped_(std::move(shipped)), installed_(std::move(installed)) {
  reload();
}

LookList LookLibrary::looks() const {
  LookList looks;
  for (const Entry& entry : packs_) looks.insert(looks.end(), entry.pack.looks.begin(), entry.pack.looks.end());
  return looks;
}

const LookLibrary::Entry& LookLibrary::install(const PackFiles& files, std::string_view name) {
  const LookPack pack = parse_pack(files, name);
  if (installed_.empty()) throw OutputError("looks: found no folder to install packs into");
  std::error_code error;
  fs::create_directories(installed_, error);
  write_pack_folder(installed_ / pack.info.name, files);
  reload();
  return *std::ranges::find(packs_, pack.info.name, [](const Entry& entry) { return entry.pack.info.name; });
}

void LookLibrary::remove(std::string_view name) {
  std::string installed;
  for (const Entry& entry : packs_) {
    if (!entry.installed) continue;
    if (entry.pack.info.name == name) {
      remove_pack_folder(installed_ / name);
      return reload();
    }
    installed += " " + entry.pack.info.name;
  }
  throw TuningError("pack: found " + excerpt(std::string(name)) +
                    ", allowed one that was installed:" + (installed.empty() ? " there is none" : installed));
}

void LookLibrary::reload() {
  packs_.clear();
  problems_.clear();
  for (const fs::path& folder : shipped_) read_folder(folder, false);
  if (!installed_.empty()) read_folder(installed_, true);
  std::ranges::sort(packs_, {}, [](const Entry& entry) { return entry.pack.info.name; });
}

void LookLibrary::read_folder(const fs::path& folder, bool installed) {
  std::error_code absent;
  if (fs::exists(folder / kPackFile, absent)) return read_pack(folder, installed);
  for (const auto& item : fs::directory_iterator(folder, absent))
    if (item.is_directory(absent) && item.path().filename().string()[0] != kAsidePrefix)
      read_pack(item.path(), installed);
}

void LookLibrary::read_pack(const fs::path& folder, bool installed) {
  try {
    Entry entry{.pack = load_pack(folder), .folder = folder, .shipped = !installed, .installed = installed};
    const std::string& name = entry.pack.info.name;
    if (installed && name != folder.filename())
      throw TuningError(folder.filename().string() + "/pack.json: $.name: found " + excerpt(name) +
                        ", allowed the folder's name");
    const auto before = std::ranges::find(packs_, name, [](const Entry& e) { return e.pack.info.name; });
    if (before == packs_.end()) {
      packs_.push_back(std::move(entry));
    } else {
      entry.shipped |= before->shipped;
      *before = std::move(entry);
    }
  } catch (const TuningError& error) {
    problems_.push_back(error.what());
  }
}

}  // namespace sunny16::firmware
