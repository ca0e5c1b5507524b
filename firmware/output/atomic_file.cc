#include "firmware/output/atomic_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "firmware/output/output_error.h"

namespace sunny16::firmware {
namespace {

namespace fs = std::filesystem;

/// A name beside `target` that no other writer of this machine uses.
fs::path name_aside(const fs::path& target) {
  static std::atomic<unsigned> count{0};
  return target.parent_path() /
         ('.' + target.filename().string() + '.' + std::to_string(getpid()) + '-' + std::to_string(count++) + ".part");
}

/// Makes a rename in this folder last.
void sync_folder(const fs::path& folder) {
  const int descriptor = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;  // a folder may be writable but not readable
  fsync(descriptor);
  close(descriptor);
}

}  // namespace

AtomicFile::AtomicFile(const fs::path& target, unsigned mode) : target_(target) {
  std::error_code error;
  // A link stays one: the file that it points to is replaced. Devices and folders are never replaced.
  if (fs::is_symlink(target, error)) target_ = fs::weakly_canonical(target, error);
  const fs::file_status status = fs::status(target_, error);
  if (fs::exists(status) && !fs::is_regular_file(status)) fail("exists and is not a regular file");
  aside_ = name_aside(target_);
  const int descriptor = open(aside_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (descriptor < 0) fail("cannot be created", errno);
  stream_ = fdopen(descriptor, "w+b");
  if (stream_) return;
  const int reason = errno;
  close(descriptor);
  unlink(aside_.c_str());
  fail("cannot be created", reason);
}

AtomicFile::~AtomicFile() {
  if (!stream_) return;
  std::fclose(stream_);
  unlink(aside_.c_str());
}

void AtomicFile::write(std::span<const std::byte> bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), stream_) != bytes.size()) fail("cannot be written", errno);
}

void AtomicFile::commit() {
  if (std::fflush(stream_) != 0 || std::ferror(stream_) || fsync(fileno(stream_)) != 0)
    fail("cannot be written", errno);
  std::FILE* const stream = std::exchange(stream_, nullptr);
  if (std::fclose(stream) != 0 || std::rename(aside_.c_str(), target_.c_str()) != 0) {
    const int reason = errno;
    unlink(aside_.c_str());
    fail("cannot be written", reason);
  }
  sync_folder(target_.parent_path());
}

void AtomicFile::fail(std::string_view problem, int error_number) const {
  std::string text = target_.string() + ": " + std::string(problem);
  if (error_number) text += ": " + std::generic_category().message(error_number);
  throw OutputError(text);
}

}  // namespace sunny16::firmware
