#include "firmware/http/file_range.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace sunny16::firmware {
namespace {

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (text.empty() || read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return value;
}

}  // namespace

RangeAnswer answer_range(std::string_view header, std::uint64_t file_size) {
  const RangeAnswer all{200, {0, file_size}}, none{416, {}};
  constexpr std::string_view kUnit = "bytes=";
  const std::size_t dash = header.find('-');
  if (!header.starts_with(kUnit) || dash == std::string_view::npos || dash < kUnit.size()) return all;
  const std::string_view first_text = header.substr(kUnit.size(), dash - kUnit.size()),
                         last_text = header.substr(dash + 1);
  const auto first = number(first_text), last = number(last_text);
  if (first_text.empty() && last) {  // the last so many bytes
    const std::uint64_t size = std::min(*last, file_size);
    return size == 0 ? none : RangeAnswer{206, {file_size - size, size}};
  }
  if (!first || (!last && !last_text.empty()) || (last && *last < *first)) return all;
  if (*first >= file_size) return none;
  const std::uint64_t end = last ? std::min(*last, file_size - 1) + 1 : file_size;
  return {206, {*first, end - *first}};
}

std::optional<InputFile> InputFile::open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return std::nullopt;
  struct stat status {};
  if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode))
    return InputFile(descriptor, static_cast<std::uint64_t>(status.st_size));
  close(descriptor);
  return std::nullopt;
}

InputFile::InputFile(InputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}

InputFile::~InputFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

std::size_t InputFile::read(std::uint64_t offset, std::span<char> into) const {
  const ssize_t size = pread(descriptor_, into.data(), into.size(), static_cast<off_t>(offset));
  return size < 0 ? 0 : static_cast<std::size_t>(size);
}

}  // namespace sunny16::firmware
