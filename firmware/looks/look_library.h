// The packs of a machine: those that were shipped, which are only read, and those that were installed since. An
// installed pack stands in the place of a shipped one of its name until it is removed. A pack that cannot be read is
// told of, and keeps no other from being used. Not for several threads at once.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/looks/look_pack.h"

namespace sunny16::firmware {

class LookLibrary {
 public:
  struct Entry {
    LookPack pack;
    std::filesystem::path folder;
    bool shipped = false;    ///< a pack of this name was
    bool installed = false;  ///< this one was installed
  };

  /// Reads the packs: those in a folder, or the one that the folder is. Folders need not exist; without `installed`
  /// nothing can be installed.
  explicit LookLibrary(std::vector<std::filesystem::path> shipped, std::filesystem::path installed = {});

  /// In alphabetical order.
  const std::vector<Entry>& packs() const { return packs_; }
  LookList looks() const;
  /// One line for each pack that cannot be read.
  const std::vector<std::string>& problems() const { return problems_; }

  /// Adds a pack, or replaces it: at once and whole, or not at all. Throws TuningError (the pack is bad) and
  /// OutputError (it cannot be stored); then everything is as it was.
  const Entry& install(const PackFiles& files, std::string_view name);
  /// What a shipped pack of this name said holds again. Throws TuningError where it was not installed.
  void remove(std::string_view name);

 private:
  void reload();
  void read_folder(const std::filesystem::path& folder, bool installed);
  void read_pack(const std::filesystem::path& folder, bool installed);

  std::vector<std::filesystem::path> shipped_;
  std::filesystem::path installed_;
  std::vector<Entry> packs_;
  std::vector<std::string> problems_;
};

}  // namespace sunny16::firmware
