#include "firmware/service/look_shelf.h"

#include <algorithm>
#include <span>

#include "firmware/looks/folder_files.h"
#include "firmware/output/atomic_file.h"
#include "firmware/tuning/described_json.h"

namespace sunny16::firmware {
namespace {

constexpr std::string_view kNone = "none", kDefault = "default";
constexpr JsonLimits kKeptLimits{.bytes = 4096, .values = 16, .depth = 2};

LookInfo info_of(const Look& look) {
  return {look.record.full_name(), look.title, look.summary, look.record.version, look.record.hash};
}

[[noreturn]] void refuse(SessionError::Kind kind, const std::string& message) { throw SessionError(kind, message); }

}  // namespace

LookShelf::LookShelf(CameraSession& session, BoardProfile board, LookLibrary library, std::filesystem::path kept)
    : session_(session), board_(std::move(board)), library_(std::move(library)), kept_(std::move(kept)), name_(kNone) {}

LookOverview LookShelf::overview() const {
  const auto current = session_.look();
  const CameraProfile profile = this->profile();
  LookOverview overview{.board = profile.board,
                        .current = current ? current->record.full_name() : std::string(kNone),
                        .default_look = profile.default_look,
                        .strength = session_.look_strength(),
                        .features = profile.features,
                        .looks = {},
                        .packs = {},
                        .problems = library_.problems()};
  for (const auto& look : looks_of(profile, library_)) overview.looks.push_back(info_of(*look));
  for (const LookLibrary::Entry& entry : library_.packs()) overview.packs.push_back(state_of(entry));
  return overview;
}

PackFiles LookShelf::files_of(std::string_view pack) const {
  const LookLibrary::Entry* entry = find(pack);
  if (!entry) refuse(SessionError::Kind::not_found, "there is no pack of this name");
  return pack_files(entry->pack);
}

std::string LookShelf::sheet_of(std::string_view pack) const {
  const LookLibrary::Entry* entry = find(pack);
  if (!entry) refuse(SessionError::Kind::not_found, "there is no pack of this name");
  if (entry->pack.sheet.empty()) refuse(SessionError::Kind::not_found, "the pack has no contact sheet");
  return entry->pack.sheet;
}

void LookShelf::select(const LookChoice& choice) {
  const std::string name = choice.look.empty() ? name_ : choice.look;
  std::shared_ptr<const Look> look;
  try {
    if (name != kNone) look = look_of(profile(), library_, name);
  } catch (const TuningError& error) {
    refuse(SessionError::Kind::not_found, error.what());
  }
  session_.set_look(std::move(look), choice.strength);
  name_ = name;
}

void LookShelf::choose(const LookChoice& choice) {
  select(choice);
  if (kept_.empty()) return;
  AtomicFile file(kept_);
  const std::string text = write_json(to_json(LookChoice{name_, choice.strength}));
  file.write(std::as_bytes(std::span(text)));
  file.commit();
}

bool LookShelf::restore() {
  std::error_code unknown;
  if (kept_.empty() || !std::filesystem::exists(kept_, unknown)) return false;
  const std::string text = FolderFiles(kept_.parent_path()).read(kept_.filename().string(), kKeptLimits.bytes);
  LookChoice choice;
  read_value(read_json(text, kept_.string(), JsonDialect::strict, kKeptLimits), choice, kept_.string() + ": $", {0, 0});
  select(choice);
  return true;
}

void LookShelf::require(Feature feature) const {
  const CameraProfile profile = this->profile();
  if (!profile.has(feature)) refuse(SessionError::Kind::conflict, profile.lacks(feature));
}

PackState LookShelf::install(const PackFiles& files) {
  require(Feature::user_packs);
  const LookLibrary::Entry& entry = library_.install(files, "body");
  renew(entry.pack.info.name);
  return state_of(entry);
}

void LookShelf::remove(std::string_view pack) {
  const LookLibrary::Entry* entry = find(pack);
  if (!entry) refuse(SessionError::Kind::not_found, "there is no pack of this name");
  if (!entry->installed) refuse(SessionError::Kind::conflict, "the pack came with the program and stays");
  const std::string name = entry->pack.info.name;
  library_.remove(name);
  renew(name);
}

const LookLibrary::Entry* LookShelf::find(std::string_view pack) const {
  const auto& packs = library_.packs();
  const auto found =
      std::ranges::find(packs, pack, [](const auto& e) -> const std::string& { return e.pack.info.name; });
  return found == packs.end() ? nullptr : &*found;
}

PackState LookShelf::state_of(const LookLibrary::Entry& entry) const {
  PackState state{.info = entry.pack.info,
                  .shipped = entry.shipped,
                  .installed = entry.installed,
                  .available = has_pack(profile(), entry),
                  .looks = {}};
  for (const auto& look : entry.pack.looks) state.looks.push_back(look->record.name);
  return state;
}

/// After a pack has changed: the look that is on is the one that now bears its name; the default if there is none.
void LookShelf::renew(std::string_view pack) {
  const auto current = session_.look();
  if (!current || current->record.pack != pack) return;
  const double strength = session_.look_strength();
  for (const std::string& name : {current->record.full_name(), std::string(kDefault), std::string(kNone)}) {
    try {
      return select({name, strength});
    } catch (const SessionError&) {
      if (name == kNone) throw;
    }
  }
}

}  // namespace sunny16::firmware
