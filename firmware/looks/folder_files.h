// The files of one folder, and no others: neither paths nor links lead out of it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace sunny16::firmware {

class FolderFiles {
 public:
  /// Throws TuningError where the folder cannot be opened.
  explicit FolderFiles(const std::filesystem::path& folder);
  ~FolderFiles();
  FolderFiles(const FolderFiles&) = delete;
  FolderFiles& operator=(const FolderFiles&) = delete;

  /// In alphabetical order.
  std::vector<std::string> names() const;
  /// The whole of a regular file of at most `most` bytes. Throws TuningError.
  std::string read(const std::string& name, std::size_t most) const;

 private:
  std::filesystem::path folder_;
  int descriptor_ = -1;
};

}  // namespace sunny16::firmware
