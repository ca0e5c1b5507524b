// A file that appears whole or not at all.
#pragma once

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <span>
#include <string_view>

namespace sunny16::firmware {

/// Writes aside, in the target's folder, under a hidden name; commit() puts the file in the target's place once it is
/// on the disk. Without commit() nothing remains. Throws OutputError.
class AtomicFile {
 public:
  /// `mode`: the new file's permissions, less the umask.
  explicit AtomicFile(const std::filesystem::path& target, unsigned mode = 0666);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  std::FILE* stream() { return stream_; }
  void write(std::span<const std::byte> bytes);
  void commit();

  /// An error about this file: "PATH: PROBLEM", with the reason that errno gives if it gives one.
  [[noreturn]] void fail(std::string_view problem, int error_number = 0) const;

 private:
  std::filesystem::path target_, aside_;
  std::FILE* stream_ = nullptr;
};

}  // namespace sunny16::firmware
