#include "firmware/looks/folder_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "firmware/tuning/json_reader.h"

namespace sunny16::firmware {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& problem) {
  throw TuningError(path.string() + ": " + problem);
}

std::string reason() { return std::generic_category().message(errno); }

struct Descriptor {
  int number;
  ~Descriptor() { close(number); }
};

}  // namespace

FolderFiles::FolderFiles(const std::filesystem::path& folder)
    : folder_(folder), descriptor_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (descriptor_ < 0) fail(folder_, "cannot be opened: " + reason());
}

FolderFiles::~FolderFiles() { close(descriptor_); }

std::vector<std::string> FolderFiles::names() const {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, ignored))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

std::string FolderFiles::read(const std::string& name, std::size_t most) const {
  const std::filesystem::path path = folder_ / name;
  // A pipe would keep us waiting, and a link might lead anywhere.
  const Descriptor file{openat(descriptor_, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)};
  if (file.number < 0)
    fail(path, errno == ELOOP ? "found a link, allowed a file of the folder" : "cannot be opened: " + reason());
  struct stat status {};
  if (fstat(file.number, &status) != 0 || !S_ISREG(status.st_mode)) fail(path, "found no regular file");
  if (static_cast<std::size_t>(status.st_size) > most)
    fail(path, "found " + std::to_string(status.st_size) + " bytes, allowed " + std::to_string(most));
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = ::read(file.number, text.data() + size, text.size() - size);
    if (got < 0) fail(path, "cannot be read: " + reason());
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return text;
}

}  // namespace sunny16::firmware
