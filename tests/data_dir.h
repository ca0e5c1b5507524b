// Where the real raw files, tuning files and references are that some tests use. They are not part of the repository.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>

namespace sunny16 {

/// $SUNNY16_DATA if that is set, else shared/data beside the source tree. Nothing if there is no such folder: tests
/// that need it then say so and pass.
inline std::optional<std::filesystem::path> data_dir() {
  namespace fs = std::filesystem;
  const char* set = std::getenv("SUNNY16_DATA");
  const fs::path path = set ? fs::path(set) : fs::path(__FILE__).parent_path() / "../../shared/data";
  if (!fs::is_directory(path)) return std::nullopt;
  return fs::canonical(path);
}

}  // namespace sunny16
