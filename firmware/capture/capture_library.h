// Captures on the disk, each in a folder of its own:
//
//   3f2a90c1-000001/capture.json, 3f2a90c1-000001-0001.jpg, 3f2a90c1-000001-0001.dng, 3f2a90c1-000001-0001.json
//
// A file appears whole or not at all; names come from the boot's id and a counter and are never used again; a quota
// bounds the folder; a disk that is full or fails is a state, and what was stored stays.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "firmware/capture/session_types.h"

namespace sunny16::firmware {

struct LibraryOptions {
  std::filesystem::path folder;
  double quota_bytes = 4e9;      ///< of all captures; further ones are refused
  double reserve_bytes = 100e6;  ///< of the disk that stay free
  std::string boot_id;           ///< 8 hexadecimal digits; empty: the kernel's, from /proc
};

struct StorageStatus {
  double used_bytes = 0, quota_bytes = 0, free_bytes = 0;
  bool writable = true;
  std::string problem;  ///< empty: none
};

/// Called from any thread.
class CaptureLibrary {
 public:
  /// Makes the folder, and removes what an interrupted write left in it. A folder that cannot be used is a state.
  explicit CaptureLibrary(LibraryOptions options);

  StorageStatus status() const;
  /// Writes and removes a small file where the last write failed, so that a disk which is back is seen.
  void probe();

  /// A new capture: its id is "<boot id>-<counter>", which sorts by age within a boot. Throws OutputError.
  std::string begin();
  /// Keeps how the capture stands. Throws OutputError.
  void record(const CaptureInfo& info);
  /// Why a capture of about this size cannot be stored now; empty: it can.
  std::string refusal(double bytes) const;
  /// Writes one file of a capture: write(path) makes the file at a path that it is given, as write_jpeg and write_dng
  /// do. Throws OutputError; the status then tells.
  CaptureFile add(const std::string& id, int picture, const std::string& extension,
                  const std::function<void(const std::filesystem::path&)>& write);

  /// What is stored, newest first. A capture that an earlier run of the program left behind has failed.
  std::vector<CaptureInfo> list() const;
  std::optional<CaptureInfo> find(const std::string& id) const;
  /// Where a stored file is; nothing for names that the library did not give.
  std::optional<std::filesystem::path> path_of(const std::string& id, const std::string& name) const;
  /// False: there is no such capture. Throws OutputError.
  bool remove(const std::string& id);

 private:
  template <class F>
  auto watched(F&& write);
  std::filesystem::path folder_of(const std::string& id) const { return options_.folder / id; }

  LibraryOptions options_;
  mutable std::mutex mutex_;  ///< guards what follows
  std::uint64_t next_ = 1;
  double used_bytes_ = 0;
  std::set<std::string> begun_;  ///< by this run of the program
  std::string problem_;
};

}  // namespace sunny16::firmware

template <>
struct sunny16::isp::Describe<sunny16::firmware::StorageStatus> {
  using S = firmware::StorageStatus;
  static constexpr auto fields =
      std::tuple{field<&S::used_bytes>("used_bytes", 0, 1e15, "B", "Taken by captures."),
                 field<&S::quota_bytes>("quota_bytes", 0, 1e15, "B", "What captures may take."),
                 field<&S::free_bytes>("free_bytes", 0, 1e15, "B", "Free on the disk."),
                 field<&S::writable>("writable", 0, 1, "", "Whether captures can be stored now."),
                 field<&S::problem>("problem", 0, 0, "", "Why not; empty: they can.")};
};
