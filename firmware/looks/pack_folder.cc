#include "firmware/looks/pack_folder.h"

#include <fcntl.h>

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <span>
#include <system_error>

#include "firmware/output/atomic_file.h"
#include "firmware/output/output_error.h"
#include "firmware/tuning/json_reader.h"

namespace sunny16::firmware {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, const char* problem, int error_number) {
  throw OutputError(path.string() + ": " + problem + ": " + std::generic_category().message(error_number));
}

/// The folder's neighbour, with which it changes places.
fs::path aside(const fs::path& folder) {
  return folder.parent_path() / (kAsidePrefix + folder.filename().string() + "." + std::to_string(getpid()));
}

void sync_folder(const fs::path& folder) {
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  fsync(descriptor);
  close(descriptor);
}

void remove_quietly(const fs::path& folder) {
  std::error_code ignored;
  fs::remove_all(folder, ignored);
}

/// What a pack's folder may hold, so that nothing of anybody else's is lost with it.
void check_replaceable(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().filename() != kPackFile && entry.path().extension() != ".cube" &&
        entry.path().extension() != ".jpg")
      throw OutputError(folder.string() + ": found " + excerpt(entry.path().filename().string()) +
                        " in it, allowed a pack of looks or a new folder");
  if (error) fail(folder, "cannot be replaced", error.value());
}

void write_file(const fs::path& path, std::string_view text) {
  AtomicFile file(path);
  file.write(std::as_bytes(std::span(text)));
  file.commit();
}

}  // namespace

void write_pack_folder(const fs::path& folder, const PackFiles& files) {
  std::error_code error;
  const bool replaces = fs::exists(fs::symlink_status(folder, error));
  if (replaces) check_replaceable(folder);
  const fs::path beside = aside(folder);
  remove_quietly(beside);
  fs::create_directory(beside, error);
  if (error) fail(beside, "cannot be created", error.value());
  try {
    write_file(beside / kPackFile, files.json);
    for (const auto& [name, text] : files.cubes) write_file(beside / name, text);
    for (const auto& [name, bytes] : files.sheets) write_file(beside / name, bytes);
    sync_folder(beside);
    if (renameat2(AT_FDCWD, beside.c_str(), AT_FDCWD, folder.c_str(), replaces ? RENAME_EXCHANGE : RENAME_NOREPLACE) !=
        0)
      fail(folder, "cannot be replaced", errno);
  } catch (...) {
    remove_quietly(beside);
    throw;
  }
  sync_folder(folder.parent_path());
  remove_quietly(beside);  // what stood there before
}

void remove_pack_folder(const fs::path& folder) {
  const fs::path beside = aside(folder);
  remove_quietly(beside);
  if (std::rename(folder.c_str(), beside.c_str()) != 0) fail(folder, "cannot be removed", errno);
  sync_folder(folder.parent_path());
  remove_quietly(beside);
}

}  // namespace sunny16::firmware
