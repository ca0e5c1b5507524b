// A file, or the part of it that a client asks for (RFC 9110, section 14).
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

namespace sunny16::firmware {

struct ByteRange {
  std::uint64_t begin = 0, size = 0;
};

struct RangeAnswer {
  int status = 200;  ///< 200: all of it, 206: the range, 416: there is no such range
  ByteRange range;
};

/// Several ranges, and what is no range, are answered with all of the file, as the standard allows.
RangeAnswer answer_range(std::string_view header, std::uint64_t file_size);

/// A regular file, open for reading.
class InputFile {
 public:
  /// Nothing where it is not there, or not a regular file.
  static std::optional<InputFile> open(const std::filesystem::path& path);
  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&&) = delete;
  ~InputFile();

  std::uint64_t size() const { return size_; }
  /// How many bytes were read; less than asked for where the file has shrunk, or cannot be read.
  std::size_t read(std::uint64_t offset, std::span<char> into) const;

 private:
  InputFile(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}

  int descriptor_;
  std::uint64_t size_;
};

}  // namespace sunny16::firmware
